namespace Nines.Measuring.Ingestion.Prometheus;

/// <summary>Which text a page is written in.</summary>
public enum ExpositionFormat : byte
{
    /// <summary>Prometheus' own text format 0.0.4; timestamps in milliseconds.</summary>
    Text,

    /// <summary>OpenMetrics 1.0; timestamps in seconds, exemplars, <c>_created</c>, ends with <c># EOF</c>.</summary>
    OpenMetrics,
}

/// <summary>The type that a page declares for a family.</summary>
public enum ExpositionType : byte
{
    Unknown,
    Counter,
    Gauge,
    Histogram,
    Summary,

    /// <summary>Info, state set, gauge histogram: nothing that an indicator counts.</summary>
    Other,
}

/// <summary>A line that could not be read. The rest of the page can.</summary>
/// <param name="Line">From 1.</param>
/// <param name="What">One sentence without the place.</param>
public readonly record struct ExpositionError(int Line, string What)
{
    public override string ToString() => $"line {Line}: {What}";
}
