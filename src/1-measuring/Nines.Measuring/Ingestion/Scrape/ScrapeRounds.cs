using Nines.Measuring.Ingestion.Access;
using Nines.Measuring.Ingestion.Otlp;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>All pages that are read: follows the manifests, starts what is due, knows how each stands.</summary>
internal sealed class ScrapeRounds(SignalHub hub, SignalIntake intake, AccessClients clients, TimeProvider clock)
{
    /// <summary>The named client whose handler keeps connections, follows at most 5 redirects and inflates nothing by itself.</summary>
    public const string ClientName = "scrape";

    private readonly SeriesHasher _hasher = new SeriesIndex(SeriesSeed.New()).Hasher;
    private readonly TextCache _texts = new();
    private volatile IReadOnlyList<TargetRun> _runs = [];
    private IReadOnlyList<ScrapeTarget> _seen = [];

    /// <summary>How every page stands.</summary>
    public IReadOnlyList<ScrapeStatus> Status() => [.. _runs.Select(r => r.Status)];

    /// <summary>Reads what these manifests ask for from now on. A page whose manifest is unchanged keeps its memory.</summary>
    public void Follow(IReadOnlyList<ScrapeTarget> targets)
    {
        if (ReferenceEquals(_seen, targets) || _seen.SequenceEqual(targets, ReferenceEqualityComparer.Instance)) return;
        _seen = targets;
        var kept = _runs.ToDictionary(r => (r.Target, r.Address));
        var next = new List<TargetRun>();
        foreach (var target in targets)
            foreach (var address in target.Pages)
                next.Add(kept.GetValueOrDefault((target, address)) ?? new TargetRun(target, address, hub, intake, clients.For(ClientName, target.Access), clock, _hasher, _texts));
        _runs = next;
    }

    /// <summary>When the next page is due; null without pages.</summary>
    public long? NextDueMs
    {
        get
        {
            long? first = null;
            foreach (var run in _runs)
                if (first is null || run.NextDueMs < first)
                    first = run.NextDueMs;
            return first;
        }
    }

    /// <summary>Begins every read that is due; does not wait for their ends.</summary>
    public void StartDue(long nowMs, CancellationToken stop)
    {
        foreach (var run in _runs) run.StartIfDue(nowMs, stop);
    }

    /// <summary>Waits for the reads under way.</summary>
    public Task FinishAsync() => Task.WhenAll(_runs.Select(r => r.Reading));
}
