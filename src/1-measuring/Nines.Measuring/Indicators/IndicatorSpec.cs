using NodaTime;

namespace Nines.Measuring.Indicators;

/// <summary>
/// What is measured. <see cref="Key"/> names its stream of minutes and stays the same when query or labels change, so
/// that an edit never makes a history young (semantics.md 1).
/// </summary>
/// <param name="Key">Lasting name of the stream: the SLI's name where it is shared, else the objective's.</param>
public abstract record IndicatorSpec(string Key)
{
    /// <summary>Distance of two samples where it is known (scrape interval); null otherwise.</summary>
    public Duration? Interval { get; init; }
}

/// <summary>Good or bad events over all events; exactly one of <paramref name="Good"/> and <paramref name="Bad"/>.</summary>
/// <param name="Key">Lasting name.</param>
/// <param name="Good">Selects good events.</param>
/// <param name="Bad">Selects bad events.</param>
/// <param name="Total">Selects all events.</param>
/// <param name="Counter">True for monotonic counters (reset-aware increase), false for counts of an interval.</param>
public sealed record RatioIndicator(string Key, MetricQuery? Good, MetricQuery? Bad, MetricQuery Total, bool Counter) : IndicatorSpec(Key);

/// <summary>A ratio that somebody else computed, one value a minute; a minute weighs 1.</summary>
/// <param name="Key">Lasting name.</param>
/// <param name="Raw">Selects the ratio, 0 to 1.</param>
/// <param name="Success">True when the ratio is of good events, false when it is of failures.</param>
public sealed record RawRatioIndicator(string Key, MetricQuery Raw, bool Success) : IndicatorSpec(Key);

/// <summary>How a threshold metric is compared, as OpenSLO writes it.</summary>
public enum ThresholdOperator
{
    /// <summary>Good when at most the value.</summary>
    Lte,

    /// <summary>Good when at least the value.</summary>
    Gte,

    /// <summary>Good when below the value.</summary>
    Lt,

    /// <summary>Good when above the value.</summary>
    Gt,
}

/// <summary>Each sample of a metric is one event, good when it satisfies the comparison.</summary>
/// <param name="Key">Lasting name.</param>
/// <param name="Metric">Selects the metric.</param>
/// <param name="Operator">The comparison.</param>
/// <param name="Value">What it is compared with, in the metric's own unit.</param>
public sealed record ThresholdIndicator(string Key, MetricQuery Metric, ThresholdOperator Operator, double Value) : IndicatorSpec(Key)
{
    /// <summary>True for a good sample.</summary>
    public bool IsGood(double sample) => Operator switch
    {
        ThresholdOperator.Lte => sample <= Value,
        ThresholdOperator.Gte => sample >= Value,
        ThresholdOperator.Lt => sample < Value,
        _ => sample > Value,
    };
}

/// <summary>A minute is good while the newest timestamp is young enough: data pipelines, backups, replication.</summary>
/// <param name="Key">Lasting name.</param>
/// <param name="Timestamp">Selects a gauge that holds a Unix time in seconds.</param>
/// <param name="MaxAge">The greatest age that is still good.</param>
public sealed record FreshnessIndicator(string Key, MetricQuery Timestamp, Duration MaxAge) : IndicatorSpec(Key);

/// <summary>Counts windows instead of events: a window is one event, good when its inner ratio reaches a limit.</summary>
/// <param name="Key">Lasting name.</param>
/// <param name="Inner">What is measured inside a window.</param>
/// <param name="Window">Length of a window; whole minutes.</param>
/// <param name="GoodRatio">The least good ratio of a good window, above 0 up to 1.</param>
public sealed record WindowsIndicator(string Key, IndicatorSpec Inner, Duration Window, double GoodRatio) : IndicatorSpec(Key);
