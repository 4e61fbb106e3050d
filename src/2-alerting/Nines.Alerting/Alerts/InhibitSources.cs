using System.Runtime.CompilerServices;

namespace Nines.Alerting.Alerts;

/// <summary>
/// The alerts that hold others back, found once for a state: a flush of many groups asks it for each of their alerts.
/// </summary>
internal sealed class InhibitSources
{
    // A circle that is longer is not looked for: nobody writes it, and a storm must not be searched whole.
    private const int MostOfACircle = 1_000;

    private static readonly ConditionalWeakTable<AlertBook, InhibitSources> Newest = [];

    private readonly RouteTable _routes;
    private readonly Dictionary<string, List<Alert>>[] _byRule;
    private readonly Dictionary<string, List<Alert>> _atHand = new(StringComparer.Ordinal);

    private InhibitSources(AlertBook book, RouteTable routes)
    {
        _routes = routes;
        _byRule = [.. routes.Spec.Inhibit.Select(_ => new Dictionary<string, List<Alert>>(StringComparer.Ordinal))];
        foreach (var alert in book.All.Values)
        {
            if (!alert.Firing) continue;
            if (routes.Dependencies is not null && IsAtHand(alert))
            {
                if (!_atHand.TryGetValue(alert.Service, out var pages)) _atHand[alert.Service] = pages = [];
                pages.Add(alert);
            }

            var facts = RouteFacts.Of(alert);
            for (var i = 0; i < _byRule.Length; i++)
            {
                var rule = routes.Spec.Inhibit[i];
                if (!rule.IsSource(facts)) continue;
                var shared = rule.Shared(facts);
                if (!_byRule[i].TryGetValue(shared, out var sources)) _byRule[i][shared] = sources = [];
                sources.Add(alert);
            }
        }

        foreach (var sources in _byRule.SelectMany(r => r.Values).Concat(_atHand.Values)) sources.Sort(ByAge);
    }

    public static InhibitSources Of(AlertBook book, RouteTable routes)
    {
        if (Newest.TryGetValue(book, out var known) && ReferenceEquals(known._routes, routes)) return known;
        var found = new InhibitSources(book, routes);
        Newest.AddOrUpdate(book, found);
        return found;
    }

    /// <summary>The oldest source that holds an alert back, with its rule; null for none.</summary>
    public (InhibitRule Rule, Alert Source)? Of(Alert target, AlertBook book)
    {
        foreach (var (rule, source) in HoldersOf(target))
            if (Speaks(source, target, book)) return (rule, source);
        return null;
    }

    /// <summary>
    /// The page of a service that this alert's service needs, that fires and that somebody is at, with the way to it; null
    /// for none. It never hides what is louder than itself, and what somebody is at already.
    /// </summary>
    public (Alert Source, IReadOnlyList<string> Way)? Upstream(Alert target, AlertBook book)
    {
        if (_routes.Dependencies is not { } graph || target.Service.Length == 0 || _atHand.Count == 0) return null;
        var loudness = Route.SeverityOf(target.Route, target.Severity);
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal) { [target.Service] = "" };
        var queue = new Queue<string>([target.Service]);
        while (queue.TryDequeue(out var at))
            foreach (var next in graph.DependsOn(at))
            {
                if (!cameFrom.TryAdd(next, at)) continue;
                queue.Enqueue(next);
                if (!_atHand.TryGetValue(next, out var pages)) continue;
                foreach (var page in pages)
                    if (page.Id != target.Id && Route.SeverityOf(page.Route, page.Severity) <= loudness && Speaks(page, target, book)) return (page, Way(next, cameFrom));
            }

        return null;
    }

    private static bool IsAtHand(Alert alert) =>
        alert is { Service.Length: > 0, AcknowledgedAt: not null } && Route.SeverityOf(alert.Route, alert.Severity) == AlertSeverity.Page;

    private static List<string> Way(string to, Dictionary<string, string> cameFrom)
    {
        var way = new List<string>();
        for (var at = to; at.Length > 0; at = cameFrom[at]) way.Add(at);
        way.Reverse();
        return way;
    }

    /// <summary>False where the source is itself held back, at whatever distance, by the target: then nobody would be told.</summary>
    private bool Speaks(Alert source, Alert target, AlertBook book)
    {
        var at = source;
        for (var steps = 0; steps < 32; steps++)
        {
            if (at.InhibitedBy.Length == 0) break;
            if (at.InhibitedBy == target.Id) return false;
            if (!book.All.TryGetValue(at.InhibitedBy, out var next) || !next.Firing) break;
            at = next;
        }

        // Some that would hold each other back in a circle, judged at once: the oldest of them speaks.
        return ByAge(source, target) < 0 || !IsOldestOfACircle(target, source);
    }

    /// <summary>True where an alert would be held back, over others in between, by itself: all of them are younger.</summary>
    private bool IsOldestOfACircle(Alert alert, Alert holder)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { holder.Id };
        var queue = new Queue<Alert>([holder]);
        while (queue.TryDequeue(out var at))
            foreach (var (_, next) in HoldersOf(at))
            {
                if (next.Id == alert.Id) return true;
                if (ByAge(alert, next) < 0 && seen.Count < MostOfACircle && seen.Add(next.Id)) queue.Enqueue(next);
            }

        return false;
    }

    // One that is source and target alike is not held back by its like: one of them must be told.
    private IEnumerable<(InhibitRule Rule, Alert Source)> HoldersOf(Alert target)
    {
        var facts = RouteFacts.Of(target);
        for (var i = 0; i < _byRule.Length; i++)
        {
            var rule = _routes.Spec.Inhibit[i];
            if (!rule.IsTarget(facts) || !_byRule[i].TryGetValue(rule.Shared(facts), out var sources)) continue;
            var both = rule.IsSource(facts);
            foreach (var source in sources)
                if (source.Id != target.Id && !(both && rule.IsTarget(RouteFacts.Of(source)))) yield return (rule, source);
        }
    }

    private static int ByAge(Alert a, Alert b) => a.StartedAt != b.StartedAt ? a.StartedAt.CompareTo(b.StartedAt) : string.CompareOrdinal(a.Id, b.Id);
}
