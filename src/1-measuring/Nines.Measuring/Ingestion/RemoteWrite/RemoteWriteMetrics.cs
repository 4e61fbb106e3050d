using System.Diagnostics.Metrics;
using Nines.Shell;

namespace Nines.Measuring.Ingestion.RemoteWrite;

/// <summary>Figures of the remote-write door on <c>/metrics</c>.</summary>
internal sealed class RemoteWriteMetrics(RemoteWriteDoor door, IMeterFactory meters) : IRoomLife, IDisposable
{
    private readonly Meter _meter = meters.Create("Nines.RemoteWrite");

    public Task StartAsync(CancellationToken stop)
    {
        _meter.CreateObservableCounter("nines_remote_write_bodies_total", () => door.Figures.Accepted, description: "Bodies taken.");
        _meter.CreateObservableCounter("nines_remote_write_refused_bodies_total", () => door.Figures.Refused, description: "Bodies refused whole: damaged, too large, no write request.");
        _meter.CreateObservableCounter("nines_remote_write_bytes_total", () => door.Figures.Bytes, description: "Bytes of bodies as sent.");
        _meter.CreateObservableCounter("nines_remote_write_histograms_total", () => door.Figures.Histograms, description: "Native histograms taken.");
        _meter.CreateObservableCounter("nines_remote_write_skipped_histograms_total", () => door.Figures.SkippedHistograms, description: "Native histograms left out: classic ones come too, gauges, or buckets that contradict each other.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken stop) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();
}
