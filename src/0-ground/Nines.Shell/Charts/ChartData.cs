namespace Nines.Shell.Charts;

/// <summary>How a series is drawn.</summary>
public enum SeriesForm
{
    /// <summary>A line.</summary>
    Line,

    /// <summary>A line with a pale area down to the bottom.</summary>
    Area,

    /// <summary>One bar a step, from the bottom up: counts of bad events.</summary>
    Bars,
}

/// <summary>Which colour a series takes; colour never carries meaning alone, the key names each.</summary>
public enum SeriesTone
{
    /// <summary>The one thing that is measured.</summary>
    Measured,

    /// <summary>What it is compared with.</summary>
    Compared,

    /// <summary>Bad events.</summary>
    Bad,
}

/// <summary>
/// Values on an even grid: one for each step from <paramref name="StartMs"/>. NaN is "no data", drawn as a gap with a hatch.
/// From <paramref name="PartialFromMs"/> on, values are still growing and drawn dotted.
/// </summary>
public sealed record Series(
    string Name,
    string Unit,
    long StartMs,
    long StepMs,
    ReadOnlyMemory<double> Values,
    SeriesForm Form = SeriesForm.Line,
    SeriesTone Tone = SeriesTone.Measured,
    long? PartialFromMs = null)
{
    public long TimeOf(int index) => StartMs + (index * StepMs);
}

/// <summary>What happened, by the shape that stands for it in charts and in tables.</summary>
public enum MarkKind
{
    Incident,
    Deploy,
    Rollback,
    Experiment,
    Maintenance,
}

/// <summary>Something that happened, marked on top of a chart with a line down.</summary>
public sealed record Mark(long AtMs, MarkKind Kind, string Title);

/// <summary>
/// A stretch of time behind the lines in which something alerted; <paramref name="ToMs"/> null means it still holds.
/// The bar over it is a page's where it is called <c>page</c>, else a ticket's.
/// </summary>
public sealed record Band(long FromMs, long? ToMs, string Title);

/// <summary>A horizontal line with its words; a <paramref name="Limit"/> is dashed, others are grid.</summary>
public sealed record GridLine(double Value, string Words, bool Limit = false);

/// <summary>Where a line would go: drawn dotted after "now".</summary>
public sealed record Projection(string Words, IReadOnlyList<(long AtMs, double Value)> Points);

/// <summary>A straight line to compare with, such as even pace.</summary>
public sealed record Guide(string Words, long FromMs, double From, long ToMs, double To);

/// <summary>One chart over time, as data; <see cref="TimeChartSvg"/> draws it.</summary>
public sealed record TimeChart
{
    public required string Title { get; init; }

    /// <summary>A sentence that says what the picture shows, for those who do not see it.</summary>
    public required string Sentence { get; init; }

    public required TimeScale Time { get; init; }

    public required ValueScale Value { get; init; }

    /// <summary>IANA name of the zone of the time axis.</summary>
    public string Zone { get; init; } = "UTC";

    public IReadOnlyList<Series> Series { get; init; } = [];

    public IReadOnlyList<GridLine> Grid { get; init; } = [];

    public IReadOnlyList<Band> Bands { get; init; } = [];

    public IReadOnlyList<Mark> Marks { get; init; } = [];

    public IReadOnlyList<Projection> Projections { get; init; } = [];

    public Guide? Guide { get; init; }

    /// <summary>Where "now" stands when the axis goes on after it.</summary>
    public long? NowMs { get; init; }

    /// <summary>Words beside "now", such as the present figure.</summary>
    public string? NowWords { get; init; }

    /// <summary>The end of a projection, named on the axis.</summary>
    public (long AtMs, string Words)? End { get; init; }

    /// <summary>Height of the plot in pixels, without axis and marks.</summary>
    public int Height { get; init; } = 150;

    /// <summary>True where dragging over the chart asks the page for that stretch of time.</summary>
    public bool Zoom { get; init; } = true;
}
