using Nines.Measuring.Signals;

namespace Nines.Measuring.Objectives;

/// <summary>
/// Where recorded counters say that they began: OpenMetrics' <c>_created</c> lines, which may stand anywhere in a file
/// (semantics.md 2).
/// </summary>
internal sealed class RecordedStarts
{
    private const string Ending = "_created";

    private static readonly string[] Endings = ["_total", "_bucket", "_count", "_sum", Ending];

    private readonly Dictionary<ulong, int> _slots = [];
    private readonly List<List<(long AtMs, long StartMs)>> _starts = [];

    /// <summary>Takes a line that tells a start time; false for any other.</summary>
    public bool Take(in RecordedSample sample)
    {
        if (!sample.Labels.Name.EndsWith(Ending, StringComparison.Ordinal) || sample.Value is not (> 0 and < 1e11)) return false;
        var told = _starts[SlotOf(sample.Labels)];
        var start = (long)(sample.Value * 1000);
        // The same line comes with every read; only what it changes is kept.
        if (told.Count == 0 || told[^1].StartMs != start) told.Add((sample.UnixMs, start));
        return true;
    }

    /// <summary>One slot for all series of one metric: the same labels, apart from the name's ending and the numeric labels.</summary>
    public int SlotOf(Labels series)
    {
        var name = series.Name;
        if (Array.Find(Endings, e => name.EndsWith(e, StringComparison.Ordinal)) is { } ending) name = name[..^ending.Length];
        var key = series.Without("le").Without("quantile").With(Labels.MetricName, name).Hash;
        if (_slots.TryGetValue(key, out var slot)) return slot;
        _slots[key] = _starts.Count;
        _starts.Add([]);
        return _starts.Count - 1;
    }

    /// <summary>When the counters of a slot began, as told up to a time; 0 where nobody says.</summary>
    public long Of(int slot, long unixMs)
    {
        var told = _starts[slot];
        for (var i = told.Count - 1; i >= 0; i--)
            if (told[i].AtMs <= unixMs) return told[i].StartMs;
        return 0;
    }
}
