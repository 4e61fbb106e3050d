using NodaTime;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>An SLI as written, before references are followed.</summary>
/// <param name="Name">Its name; empty for an inline one without.</param>
/// <param name="Description">What it says.</param>
internal sealed record IndicatorDefinition(string Name, string Description)
{
    /// <summary>Samples compared with an objective's value.</summary>
    public MetricPart? Threshold { get; init; }

    /// <summary>Good or bad over total, or a ratio.</summary>
    public RatioPart? Ratio { get; init; }

    /// <summary>Age of a timestamp (<c>nines/v1 Indicator</c>).</summary>
    public FreshnessPart? Freshness { get; init; }

    /// <summary>Windows counted as events (<c>nines/v1 Indicator</c>).</summary>
    public WindowsPart? Windows { get; init; }
}

/// <summary>One metric source.</summary>
/// <param name="Ref">The DataSource; null where the type stands beside it.</param>
/// <param name="Type">As written; empty where the DataSource says it.</param>
/// <param name="Text">Selector or query; empty where the source has other fields.</param>
/// <param name="Path">Where it stands below the SLI's spec, for messages.</param>
internal sealed record MetricPart(string? Ref, string Type, string Text, string Path);

/// <summary>A ratio metric.</summary>
internal sealed record RatioPart(bool Counter, MetricPart? Good, MetricPart? Bad, MetricPart? Total, MetricPart? Raw, bool RawSuccess);

/// <summary>A freshness metric.</summary>
internal sealed record FreshnessPart(MetricPart Timestamp, Duration MaxAge);

/// <summary>Windows of another indicator.</summary>
internal sealed record WindowsPart(string? InnerRef, IndicatorDefinition? Inner, Duration Window, double GoodRatio);
