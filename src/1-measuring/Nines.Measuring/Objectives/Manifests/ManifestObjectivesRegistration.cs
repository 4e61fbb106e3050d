using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Shell;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>The kinds of manifests that objectives are written in.</summary>
internal static class ManifestObjectivesRegistration
{
    public static void Register(Registration room)
    {
        room.Manifest(new SloKind())
            .Manifest(new SliKind())
            .Manifest(new AlertPolicyKind())
            .Manifest(new AlertConditionKind())
            .Manifest(new AlertNotificationTargetKind())
            .Manifest(new BurnAlertPolicyKind())
            .Manifest(new IndicatorKind())
            .Manifest(new CompositeKind())
            .Manifest(new ExclusionKind());
        room.Services.AddSingleton<IObjectiveDefinitions, ManifestObjectives>();
    }
}
