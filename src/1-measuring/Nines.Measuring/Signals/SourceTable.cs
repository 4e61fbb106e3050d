using System.Runtime.InteropServices;

namespace Nines.Measuring.Signals;

/// <summary>What each sender sent and what of it was refused.</summary>
internal sealed class SourceTable
{
    private const int MaximumSources = 50_000;
    private static readonly SignalSource Overflow = new("(more sources than are listed)");
    private readonly Dictionary<SignalSource, Figures> _all = [];

    public Figures this[SignalSource source]
    {
        get
        {
            if (_all.Count >= MaximumSources && !_all.ContainsKey(source)) source = Overflow;
            ref var figures = ref CollectionsMarshal.GetValueRefOrAddDefault(_all, source, out _);
            return figures ??= new Figures();
        }
    }

    public List<SourceFigures> Snapshot() => [.. _all.Select(s => s.Value.Snapshot(s.Key.Text)).OrderBy(s => s.Source, StringComparer.Ordinal)];

    public void ForgetSeries()
    {
        foreach (var figures in _all.Values) figures.Series = 0;
    }

    internal sealed class Figures
    {
        private readonly long[] _refused = new long[Enum.GetValues<RefusalReason>().Length];

        public long Samples { get; set; }

        public long Unmatched { get; set; }

        public long LastSeenMs { get; set; }

        /// <summary>Matched series it brought: what <see cref="SignalLimits.SeriesPerSource"/> bounds.</summary>
        public int Series { get; set; }

        public void Refuse(RefusalReason reason, long times = 1) => _refused[(int)reason] += times;

        public SourceFigures Snapshot(string source)
        {
            var byReason = new SortedDictionary<RefusalReason, long>();
            for (var i = 1; i < _refused.Length; i++)
                if (_refused[i] > 0)
                    byReason[(RefusalReason)i] = _refused[i];
            return new(source, Samples, Unmatched, LastSeenMs, byReason);
        }
    }
}
