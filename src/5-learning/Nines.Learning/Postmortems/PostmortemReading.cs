using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Learning.Actions;
using Nines.Measuring.Objectives;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>Postmortems as doors show them: an open one with what its incident says now, a final one with what it said then.</summary>
public sealed class PostmortemReading(IHouse house, PastStates past, CompiledManifests manifests, ObjectiveQueries objectives, IncidentReading incidents, ActionReading actions)
{
    /// <summary>How this house learns.</summary>
    public PostmortemPolicy Policy => PostmortemPolicies.Of(manifests.For(house.State));

    /// <summary>The postmortem of that id or number; null for none.</summary>
    public PostmortemView? Find(string name, Instant now) => house.State is var state && state.Get<PostmortemBook>().Find(name) is { } postmortem ? View(state, postmortem, now, whole: true) : null;

    /// <summary>The postmortem of that id or number, also one that only the journal has as a whole; null for none.</summary>
    public async Task<PostmortemView?> FindAsync(string name, Instant now, CancellationToken stop)
    {
        if (Find(name, now) is { } found) return found;
        if (house.State.Get<PostmortemBook>().FindOld(name) is not { } old) return null;
        var then = await past.AtAsync(old.Position, stop);
        return then.Get<PostmortemBook>().All.TryGetValue(old.Id, out var postmortem) ? View(house.State, postmortem, now, whole: true) : null;
    }

    /// <summary>The name of an old one; null for none.</summary>
    public string? OldName(string id) => house.State.Get<PostmortemBook>().Old.GetValueOrDefault(id)?.Name;

    /// <summary>Open ones, the first due first; then those that are final, the newest first. A list has no timelines, and no findings of the lint.</summary>
    public IReadOnlyList<PostmortemView> All(Instant now)
    {
        var state = house.State;
        return [.. Open(now), .. state.Get<PostmortemBook>().All.Values.Where(p => !p.Open && p.MergedInto.Length == 0).OrderByDescending(p => p.FinalAt).Select(p => View(state, p, now, whole: false))];
    }

    /// <summary>Open ones, the first due first.</summary>
    public IReadOnlyList<PostmortemView> Open(Instant now) =>
        house.State is var state ? [.. state.Get<PostmortemBook>().Open.Select(p => View(state, p, now, whole: false)).OrderBy(v => v.Due ?? Instant.MaxValue).ThenBy(v => v.OpenedAt)] : [];

    private PostmortemView View(HouseState state, Postmortem postmortem, Instant now, bool whole)
    {
        var set = manifests.For(state);
        var (policy, catalog) = (PostmortemPolicies.Of(set), CatalogView.Of(set));
        var incident = state.Get<IncidentBook>().Find(postmortem.Id);
        var facts = postmortem.Facts ?? Facts(incident, policy, now);
        if (!whole && facts is not null) facts = facts with { Timeline = [] };
        var names = whole ? BlamelessLint.NamesOf(catalog) : null;
        var services = facts?.Services ?? [];
        var due = OverduePostmortem.DueAt(postmortem, services, policy, catalog);
        return new(postmortem.Id, postmortem.Name, $"INC-{postmortem.Number}", Word(postmortem), postmortem.OpenedAt)
        {
            Facts = facts,
            Frozen = postmortem.Facts is not null,
            Figures = facts is null ? [] : PostmortemFigures.Of(facts),
            Timeline = [.. (facts?.Timeline ?? []).Select(l => new LineView(l.Id, l.At, l.WrittenAt, l.Kind, l.Said(Name), l.By.Length > 0 ? Name(l.By) : "", l.About))],
            Authors = [.. postmortem.Authors.Select(Name)],
            Reviewers = [.. postmortem.Reviewers.Select(r => new ReviewerView(Name(r.Person), r.ApprovedAt))],
            Due = due,
            Overdue = due < now,
            Zone = policy.ZoneOf(services, catalog).Id,
            ResolvedAt = postmortem.ResolvedAt,
            FinalAt = postmortem.FinalAt,
            Despite = postmortem.Despite,
            Sections = [.. PostmortemSections.Of(policy).Select(kind => Section(kind, postmortem.Section(kind.Key)))],
            Actions = actions.OfIncident(postmortem.Id, now),
        };

        string Name(string person) => catalog.PersonById(person)?.Name ?? person;

        SectionView Section(SectionKind kind, SectionText text) => new(
            kind, text.Text, text.Version, text.Version > 0 ? text.At : null, text.By.Length > 0 ? Name(text.By) : "",
            [.. text.Others.Select(o => new OtherView(o.Id, o.Text, o.BasedOn, o.At, Name(o.By)))], names is null ? [] : BlamelessLint.Check(kind.Key, text.Text, policy.BlameWords, names));
    }

    // An open incident's impact is read from the indicators now; of one that is over it stands in the incident.
    private PostmortemFacts? Facts(Incident? incident, PostmortemPolicy policy, Instant now) => incident is null ? null : PostmortemFacts.Of(
        incident, incident.Open ? incidents.Find(incident.Id, now)?.Impact ?? incident.Impact : incident.Impact, name => objectives.Definition(name)?.Service, policy);

    private static string Word(Postmortem postmortem) => postmortem.MergedInto.Length > 0 ? "merged" : postmortem.State switch
    {
        PostmortemState.Draft => "draft",
        PostmortemState.InReview => "in-review",
        _ => "final",
    };
}
