using Microsoft.Extensions.DependencyInjection;
using Nines.Shell;

namespace Nines.Paging.OwnObjective;

/// <summary>Nines measures its own pages as an objective.</summary>
public sealed class OwnObjectiveModule : Module
{
    /// <inheritdoc />
    public override string Name => "own-objective";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<ObjectiveOffered>();
        room.Options<OwnObjectiveOptions, OwnObjectiveOptionsValidator>();
        room.State(new PagesProvenFold());
        room.Duty<OfferObjectiveDuty>();
        room.Duty<OwnSignalsDuty>();
        room.Services.AddSingleton<IRoomLife, PageMetrics>();
    }
}
