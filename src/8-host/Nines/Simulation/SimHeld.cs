using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>Whether what an alert says that it is held back by really holds it back: a silence, a night, a maintenance, another alert.</summary>
internal sealed class SimHeld(SimWorld world, SimRules rules)
{
    /// <summary>True where the reason is one; null where the alert names none.</summary>
    public bool? Rightly(HouseState state, Alert alert)
    {
        if (alert.SilencedBy.Length + alert.MutedBy.Length + alert.InhibitedBy.Length == 0) return null;
        // What fires again keeps its reason until its group may speak.
        if (world.Unsettled || alert.HeardAt > world.Clock.Wall - Duration.FromTimeSpan(SimOwed.PageWithin)) return true;
        var since = world.Clock.Wall - SimOwed.StepsWithin;
        if (alert.InhibitedBy.Length > 0) return state.Get<AlertBook>().All.GetValueOrDefault(alert.InhibitedBy) is { Firing: true };
        if (alert.MutedBy.StartsWith("maintenance/", StringComparison.Ordinal))
            return world.Process.Get<CompiledManifests>().For(state).Find<MaintenanceWindow>(alert.MutedBy["maintenance/".Length..]) is { } window && window.From <= world.Clock.Wall && window.Until > since;
        if (alert.MutedBy.Length > 0) return rules.IsNight(world.Clock.Wall) || rules.IsNight(since);
        return state.Get<SilenceBook>().Open.GetValueOrDefault(alert.SilencedBy) is { } silence && silence.EndsAt > since;
    }
}
