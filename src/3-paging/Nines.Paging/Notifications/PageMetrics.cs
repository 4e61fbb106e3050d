using System.Diagnostics.Metrics;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Paging.Notifications;

/// <summary>Nines' own objective of pages, on <c>/metrics</c>: how many that ended had met their deadlines, and how long until somebody had them.</summary>
internal sealed class PageMetrics(IHouse house) : IRoomLife, IDisposable
{
    private readonly Meter _meter = new("Nines.Pages");
    private IDisposable? _watch;

    public Task StartAsync(CancellationToken stop)
    {
        var ended = _meter.CreateCounter<long>("nines_pages_total", description: "Pages that ended, by whether every message had met its deadlines.");
        var taken = _meter.CreateHistogram<double>("nines_page_acknowledge_seconds", description: "From a page's first call until somebody had it.");
        // What is replayed at the start is not counted again.
        _watch = house.Watch((state, news) =>
        {
            foreach (var happened in news)
            {
                var id = (happened.Event as PageEnded)?.Page ?? (happened.Event as PageAcknowledged)?.Page;
                if (id is null || !state.Get<PageBook>().All.TryGetValue(id, out var page) || page.Run is null) continue;
                if (happened.Event is PageAcknowledged) taken.Record((happened.Entry.At - page.OpenedAt).TotalSeconds);
                else ended.Add(1, new KeyValuePair<string, object?>("deadlines", page.Messages.Any(m => m.Missed is not null) ? "missed" : "met"));
            }
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
}
