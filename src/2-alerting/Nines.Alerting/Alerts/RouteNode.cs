using Nines.Alerting.Silences;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>A branch ready to be asked: with what it inherits, its branches below, and its route for each severity.</summary>
public sealed class RouteNode
{
    private readonly Route[] _routes;

    private RouteNode(RouteBranch branch, string path, RouteNode[] branches, Route[] routes) =>
        (Branch, Path, Branches, _routes) = (branch, path, branches, routes);

    /// <summary>As written, with what it inherits.</summary>
    public RouteBranch Branch { get; }

    /// <summary>Its name behind those above it: <c>payments/database</c>.</summary>
    public string Path { get; }

    /// <summary>Branches below, in order.</summary>
    public IReadOnlyList<RouteNode> Branches { get; }

    /// <summary>Its three routes.</summary>
    public IReadOnlyList<Route> Routes => _routes;

    /// <summary>Its route for an alert of a severity.</summary>
    public Route For(AlertSeverity severity) => _routes[(int)severity];

    /// <summary>True where all its matchers choose the alert.</summary>
    public bool Takes(in RouteFacts facts, AlertLabels set) => Refuses(facts, set) is null;

    /// <summary>The first matcher that does not choose the alert; null where all do.</summary>
    public Matcher? Refuses(in RouteFacts facts, AlertLabels set)
    {
        foreach (var matcher in Branch.Match)
            if (!matcher.Matches(Value(matcher, facts, set))) return matcher;
        return null;
    }

    /// <summary>What a matcher compares with: what branches above set, else the fact.</summary>
    internal static string Value(Matcher matcher, in RouteFacts facts, AlertLabels set) => set[matcher.Label] is { Length: > 0 } value ? value : facts[matcher.Label];

    internal static RouteNode Build(RouteBranch written, RouteBranch above, string path, IReadOnlyDictionary<AlertSeverity, RouteTimes> times)
    {
        var branch = written.Below(above);
        var whole = path.Length == 0 ? branch.Name : $"{path}/{branch.Name}";
        RouteNode[] below = [.. branch.Branches.Select(b => Build(b, branch, whole, times))];
        Route[] routes = [.. Enum.GetValues<AlertSeverity>().Select(s => RouteOf(branch, whole, s, times))];
        return new(branch, whole, below, routes);
    }

    private static Route RouteOf(RouteBranch branch, string path, AlertSeverity said, IReadOnlyDictionary<AlertSeverity, RouteTimes> times)
    {
        var severity = branch.Severity ?? said;
        var shipped = times[severity];
        var treated = severity == said ? "" : $" and is treated as {severity.Word()}";
        return new(
            $"{path}:{severity.Word()}", severity, branch.GroupBy ?? shipped.GroupBy, branch.Wait ?? shipped.Wait, branch.Interval ?? shipped.Interval,
            branch.Repeat is { } repeat ? (repeat > Duration.Zero ? repeat : null) : shipped.Repeat, shipped.Tells, branch.Escalation ?? "")
        {
            Service = branch.Service ?? "",
            Mute = branch.Mute ?? [],
            Active = branch.Active ?? [],
            Sets = branch.Sets,
            Why = branch.Match.Count == 0
                ? $"The branch {path} takes every alert that comes to it{treated}."
                : $"The branch {path} takes {string.Join(", ", branch.Match)}{treated}.",
        };
    }
}
