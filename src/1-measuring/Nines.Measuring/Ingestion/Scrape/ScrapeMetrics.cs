using System.Diagnostics.Metrics;
using Nines.Shell;

namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>Figures of all scraped targets on <c>/metrics</c>.</summary>
internal sealed class ScrapeMetrics(ScrapeRounds rounds, IMeterFactory meters) : IRoomLife, IDisposable
{
    private readonly Meter _meter = meters.Create("Nines.Scrape");

    public Task StartAsync(CancellationToken stop)
    {
        _meter.CreateObservableCounter("nines_scrape_reads_total", () => rounds.Status().Sum(s => s.Reads), description: "Pages read.");
        _meter.CreateObservableCounter("nines_scrape_failures_total", () => rounds.Status().Sum(s => s.Failures), description: "Reads that failed.");
        _meter.CreateObservableCounter("nines_scrape_missed_total", () => rounds.Status().Sum(s => s.Missed), description: "Reads left out because the one before was still under way.");
        _meter.CreateObservableGauge("nines_scrape_targets", () => rounds.Status().Count, description: "Pages that are read at an interval.");
        _meter.CreateObservableGauge("nines_scrape_targets_up", () => rounds.Status().Count(s => s.Up == true), description: "Pages whose last read succeeded.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken stop) => rounds.FinishAsync().WaitAsync(stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    public void Dispose() => _meter.Dispose();
}
