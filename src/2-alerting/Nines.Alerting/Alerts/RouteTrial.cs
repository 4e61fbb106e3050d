using Nines.Alerting.Silences;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>What one branch said about an alert.</summary>
/// <param name="Branch">Its path.</param>
/// <param name="Depth">How deep it stands, from 0.</param>
/// <param name="Outcome"><c>takes</c>, <c>fits</c> (one below takes it), <c>refuses</c> or <c>not asked</c>.</param>
/// <param name="Reason">Why.</param>
public sealed record RouteStep(string Branch, int Depth, string Outcome, string Reason)
{
    internal static RouteStep Took(RouteNode node, int depth) => new(node.Path, depth, "takes",
        (node.Branch.Match.Count == 0 ? "It takes every alert that comes to it." : $"All of its matchers fit: {string.Join(", ", node.Branch.Match)}.") + (node.Branch.Continue ? " The branches behind it are asked as well." : ""));

    internal static RouteStep Refused(RouteNode node, int depth, Matcher matcher, string value) => new(node.Path, depth, "refuses",
        $"{matcher} does not fit: {(value.Length == 0 ? $"the alert has no {matcher.Label}" : $"{matcher.Label} is \"{value}\"")}.");
}

/// <summary>One place where an alert would go, and what would happen to it there now.</summary>
/// <param name="Route">The route.</param>
/// <param name="Severity">How loud its notifications are.</param>
/// <param name="Service">What they are about; empty where nobody said.</param>
/// <param name="Escalation">Which policy they follow; empty for the service's own.</param>
/// <param name="Group">The group that it would join.</param>
/// <param name="Wait">How long a new group waits.</param>
/// <param name="Interval">Least time between two notifications.</param>
/// <param name="Repeat">When it is said again; null for never.</param>
/// <param name="Told">True where somebody would be told now.</param>
/// <param name="Trail">What each stage would say.</param>
public sealed record RouteOutcome(
    string Route, AlertSeverity Severity, string Service, string Escalation, string Group, string Wait, string Interval, string? Repeat, bool Told, IReadOnlyList<Verdict> Trail);

/// <summary>The answer to "why does this go there?".</summary>
/// <param name="Labels">The alert's labels.</param>
/// <param name="Severity">As its sender says, by the table of severity words.</param>
/// <param name="Service">The service that Nines found; empty where it found none.</param>
/// <param name="Found">How severity and service were found: sentences.</param>
/// <param name="Steps">Every branch, in order.</param>
/// <param name="Routes">Where it goes: one place, more where branches continue.</param>
public sealed record RouteTrialAnswer(
    AlertLabels Labels, AlertSeverity Severity, string Service, IReadOnlyList<string> Found, IReadOnlyList<RouteStep> Steps, IReadOnlyList<RouteOutcome> Routes);

/// <summary>
/// Tries where an alert would go, with the very stages that take real ones, and writes nothing. What it says is what
/// happens (openobserve/openobserve#13904: there, the tester said that a rule fits, and no real alert ever matched it).
/// </summary>
public static class RouteTrial
{
    /// <summary>Tries an alert.</summary>
    /// <param name="alert">It, as a door would hand it to the pipeline.</param>
    /// <param name="book">The newest state.</param>
    /// <param name="silences">The silences.</param>
    /// <param name="routes">The routes.</param>
    /// <param name="now">When.</param>
    public static RouteTrialAnswer Try(Incoming alert, AlertBook book, SilenceBook silences, RouteTable routes, Instant now)
    {
        var facts = RouteFacts.Of(alert);
        var steps = new List<RouteStep>();
        var found = routes.Explain(facts, steps).DistinctBy(r => r.Name).ToArray();
        if (steps.Count > 0 && !steps.Exists(s => s.Outcome == "takes")) steps.Add(new("(shipped)", 0, "takes", $"No branch takes it, so {found[0].Why[..1].ToLowerInvariant()}{found[0].Why[1..]}"));
        else if (steps.Count == 0) steps.Add(new("(shipped)", 0, "takes", "There is no tree. " + found[0].Why));
        return new(alert.Labels, alert.Severity, alert.Service, Findings(alert), steps, [.. found.Select(r => Outcome(r, alert, book, silences, routes, now))]);
    }

    private static RouteOutcome Outcome(Route route, Incoming incoming, AlertBook book, SilenceBook silences, RouteTable routes, Instant now)
    {
        var facts = RouteFacts.Of(incoming);
        var (outcome, known, deduped) = DedupStage.Judge(book, incoming, now);
        var (key, _, grouped) = GroupStage.Judge(book, route, facts, now);
        var alert = (known ?? new Alert
        {
            Id = "(trial)",
            Labels = incoming.Labels,
            Severity = incoming.Severity,
            Source = incoming.Source,
            Service = incoming.Service,
            Title = incoming.Title,
            Reason = incoming.Reason,
            StartedAt = now,
            Annotations = incoming.Annotations,
        }) with
        { EndedAt = null, Route = route.Name, Group = key };
        var held = HeldBack.Judge(book, silences, routes, route, alert, now);
        var told = outcome == DedupOutcome.Known && book.Groups.TryGetValue(key, out var group) && group.Members.GetValueOrDefault(alert.Id);
        var (telling, notified) = NotifyStage.Judge(alert, told, held.Word, false, route, routes.Spec.Flapping, now);
        return new(
            route.Name, route.Severity, route.Service.Length > 0 ? route.Service : incoming.Service, route.Escalation, key, FieldDuration.Format(route.Wait), FieldDuration.Format(route.Interval),
            route.Repeat is { } repeat ? FieldDuration.Format(repeat) : null, telling is NotifyStage.Telling.Fires or NotifyStage.Telling.FiresStill || told,
            [deduped, RouteStage.Say(route, now), grouped, .. held.Verdicts, notified]);
    }

    private static IReadOnlyList<string> Findings(Incoming alert)
    {
        var said = SeverityWords.Labels.FirstOrDefault(l => SeverityWords.All.ContainsKey(alert.Labels[l]));
        var severity = said is null
            ? $"No label says how loud it is, so it counts as {alert.Severity.Word()} (setting alerts:severityWithout)."
            : $"{said}=\"{alert.Labels[said]}\" counts as {alert.Severity.Word()}.";
        var named = ForeignAlert.ServiceLabels.FirstOrDefault(l => alert.Service.Length > 0 && alert.Labels[l] == alert.Service);
        var service = alert.Service.Length == 0
            ? "No label names a service: nobody owns it, and whoever owns Nines is called. Add a label service."
            : named is null ? $"Its service is {alert.Service}." : $"{named} names its service: {alert.Service}.";
        return [severity, service];
    }
}
