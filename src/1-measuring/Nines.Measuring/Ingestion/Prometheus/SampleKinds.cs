using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Prometheus;

/// <summary>How a sample is to be read, by the declared type of its family.</summary>
public static class SampleKinds
{
    public static SampleKind Of(string name, ExpositionType type) => type switch
    {
        ExpositionType.Counter => SampleKind.Counter,
        ExpositionType.Histogram => SampleKind.Counter,
        ExpositionType.Summary => name.EndsWith("_count", StringComparison.Ordinal) || name.EndsWith("_sum", StringComparison.Ordinal) ? SampleKind.Counter : SampleKind.Gauge,
        ExpositionType.Gauge or ExpositionType.Other => SampleKind.Gauge,
        _ => PrometheusNames.KindOf(name),
    };
}
