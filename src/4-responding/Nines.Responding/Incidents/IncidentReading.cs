using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Changes;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>Incidents as doors show them: an open one with what its indicators say now, one that is over with what they said.</summary>
public sealed class IncidentReading(IHouse house, PastStates past, CompiledManifests manifests, ImpactReading indicators)
{
    /// <summary>The incident of that id or number, with its suspects while it is open; null for none.</summary>
    public IncidentView? Find(string name, Instant now)
    {
        var state = house.State;
        if (state.Get<IncidentBook>().Find(name) is not { } incident) return null;
        var view = View(state, incident, now);
        return incident.Open ? view with { Suspects = SuspectRule.Of(Facts(state, incident, view.Clocks.ImpactFrom, now)) } : view;
    }

    /// <summary>The incident of that id or number, also one that only the journal has as a whole; null for none.</summary>
    public async Task<IncidentView?> FindAsync(string name, Instant now, CancellationToken stop)
    {
        if (Find(name, now) is { } found) return found;
        if (house.State.Get<IncidentBook>().FindOld(name) is not { } old) return null;
        var then = await past.AtAsync(old.Position, stop);
        return then.Get<IncidentBook>().All.TryGetValue(old.Id, out var incident) ? View(house.State, incident, now) : null;
    }

    /// <summary>What may be behind something, the strongest first; it need not be declared.</summary>
    public IReadOnlyList<Suspect> Suspects(Incident incident, Instant now)
    {
        var measured = incident.Open ? indicators.Of(incident.Services, incident.DetectedAt, now) : incident.Impact;
        return SuspectRule.Of(Facts(house.State, incident, measured.Count > 0 ? measured.Min(m => m.From) : null, now));
    }

    /// <summary>Open ones, the worst first; then those that are over, the newest first. Without their timelines.</summary>
    public IReadOnlyList<IncidentView> All(Instant now)
    {
        var state = house.State;
        var book = state.Get<IncidentBook>();
        return [.. book.Open.Concat(book.All.Values.Where(i => !i.Open).OrderByDescending(i => i.Number)).Select(i => View(state, i, now, brief: true))];
    }

    /// <summary>Open ones, the worst first.</summary>
    public IReadOnlyList<IncidentView> Open(Instant now) => house.State is var state ? [.. state.Get<IncidentBook>().Open.Select(i => View(state, i, now, brief: true))] : [];

    /// <summary>How this house responds.</summary>
    public IncidentPolicy Policy => IncidentPolicies.Of(manifests.For(house.State));

    private SuspectFacts Facts(HouseState state, Incident incident, Instant? felt, Instant now)
    {
        var from = felt ?? incident.DetectedAt;
        var graph = CatalogView.Of(manifests.For(state)).Dependencies;
        string[] upstream = [.. incident.Services.SelectMany(graph.DependsOn).Except(incident.Services, StringComparer.Ordinal).Distinct(StringComparer.Ordinal)];
        return new(
            incident, from, felt is not null, state.Get<ChangeBook>().Between([.. incident.Services, .. upstream], from - SuspectRule.LooksBack, now), upstream,
            [.. upstream.SelectMany(s => indicators.Of([s], incident.DetectedAt, now).Select(m => (s, m)))], [.. state.Get<IncidentBook>().All.Values.Where(i => !i.Open)]);
    }

    private IncidentView View(HouseState state, Incident incident, Instant now, bool brief = false) => IncidentView.Of(
        incident, incident.Open ? indicators.Of(incident.Services, incident.DetectedAt, now) : incident.Impact, IncidentPolicies.Of(manifests.For(state)), CatalogView.Of(manifests.For(state)), brief);
}
