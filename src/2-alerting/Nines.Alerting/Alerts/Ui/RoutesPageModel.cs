using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts.Ui;

/// <summary>All that the page of routes shows.</summary>
public sealed record RoutesPageModel(
    RouteTable Table, IReadOnlyList<RouteFinding> Findings, string Labels, RouteTrialAnswer? Answer, IReadOnlyList<Problem> Problems, AlertBook Book, Instant Now)
{
    /// <summary>Every branch with its depth, in order.</summary>
    public IReadOnlyList<(RouteNode Node, int Depth)> Nodes { get; } = [.. Flat(Table.Branches, 0)];

    /// <summary>Maintenance that is not over.</summary>
    public IReadOnlyList<MaintenanceWindow> Maintenance => [.. Table.Maintenance.Where(w => w.Until > Now).OrderBy(w => w.From)];

    /// <summary>How many alerts of a branch fire.</summary>
    public string Count(RouteNode node)
    {
        var count = Book.All.Values.Count(a => a.Firing && node.Routes.Any(r => r.Name == a.Route));
        return count == 0 ? "" : $"{count} firing";
    }

    private static IEnumerable<(RouteNode, int)> Flat(IReadOnlyList<RouteNode> nodes, int depth) =>
        nodes.SelectMany(n => Flat(n.Branches, depth + 1).Prepend((n, depth)));
}
