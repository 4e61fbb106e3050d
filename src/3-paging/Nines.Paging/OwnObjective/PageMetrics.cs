using System.Diagnostics.Metrics;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Shell;

namespace Nines.Paging.OwnObjective;

/// <summary>Nines' own objective of pages, on <c>/metrics</c>: how many came in time, and how long until somebody had them.</summary>
internal sealed class PageMetrics(IHouse house, IMeterFactory meters) : IRoomLife, IDisposable
{
    private readonly Meter _meter = meters.Create("Nines.Pages");
    private IDisposable? _watch;

    public Task StartAsync(CancellationToken stop)
    {
        _meter.CreateObservableCounter("nines_pages_total", Counts, description: "Pages, by whether every message had met its deadlines.");
        var taken = _meter.CreateHistogram<double>("nines_page_acknowledge_seconds", description: "From a page's first call until somebody had it.");
        // What is replayed at the start is not counted again.
        _watch = house.Watch((state, news) =>
        {
            foreach (var happened in news)
                if (happened.Event is PageAcknowledged e && state.Get<PageBook>().All.TryGetValue(e.Page, out var page) && page is { Run: not null, Shadow.Length: 0 })
                    taken.Record((happened.Entry.At - page.OpenedAt).TotalSeconds);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken stop)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _meter.Dispose();
    }

    private IEnumerable<Measurement<long>> Counts()
    {
        var pages = house.State.Get<PagesProven>();
        yield return new(pages.InTime, new KeyValuePair<string, object?>("deadlines", "met"));
        yield return new(pages.Late, new KeyValuePair<string, object?>("deadlines", "missed"));
    }
}
