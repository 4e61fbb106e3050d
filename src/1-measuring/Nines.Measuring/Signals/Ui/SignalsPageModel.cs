using Nines.Measuring.Objectives;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Measuring.Signals.Ui;

/// <summary>One metric name as the explorer lists it, with the objectives that count it.</summary>
public sealed record FamilyRow(SignalFamily Family, string Shape, IReadOnlyList<string> Objectives)
{
    public Instant? LastSeen => Family.LastSeenUnixMs > 0 ? Instant.FromUnixTimeMilliseconds(Family.LastSeenUnixMs) : null;

    public string Address => "/signals/" + Uri.EscapeDataString(Family.Name);

    /// <summary>What an objective could say about it.</summary>
    public string Could => Shape switch
    {
        "histogram" => "latency under a bound",
        "counter" => "share of good events",
        "sum" => "only with its count or buckets",
        _ => "threshold or freshness",
    };

    public static FamilyRow Of(SignalFamily family, ObjectiveEngine engine) => new(
        family, Measurable.ShapeOf(family.Name),
        [.. engine.Set.All.Where(w => w.Indicator is { } i && family.Indicators.Contains(i)).Select(w => w.Objective.Name).Distinct()]);
}

/// <summary>All that the explorer shows.</summary>
public sealed record SignalsPageModel(SignalFigures Figures, TableRows<FamilyRow> Table, TableQuery Query, IReadOnlyList<SourceFigures> Sources)
{
    /// <summary>This server's address as the reader reached it, for what is to be copied.</summary>
    public string Here { get; init; } = "";

    /// <summary>Rows of the table; a filter reaches the others.</summary>
    public const int Most = 150;

    public static IReadOnlyList<Column<FamilyRow>> Columns { get; } =
    [
        new("name", "Metric", f => f.Family.Name),
        new("shape", "Shape", f => f.Shape),
        new("series", "Series", f => (double)f.Family.SeriesCount),
        new("matched", "Counted", f => (double)f.Family.MatchedSeries),
        new("objectives", "Objectives", f => string.Join(' ', f.Objectives)),
        new("seen", "Last seen", f => f.LastSeen),
        new("source", "From", f => string.Join(' ', f.Family.Sources)),
        new("labels", "Labels", f => string.Join(' ', f.Family.Labels.Select(l => l.Name))),
    ];

    public static SignalsPageModel For(SignalHub hub, ObjectiveEngine engine, TableQuery query)
    {
        var rows = hub.Families().Select(f => FamilyRow.Of(f, engine)).OrderByDescending(r => r.Family.MatchedSeries > 0).ThenBy(r => r.Family.Name, StringComparer.Ordinal).ToArray();
        return new(hub.Figures(), TableRules.Apply(rows, Columns, query), query, hub.Sources());
    }

    /// <summary>The answer in words: what comes in, and how much of it anybody counts.</summary>
    public IReadOnlyList<Phrase> Headline
    {
        get
        {
            if (Table.All == 0) return ["Nothing comes in yet."];
            var counted = Figures.MatchedSeries;
            var refused = Figures.Samples > 0 ? Figures.Refused / (double)Figures.Samples : 0;
            return
            [
                Phrase.Bold(Shell.Components.Figures.Of(Table.All, "metric")), $" {(Table.All == 1 ? "comes" : "come")} in from {Shell.Components.Figures.Of(Sources.Count, "sender")}; ",
                counted == 0 ? Phrase.Bold("no objective counts any of it yet") : $"objectives count {Shell.Components.Figures.Of(counted, "series", "series")} of it",
                refused > 0.001 ? $". {Shell.Components.Figures.Percent(refused)} of the samples are refused." : ".",
            ];
        }
    }
}
