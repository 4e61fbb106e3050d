using System.Collections.Concurrent;
using NodaTime;

namespace Nines.Measuring.Sources;

/// <summary>How the reading of one data source stands.</summary>
/// <param name="Name">The data source.</param>
/// <param name="Url">Its address.</param>
/// <param name="State"><c>live</c>, <c>backfilling</c> or <c>failing</c>.</param>
/// <param name="Queries">How many queries are asked.</param>
/// <param name="ReadUpTo">Every query is read up to here; null before the first read.</param>
/// <param name="Progress">Share of the history that is read, 0 to 1.</param>
/// <param name="Samples">Samples that were read since the start.</param>
/// <param name="Error">What is wrong now; null where nothing is.</param>
internal sealed record SourceStatus(string Name, string Url, string State, int Queries, Instant? ReadUpTo, double Progress, long Samples, string? Error);

/// <summary>How every data source stands, for people.</summary>
internal sealed class SourceBoard
{
    private readonly ConcurrentDictionary<string, SourceStatus> _all = [];
    private long _failures;

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<SourceStatus> All => [.. _all.Values.OrderBy(status => status.Name, StringComparer.Ordinal)];

    /// <summary>One of them.</summary>
    public SourceStatus? Find(string name) => _all.GetValueOrDefault(name);

    /// <summary>Rounds that failed, over all of them, since the start.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Notes how one stands after a round.</summary>
    public void Put(SourceStatus status)
    {
        _all[status.Name] = status;
        if (status.State == "failing") Interlocked.Increment(ref _failures);
    }

    /// <summary>Forgets those that are not asked any more.</summary>
    public void Keep(IReadOnlyCollection<string> names)
    {
        foreach (var name in _all.Keys)
            if (!names.Contains(name)) _all.TryRemove(name, out _);
    }
}
