using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>Declares an incident by itself where the house's policy says that a page which is open for so long is one.</summary>
internal sealed class DeclareDuty(IHouse house, CompiledManifests manifests, IncidentDesk desk) : Duty
{
    private (object Pages, object Incidents, ManifestSet Set, Instant? Due)? _looked;

    /// <inheritdoc />
    public override string Name => "incidents.declare";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var set = manifests.For(state);
        if (IncidentPolicies.Of(set).Declare.IsEmpty) return null;
        var (pages, incidents) = (state.Get<PageBook>(), state.Get<IncidentBook>());
        if (_looked is { } looked && ReferenceEquals(looked.Pages, pages) && ReferenceEquals(looked.Incidents, incidents) && ReferenceEquals(looked.Set, set)) return looked.Due;
        var due = Due(state, set).Min(p => (Instant?)p.At);
        _looked = (pages, incidents, set, due);
        return due;
    }

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        var due = Due(house.State, manifests.For(house.State)).Where(p => p.At <= now).MinBy(p => p.At);
        // One at a time: another page of the same service may join what this one declares.
        if (due.Page is not null) await desk.DeclareAsync(Actor.Duty(Name), new(Page: due.Page), "", stop);
    }

    private static IEnumerable<(string Page, Instant At)> Due(HouseState state, ManifestSet set)
    {
        var (rules, catalog, incidents, alerts) = (IncidentPolicies.Of(set).Declare, CatalogView.Of(set), state.Get<IncidentBook>(), state.Get<AlertBook>());
        foreach (var page in state.Get<PageBook>().All.Values.Where(p => p.EndedAt is null))
        {
            if (DeclareRule.DueAt(rules, page, catalog) is not { } at) continue;
            // What was an incident once, and is over, is one again only if somebody says so; that nobody checked in is none.
            if (incidents.All.Values.Any(i => i.Pages.Contains(page.Id)) || page.Alerts.TrueForAll(a => alerts.All.GetValueOrDefault(a)?.Source == MissedCheckIn.Source)) continue;
            yield return (page.Id, at);
        }
    }
}
