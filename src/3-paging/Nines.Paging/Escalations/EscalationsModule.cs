using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Escalations.Api;
using Nines.Paging.Escalations.Cli;
using Nines.Paging.Escalations.Manifests;
using Nines.Paging.Escalations.Ui;
using Nines.Paging.Schedules;
using Nines.Shell;

namespace Nines.Paging.Escalations;

/// <summary>The room that knows who is called next.</summary>
public sealed class EscalationsModule : Module
{
    /// <inheritdoc />
    public override string Name => "escalations";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Options<EscalationsOptions, EscalationsOptionsValidator>();
        room.Manifest(new EscalationPolicyKind());
        room.Services.AddSingleton<EscalationPlans>();
        room.Fill<IServiceLevels, EscalationPlans>();
        room.Get("/api/v1/escalations", Permission.Read("escalations"), EscalationsApi.Show);
        PoliciesPages.Register(room);
        room.Command(new EscalationShowCommand());
    }
}
