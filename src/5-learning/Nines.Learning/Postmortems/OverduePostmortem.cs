using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>
/// A postmortem is final within five business days of the end of its incident (seed 003, step 6). Later it is a ticket
/// of the incident's service: nobody is woken for it. Pure.
/// </summary>
public static class OverduePostmortem
{
    /// <summary>By when it must be final; null while its incident is open, and once nobody has to work on it.</summary>
    public static Instant? DueAt(Postmortem postmortem, IReadOnlyList<string> services, PostmortemPolicy policy, CatalogView catalog) =>
        postmortem is { Open: true, ResolvedAt: { } resolved } ? BusinessDays.After(resolved, policy.BusinessDays, policy.ZoneOf(services, catalog)) : null;

    /// <summary>The alert.</summary>
    public static Incoming Alert(Postmortem postmortem, Incident? incident, Instant due, Instant now) => new()
    {
        Labels = Labels(postmortem),
        Severity = AlertSeverity.Ticket,
        Source = Source,
        Service = incident?.Services.FirstOrDefault() ?? "",
        Title = $"{postmortem.Name} is overdue: {incident?.Title}",
        Reason = $"It was due at {NodaTime.Text.InstantPattern.General.Format(due)} and is {(postmortem.State == PostmortemState.Draft ? "a draft" : "in review")}. What nobody writes down happens again.",
        StartedAt = now,
        Annotations = ImmutableSortedDictionary<string, string>.Empty.Add("postmortem", "/postmortems/" + postmortem.Id),
    };

    /// <summary>Who raises it.</summary>
    public const string Source = "postmortems";

    /// <summary>What identifies the alert of a postmortem: nothing that changes, so that its end finds it.</summary>
    public static AlertLabels Labels(Postmortem postmortem) => AlertLabels.Of(("alertname", "PostmortemOverdue"), ("postmortem", postmortem.Name), ("severity", "ticket"));
}
