using System.Diagnostics.Metrics;
using Nines.Shell;

namespace Nines.Measuring.Signals;

/// <summary>The hub's own figures on <c>/metrics</c>.</summary>
internal sealed class SignalMetrics(SignalHub hub, IMeterFactory meters) : IRoomLife, IDisposable
{
    private readonly Meter _meter = meters.Create("Nines.Signals");

    public Task StartAsync(CancellationToken stop)
    {
        _meter.CreateObservableCounter("nines_signal_samples_total", () => hub.Figures().Samples, description: "Samples offered by all doors.");
        _meter.CreateObservableCounter("nines_signal_booked_total", () => hub.Figures().Booked, description: "Samples accepted for a series that an indicator counts.");
        _meter.CreateObservableCounter("nines_signal_unmatched_total", () => hub.Figures().Unmatched, description: "Samples that no indicator asks for.");
        _meter.CreateObservableCounter("nines_signal_resets_total", () => hub.Figures().Resets, description: "Counters that began again.");
        _meter.CreateObservableCounter("nines_signal_holes_total", () => hub.Figures().Holes, description: "Increases spread over a hole.");
        _meter.CreateObservableCounter("nines_signal_births_total", () => hub.Figures().Births, description: "Series whose first value counted.");
        _meter.CreateObservableGauge("nines_signal_series", () => hub.Figures().MatchedSeries, description: "Series that an indicator counts.");
        _meter.CreateObservableGauge("nines_signal_names", () => hub.Figures().Families, description: "Metric names seen.");
        _meter.CreateObservableCounter("nines_signal_refused_total", () => Refused(hub), description: "Samples and series refused, by reason.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken stop) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Refused(SignalHub hub) => hub.Sources()
        .SelectMany(s => s.Refused)
        .GroupBy(r => r.Key, (reason, all) => new Measurement<long>(all.Sum(r => r.Value), new KeyValuePair<string, object?>("reason", ReasonNames.Of(reason))));
}
