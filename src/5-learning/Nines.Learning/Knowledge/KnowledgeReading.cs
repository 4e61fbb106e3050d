using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Learning.Actions;
using Nines.Learning.Postmortems;
using Nines.Responding.Incidents;
using Nines.Responding.Runbooks;

namespace Nines.Learning.Knowledge;

/// <summary>Searches everything that was written: incidents with their timelines, postmortems, runbooks, actions.</summary>
public sealed class KnowledgeReading(IHouse house, CompiledManifests manifests)
{
    private readonly Lock _gate = new();
    private readonly KnowledgeIndex _index = new();
    private (object Incidents, object Postmortems, object Actions, ManifestSet Set)? _of;

    /// <summary>Kinds of what can be found.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["incident", "postmortem", "runbook", "action"];

    /// <summary>What fits some words, the best first.</summary>
    /// <param name="query">The words.</param>
    /// <param name="kind">Only of this kind; empty for all.</param>
    /// <param name="most">So many at most.</param>
    public IReadOnlyList<Found> Search(string query, string kind, int most)
    {
        lock (_gate)
        {
            Update(house.State);
            return [.. _index.Search(query, most, kind.Length == 0 ? null : t => t.Kind == kind)
                .Select(f => new Found(f.Text.Kind, f.Text.Name, f.Text.Title, f.Text.Address, f.Text.At, f.Text.Services, Excerpt.Of(f.Text, query), f.Score))];
        }
    }

    /// <summary>Which past incidents were like one; null where it is not there.</summary>
    public IReadOnlyList<SimilarIncident>? Similar(string name)
    {
        var state = house.State;
        var (book, alerts) = (state.Get<IncidentBook>(), state.Get<AlertBook>());
        if (book.Find(name) is not { } incident) return null;
        lock (_gate)
        {
            Update(state);
            var like = _index.Search($"{incident.Title} {incident.Cause}", 200, t => t.Kind == "incident");
            // Its own score is that of the same words: the others are measured against it.
            var own = like.FirstOrDefault(f => f.Text.Id == "incident/" + incident.Id).Score;
            var words = like.ToDictionary(f => f.Text.Id["incident/".Length..], f => own > 0 ? Math.Min(1, f.Score / own) : 0, StringComparer.Ordinal);
            return SimilarRule.Of(incident, book.All.Values, i => [.. i.Alerts.Select(a => alerts.All.GetValueOrDefault(a)?.Labels["alertname"] ?? "").Where(a => a.Length > 0).Distinct(StringComparer.Ordinal)], words);
        }
    }

    private void Update(HouseState state)
    {
        var (incidents, postmortems, actions, set) = (state.Get<IncidentBook>(), state.Get<PostmortemBook>(), state.Get<ActionBook>(), manifests.For(state));
        if (_of is { } known && ReferenceEquals(known.Incidents, incidents) && ReferenceEquals(known.Postmortems, postmortems) && ReferenceEquals(known.Actions, actions) && ReferenceEquals(known.Set, set)) return;
        _index.Update(KnownTexts.Of(incidents, postmortems, actions, [.. set.Of<Runbook>()]));
        _of = (incidents, postmortems, actions, set);
    }
}
