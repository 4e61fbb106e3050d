using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>What a page should say, as far as the house knows; nothing of it is published before a person does.</summary>
/// <param name="Page">The page.</param>
/// <param name="Components">What should be said of each component, and why.</param>
/// <param name="Differs">True where something else is said than should be.</param>
/// <param name="Post">The open post that an update would belong to; empty for a new one.</param>
/// <param name="Incident">The house's own incident that it is about; empty for none.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Title">A title to begin with.</param>
/// <param name="Body">A text to begin with.</param>
public sealed record Proposal(
    string Page, IReadOnlyList<ComponentProposal> Components, bool Differs, string Post, string Incident, PostStatus Status, string Title, string Body);

/// <summary>Reads what the house knows about the components of a page.</summary>
public sealed class Proposals(IHouse house, CompiledManifests manifests, ObjectiveQueries objectives, BarReading bars)
{
    /// <summary>What a page should say; null for no such page.</summary>
    /// <param name="name">The page.</param>
    /// <param name="incident">Only what this incident is about; empty for everything.</param>
    /// <param name="now">The time.</param>
    public Proposal? Of(string name, string incident, Instant now)
    {
        var state = house.State;
        if (manifests.For(state).Find<StatusPage>(name) is not { } page) return null;
        var (published, incidents) = (state.Get<StatusBook>().Of(name), state.Get<IncidentBook>());
        var open = incidents.Open.Where(i => !i.Drill && (incident.Length == 0 || i.Id == incident)).ToArray();
        ComponentProposal[] all = [.. page.Components.Select(c => ProposalRule.Of(c.Key, Facts(c, now), [.. open.Where(i => c.Services.Intersect(i.Services).Any()).Select(Fact)], published.StatusOf(c.Key)))];
        var (bad, post) = (all.Where(c => c.Proposed > ComponentStatus.UnderMaintenance).ToArray(), PostOf(published, open, incident));
        var status = StatusOf(bad, post, open);
        var names = (bad.Length > 0 ? bad.Select(c => (page.Find(c.Component)!.Name, c.Proposed)) : (post?.Components.Keys ?? []).Select(k => (page.Find(k)?.Name ?? k, post!.Components[k]))).ToArray();
        return new(
            name, all, all.Any(c => c.Proposed != c.Published), post?.Id ?? "", open.Length == 0 ? "" : open[0].Id, status,
            DraftText.Title(names), DraftText.Body(status, names, now + DraftText.NextUpdate, page.Zone));
    }

    private static Post? PostOf(PublishedPage published, Incident[] open, string incident) =>
        published.Open.FirstOrDefault(p => p.Incident.Length > 0 && (p.Incident == incident || (incident.Length == 0 && Array.Exists(open, i => i.Id == p.Incident))))
        ?? (incident.Length == 0 ? published.Open.FirstOrDefault() : null);

    private static PostStatus StatusOf(ComponentProposal[] bad, Post? post, Incident[] open) =>
        post is null ? PostStatus.Investigating
        : bad.Length > 0 ? Array.Exists(open, i => i.Phase >= IncidentPhase.Mitigate) ? PostStatus.Identified : post.Status
        : post.Status == PostStatus.Monitoring ? PostStatus.Resolved : PostStatus.Monitoring;

    private static IncidentFact Fact(Incident incident) => new(incident.Id, incident.Name, (int)incident.Severity, incident.MitigatedAt is not null);

    private ObjectiveFact[] Facts(PageComponent component, Instant now) => [.. bars.ObjectivesOf(component, now).Select(n => objectives.Find(n, now)).OfType<ObjectiveStatus>().Select(o => new ObjectiveFact(
        o.Name, Fires(o, BurnSeverity.Page), Fires(o, BurnSeverity.Ticket), ProposalRule.Failing(objectives.Minutes(o.Name, now - ProposalRule.Looks, now))))];

    private static bool Fires(ObjectiveStatus objective, BurnSeverity severity) => objective.Alerts.Any(a => a.Severity == severity && a.State == AlertPhase.Firing);
}
