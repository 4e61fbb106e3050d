using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts.Ui;

/// <summary>All that the page of routes shows.</summary>
public sealed record RoutesPageModel(
    RouteTable Table, IReadOnlyList<RouteFinding> Findings, string Labels, RouteTrialAnswer? Answer, IReadOnlyList<Problem> Problems, AlertBook Book, Instant Now)
{
    /// <summary>Every branch, in the order in which they are asked.</summary>
    public IReadOnlyList<RouteNode> Nodes { get; } = [.. RouteTable.All(Table.Branches)];

    /// <summary>Maintenance that is not over.</summary>
    public IReadOnlyList<MaintenanceWindow> Maintenance => [.. Table.Maintenance.Where(w => w.Until > Now).OrderBy(w => w.From)];

    /// <summary>How many alerts of a branch fire.</summary>
    public string Count(RouteNode node)
    {
        var count = Book.All.Values.Count(a => a.Firing && node.Routes.Any(r => r.Name == a.Route));
        return count == 0 ? "" : $"{count} firing";
    }
}
