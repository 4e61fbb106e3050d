using Nines.Shell.Charts;
using Nines.Shell.Components;

namespace Nines.Measuring.Objectives.Ui;

/// <summary>One service's lane of the last day.</summary>
/// <param name="Service">What it is called.</param>
/// <param name="Words">What the lane shows, for those who do not see it.</param>
/// <param name="Stretches">What burned, alerted, was silent.</param>
/// <param name="Marks">What happened.</param>
/// <param name="BeganMs">When it was first measured, where that is within the day.</param>
public sealed record DayLane(string Service, string Words, IReadOnlyList<Stretch> Stretches, IReadOnlyList<Mark> Marks, long? BeganMs = null);

/// <summary>All that the overview shows.</summary>
/// <param name="Services">Worst first.</param>
/// <param name="Table">The objectives that the filter left.</param>
/// <param name="Query">The filter and order.</param>
/// <param name="PageNumber">Which part of a long table, from 1.</param>
public sealed record OverviewModel(IReadOnlyList<ServiceView> Services, TableRows<ObjectiveView> Table, TableQuery Query, int PageNumber)
{
    /// <summary>Objectives on one page: what keeps it under 100 kB.</summary>
    public const int PageSize = 60;

    /// <summary>Services on the wall: the worst ones, one row of a wide screen.</summary>
    public const int WallSize = 5;

    public static IReadOnlyList<Column<ObjectiveView>> Columns { get; } =
    [
        new("service", "Service", o => o.Service),
        new("objective", "Objective", o => o.Name),
        new("state", "State", o => o.State.Word),
        new("left", "Budget left", o => o.Left * 100),
        new("burn1h", "1 h", o => o.BurnOf("1h")),
        new("burn6h", "6 h", o => o.BurnOf("6h")),
        new("burn1d", "1 d", o => o.BurnOf("24h")),
        new("gone", "Gone, at worst", o => o.GoneFirst),
        new("target", "Target", o => o.Target * 100),
        new("window", "Window", o => o.Window),
    ];

    public static OverviewModel For(IReadOnlyList<ServiceView> services, TableQuery query, int pageNumber)
    {
        var sorted = ServiceView.WorstFirst(services);
        return new(sorted, TableRules.Apply([.. sorted.SelectMany(s => s.Objectives)], Columns, query), query, Math.Max(1, pageNumber));
    }

    /// <summary>The part of the table on this page.</summary>
    public IReadOnlyList<ObjectiveView> Shown => [.. Table.Rows.Skip((PageNumber - 1) * PageSize).Take(PageSize)];

    public int Pages => Math.Max(1, (Table.Rows.Count + PageSize - 1) / PageSize);

    /// <summary>The upper edge of all sparklines of this page.</summary>
    public double SparkTop => SparklineSvg.SharedTop(Shown.SelectMany(o => o.Day).Where(double.IsFinite).DefaultIfEmpty(0).Max());

    /// <summary>The last day in lanes, worst service first: made from the same burn values as the sparklines.</summary>
    public IReadOnlyList<DayLane> Lanes(long nowMs) => [.. Services.Where(s => s.Objectives.Count > 0).Take(12).Select(s => DayLanes.Of(s, nowMs))];
}
