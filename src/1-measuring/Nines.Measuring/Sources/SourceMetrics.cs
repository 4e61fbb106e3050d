using System.Diagnostics.Metrics;
using Nines.Shell;

namespace Nines.Measuring.Sources;

/// <summary>Figures of the data sources on <c>/metrics</c>.</summary>
internal sealed class SourceMetrics(SourceBoard board, IMeterFactory meters) : IRoomLife, IDisposable
{
    private readonly Meter _meter = meters.Create("Nines.Sources");

    public Task StartAsync(CancellationToken stop)
    {
        _meter.CreateObservableCounter("nines_source_failures_total", () => board.Failures, description: "Rounds in which a data source could not be read.");
        _meter.CreateObservableGauge("nines_sources", () => board.All.Count, description: "Data sources that are read.");
        _meter.CreateObservableGauge("nines_sources_failing", () => board.All.Count(s => s.State == "failing"), description: "Data sources whose last round failed.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken stop) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();
}
