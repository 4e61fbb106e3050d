using Nines.Measuring.Ingestion;
using Nines.Measuring.Signals;
using NodaTime;

namespace Nines.Measuring.Probes;

/// <summary>Turns the result of a try into samples. Pure.</summary>
internal static class ProbeSamples
{
    /// <summary>Upper bounds of the duration histogram in seconds: Prometheus' default bounds, up to 30 s.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    /// <summary>
    /// <c>probe_results_total{outcome="good"|"bad"}</c>, <c>probe_success</c>, <c>probe_duration_seconds_bucket{le}</c>, and the time a
    /// certificate is valid yet.
    /// </summary>
    public static CountedRecord Of(Probe probe, ProbeResult result, Duration took, long unixMs)
    {
        var record = new CountedRecord(SignalSource.Probe(probe.Name));
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in probe.Labels) labels[name] = value;
        labels["probe"] = probe.Name;
        labels["service"] = probe.Service;
        var plain = Labels("probe_success", labels);
        record.Add(plain, SampleKind.Gauge, unixMs, result.Good ? 1 : 0);
        var total = plain.With(Signals.Labels.MetricName, "probe_results_total");
        record.Add(total.With("outcome", "good"), SampleKind.Delta, unixMs, result.Good ? 1 : 0);
        var bad = total.With("outcome", "bad");
        record.Add(result.Good ? bad : bad.With("reason", result.Reason), SampleKind.Delta, unixMs, result.Good ? 0 : 1);
        var seconds = took.TotalSeconds;
        var bucket = plain.With(Signals.Labels.MetricName, "probe_duration_seconds_bucket");
        foreach (var bound in Bounds) record.Add(bucket.With("le", bound.ToString("R", System.Globalization.CultureInfo.InvariantCulture)), SampleKind.Delta, unixMs, seconds <= bound ? 1 : 0);
        record.Add(bucket.With("le", "+Inf"), SampleKind.Delta, unixMs, 1);
        record.Add(plain.With(Signals.Labels.MetricName, "probe_duration_seconds_count"), SampleKind.Delta, unixMs, 1);
        record.Add(plain.With(Signals.Labels.MetricName, "probe_duration_seconds_sum"), SampleKind.Delta, unixMs, seconds);
        if (result.CertificateRemaining is { } remaining)
            record.Add(plain.With(Signals.Labels.MetricName, "probe_certificate_remaining_seconds"), SampleKind.Gauge, unixMs, remaining.TotalSeconds);
        return record;
    }

    private static Labels Labels(string name, SortedDictionary<string, string> labels) =>
        Signals.Labels.Of(name, [.. labels.Select(label => (label.Key, label.Value))]);
}
