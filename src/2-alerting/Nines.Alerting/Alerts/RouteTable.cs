using System.Collections.Frozen;
using Nines.Catalog;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>
/// Everything that manifests and settings say about the pipeline, ready to be asked: the tree, intervals, inhibition,
/// maintenance. Built once for a set of manifests.
/// </summary>
public sealed class RouteTable
{
    // Before the property that is built from it.
    private static readonly Route[] Defaults =
    [
        new("page", AlertSeverity.Page, ["service"], Duration.Zero, Duration.FromMinutes(1), Duration.FromHours(4), true),
        new("ticket", AlertSeverity.Ticket, ["alertname", "objective", "rule", "service"], Duration.Zero, Duration.FromMinutes(5), null, true),
        new("log", AlertSeverity.Log, ["service"], Duration.Zero, Duration.FromMinutes(5), null, false),
    ];

    private readonly FrozenDictionary<string, Route> _byName;
    private readonly Route[] _shipped;

    /// <summary>A table of routes by severity alone, without branches.</summary>
    /// <param name="shipped">At most one a severity; what is lacking is treated as shipped.</param>
    public RouteTable(IReadOnlyList<Route> shipped) : this(RoutingSpec.None, shipped, [], null)
    {
    }

    private RouteTable(RoutingSpec spec, IReadOnlyList<Route> shipped, IReadOnlyList<MaintenanceWindow> maintenance, DependencyGraph? dependencies)
    {
        Spec = spec;
        Maintenance = maintenance;
        Dependencies = spec.InhibitAlongDependencies ? dependencies : null;
        _shipped = [.. Enum.GetValues<AlertSeverity>().Select(s => Ship(shipped.FirstOrDefault(r => r.Severity == s) ?? Defaults[(int)s], spec))];
        var times = _shipped.ToDictionary(r => r.Severity, r => new RouteTimes(r.GroupBy, r.Wait, r.Interval, r.Repeat, r.Tells));
        Branches = [.. spec.Branches.Select(b => RouteNode.Build(b, new() { Name = "" }, "", times))];
        _byName = All(Branches).SelectMany(n => n.Routes).Concat(_shipped).DistinctBy(r => r.Name).ToFrozenDictionary(r => r.Name);
    }

    /// <summary>
    /// What ships. A page leaves at once: what fires in one evaluation still travels together, because it is one commit.
    /// A ticket is told once. Interval and repeat are Alertmanager's defaults, but a page's additions come after a minute.
    /// </summary>
    public static RouteTable Shipped { get; } = new(Defaults);

    /// <summary>What was written.</summary>
    public RoutingSpec Spec { get; }

    /// <summary>The branches, asked in order.</summary>
    public IReadOnlyList<RouteNode> Branches { get; }

    /// <summary>What takes an alert that no branch takes: one a severity, the loudest first.</summary>
    public IReadOnlyList<Route> Otherwise => _shipped;

    /// <summary>Planned quiet.</summary>
    public IReadOnlyList<MaintenanceWindow> Maintenance { get; }

    /// <summary>Who calls whom, where alerts are inhibited along it; null where they are not.</summary>
    public DependencyGraph? Dependencies { get; }

    /// <summary>The severity guide.</summary>
    public IReadOnlyList<SeverityRow> Severities => Spec.Severities.Count > 0 ? Spec.Severities : SeverityGuide.Rows;

    /// <summary>This table with a tree, planned quiet and the catalog's dependencies.</summary>
    public RouteTable With(RoutingSpec spec, IReadOnlyList<MaintenanceWindow>? maintenance = null, DependencyGraph? dependencies = null) =>
        new(spec, _shipped, maintenance ?? [], dependencies);

    /// <summary>The route that takes an alert; further ones where branches continue.</summary>
    public Route Take(in RouteFacts facts, out IReadOnlyList<Route> also)
    {
        also = [];
        if (Branches.Count == 0) return _shipped[(int)facts.Severity];
        var found = Walk(facts, null);
        if (found is null) return _shipped[(int)facts.Severity];
        if (found.Count > 1) also = [.. found.Skip(1).DistinctBy(r => r.Name).Where(r => r.Name != found[0].Name)];
        return found[0];
    }

    /// <summary>
    /// The route of that name. A group whose branch is gone until its alerts are routed anew is treated as its severity
    /// ships; one that nobody knows as a page: too loud is safer than lost.
    /// </summary>
    public Route Named(string name) => _byName.GetValueOrDefault(name)
        ?? _shipped.FirstOrDefault(r => name.EndsWith(":" + r.Severity.Word(), StringComparison.Ordinal)) ?? _shipped[0];

    /// <summary>The branches and all below them.</summary>
    internal static IEnumerable<RouteNode> All(IEnumerable<RouteNode> nodes) => nodes.SelectMany(n => All(n.Branches).Prepend(n));

    /// <summary>What the tester tells: the same walk, with a word at each branch.</summary>
    internal List<Route> Explain(in RouteFacts facts, List<RouteStep> steps) => Walk(facts, steps) ?? [_shipped[(int)facts.Severity]];

    private List<Route>? Walk(in RouteFacts facts, List<RouteStep>? steps)
    {
        List<Route>? found = null;
        Walk(Branches, facts, AlertLabels.None, ref found, steps, 0);
        return found;
    }

    private static bool Walk(IReadOnlyList<RouteNode> nodes, in RouteFacts facts, AlertLabels set, ref List<Route>? found, List<RouteStep>? steps, int depth)
    {
        var (any, ends) = (false, "");
        foreach (var node in nodes)
        {
            if (ends.Length > 0)
            {
                if (steps is null) break;
                steps.Add(new(node.Path, depth, "not asked", $"{ends} took the alert and does not continue."));
                continue;
            }

            if (node.Refuses(facts, set) is { } refusal)
            {
                steps?.Add(RouteStep.Refused(node, depth, refusal, RouteNode.Value(refusal, facts, set)));
                continue;
            }

            any = true;
            var at = steps?.Count ?? 0;
            steps?.Add(RouteStep.Took(node, depth));
            if (!Walk(node.Branches, facts, node.Branch.Sets, ref found, steps, depth + 1)) (found ??= []).Add(node.For(facts.Severity));
            else if (steps is not null) steps[at] = steps[at] with { Outcome = "fits", Reason = steps[at].Reason + " A branch below takes it." };
            if (!node.Branch.Continue) ends = node.Path;
        }

        return any;
    }

    private static Route Ship(Route route, RoutingSpec spec)
    {
        var named = route with { Why = $"The route {route.Name} takes alerts of severity {route.Severity.Word()}." };
        return spec.Defaults.TryGetValue(route.Severity, out var times)
            ? named with { GroupBy = times.GroupBy, Wait = times.Wait, Interval = times.Interval, Repeat = times.Repeat, Tells = times.Tells }
            : named;
    }
}
