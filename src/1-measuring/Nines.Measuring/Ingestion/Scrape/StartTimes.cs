using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>Brings OpenMetrics' <c>_created</c> lines, which stand behind the values they belong to, together with them.</summary>
internal sealed class StartTimes
{
    private static readonly string[] Endings = ["_total", "_bucket", "_count", "_sum", "_created"];
    private readonly Dictionary<ulong, int> _slots = [];
    private readonly List<(int Index, int Slot)> _expected = [];
    private readonly List<long> _values = [];
    private bool _any;

    /// <summary>One slot for all series of one metric: the same labels, apart from the name's ending and the numeric labels.</summary>
    public int SlotOf(Labels series)
    {
        var name = series.Name;
        foreach (var ending in Endings)
            if (name.EndsWith(ending, StringComparison.Ordinal))
            {
                name = name[..^ending.Length];
                break;
            }
        var key = series.Without("le").Without("quantile").With(Labels.MetricName, name).Hash;
        if (_slots.TryGetValue(key, out var slot)) return slot;
        _slots[key] = _values.Count;
        _values.Add(0);
        return _values.Count - 1;
    }

    public void Begin()
    {
        _any = false;
        _expected.Clear();
    }

    public void Clear()
    {
        _slots.Clear();
        _values.Clear();
    }

    /// <summary>The batch's sample at an index wants the start time of a slot.</summary>
    public void Expect(int index, int slot) => _expected.Add((index, slot));

    public void Set(int slot, double unixSeconds)
    {
        _any = true;
        _values[slot] = unixSeconds is > 0 and < 1e11 ? (long)(unixSeconds * 1000) : 0;
    }

    public void Give(SampleBatch batch)
    {
        if (!_any) return;
        foreach (var (index, slot) in _expected)
            if (_values[slot] != 0)
                batch.SetStart(index, _values[slot]);
    }
}
