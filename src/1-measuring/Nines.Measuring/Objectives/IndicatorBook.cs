using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives;

/// <summary>
/// Every indicator that an objective needs, with its stream of minutes. Signals adds here; evaluation reads here; one
/// lock, held for the length of one addition or one objective's evaluation.
/// </summary>
public sealed class IndicatorBook : IIndicatorSink
{
    // An increase over more than this is marked as spread over a hole; shorter ones are two reads of a slow source.
    private const long HoleMs = 2 * Minute.Ms;

    // A source that is read less often than this says so in its manifest.
    private const long LongestInterval = 15 * Minute.Ms;

    // Longer than any retention: an absurd start time must not fill a year of minutes.
    private const long LongestSpreadMs = 400L * 1440 * Minute.Ms;

    // A read may take up to a scrape's usual timeout.
    private const double LeastDelayMs = 15_000;

    private readonly List<Tracked> _tracked = [];
    private readonly Dictionary<int, MinuteStream> _streams = [];
    private readonly Dictionary<string, int> _byKey = [];
    private readonly IBlockSource _blocks;
    private readonly Func<string, int> _streamId;

    /// <summary>An empty book.</summary>
    /// <param name="blocks">Where old blocks are read; none in backtests.</param>
    /// <param name="streamId">The lasting number of a stream's name.</param>
    public IndicatorBook(IBlockSource? blocks = null, Func<string, int>? streamId = null)
    {
        _blocks = blocks ?? NoBlocks.Instance;
        var next = 0;
        _streamId = streamId ?? (_ => ++next);
    }

    /// <summary>Held while streams are read or written.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Additions refused: not a number, negative, or a time out of all reason.</summary>
    public long Refused { get; private set; }

    /// <summary>How many indicators there are; indexes run from 0.</summary>
    public int Count => _tracked.Count;

    /// <summary>Says which indicators will be opened next, so that their streams' numbers are made in one go.</summary>
    internal void Announce(IEnumerable<IndicatorSpec> specs) =>
        _blocks.Reserve([.. specs.Where(s => !_byKey.ContainsKey(s.Key)).Select(NameOf).Distinct()]);

    /// <summary>The dense index of an indicator, made at first sight; a known key keeps index and history.</summary>
    public int Open(IndicatorSpec spec)
    {
        lock (Gate)
        {
            if (_byKey.TryGetValue(spec.Key, out var known))
            {
                _tracked[known].Spec = spec;
                return known;
            }

            var stream = NewStream(NameOf(spec));
            var tracked = new Tracked(spec, stream);
            stream.Restore();
            if (!stream.IsEmpty) tracked.Fresh(Minute.EndMs(stream.Front));
            _tracked.Add(tracked);
            return _byKey[spec.Key] = _tracked.Count - 1;
        }
    }

    /// <summary>The index of a key, or null.</summary>
    public int? Find(string key) => _byKey.TryGetValue(key, out var index) ? index : null;

    /// <summary>What an index measures.</summary>
    public IndicatorSpec SpecOf(int indicator) => _tracked[indicator].Spec;

    /// <summary>The stream of an index.</summary>
    public MinuteStream StreamOf(int indicator) => _tracked[indicator].Stream;

    /// <summary>When samples last came, in Unix milliseconds; <see cref="long.MinValue"/> before the first.</summary>
    public long FreshAt(int indicator) => _tracked[indicator].FreshMs;

    /// <summary>After how much silence an indicator is stale: 3 intervals, at least a minute (semantics.md 3). An interval that nobody says is taken from what comes.</summary>
    public long StaleMsOf(int indicator) => _tracked[indicator].StaleMs;

    /// <summary>Nines itself cannot read this indicator (semantics.md 3c); null when it can again.</summary>
    public void Blind(int indicator, string? why) => _tracked[indicator].Blind = why;

    /// <summary>Why Nines cannot read an indicator; null when it can.</summary>
    public string? BlindnessOf(int indicator) => _tracked[indicator].Blind;

    /// <inheritdoc />
    public void Add(int indicator, StreamRole role, long unixMs, double amount)
    {
        lock (Gate)
        {
            var tracked = _tracked[indicator];
            if (!Accept(unixMs, amount)) return;
            var (bad, total) = tracked.Split(role, amount);
            if (!tracked.Stream.Add(Minute.Of(unixMs), bad, total)) Refused++;
            else tracked.Fresh(unixMs);
            // Events at the first read tell that the time before it was known.
            if (unixMs <= tracked.Stream.BirthMs) tracked.Stream.BirthMs = 0;
        }
    }

    /// <inheritdoc />
    public void AddSpread(int indicator, StreamRole role, long fromUnixMs, long toUnixMs, double amount, bool covers = true)
    {
        lock (Gate)
        {
            var tracked = _tracked[indicator];
            var length = toUnixMs - fromUnixMs;
            if (!Accept(fromUnixMs, amount) || length < 0 || length > LongestSpreadMs)
            {
                Refused++;
                return;
            }

            var (bad, total) = tracked.Split(role, amount);
            var marks = (covers ? MinuteMarks.Covered : MinuteMarks.None) | (length > HoleMs ? MinuteMarks.Spread : MinuteMarks.None);
            var last = Minute.Of(toUnixMs);
            for (var minute = length == 0 ? last : Minute.Of(fromUnixMs + 1); minute <= last; minute++)
            {
                var from = Math.Max(fromUnixMs, Minute.StartMs(minute));
                var to = Math.Min(toUnixMs, Minute.EndMs(minute));
                var share = length == 0 ? 1 : (double)(to - from) / length;
                _ = tracked.Stream.Add(minute, bad * share, total * share, marks);
            }

            tracked.Fresh(toUnixMs);
        }
    }

    /// <inheritdoc />
    public void Fresh(int indicator, long unixMs)
    {
        lock (Gate)
        {
            var tracked = _tracked[indicator];
            var stream = tracked.Stream;
            // The first read is what the next is compared with: it says nothing about the time before it.
            var first = stream.IsEmpty || unixMs <= stream.BirthMs;
            if (unixMs <= 0 || !stream.Add(Minute.Of(unixMs), 0, 0, first ? MinuteMarks.None : MinuteMarks.Covered))
            {
                Refused++;
                return;
            }

            if (first) stream.BirthMs = unixMs;
            tracked.Fresh(unixMs);
        }
    }

    /// <inheritdoc />
    public void Raw(int indicator, long unixMs, double ratio)
    {
        lock (Gate)
        {
            var tracked = _tracked[indicator];
            // A value that is compared may be anything; a ratio must be one.
            if (!double.IsFinite(ratio) || unixMs <= 0)
            {
                Refused++;
                return;
            }

            if (!PutRaw(tracked, unixMs, ratio)) Refused++;
            else tracked.Fresh(unixMs);
        }
    }

    private static string NameOf(IndicatorSpec spec) => "indicator/" + spec.Key;

    /// <summary>A stream of its own for something derived; it shares the store.</summary>
    internal MinuteStream NewStream(string name)
    {
        var stream = new MinuteStream(_streamId(name), _blocks);
        // An objective that was changed derives its stream anew; the one before is no longer written.
        return _streams[stream.Id] = stream;
    }

    /// <summary>Every stream that a checkpoint keeps, derived ones included.</summary>
    internal IReadOnlyCollection<MinuteStream> Streams => _streams.Values;

    private static bool PutRaw(Tracked tracked, long unixMs, double value)
    {
        var minute = Minute.Of(unixMs);
        switch (tracked.Spec is WindowsIndicator windows ? windows.Inner : tracked.Spec)
        {
            case ThresholdIndicator threshold:
                return tracked.Stream.Add(minute, threshold.IsGood(value) ? 0 : 1, 1);
            case FreshnessIndicator freshness:
                // The newest timestamp counts: one series that is young enough makes the minute good.
                var young = (unixMs / 1000.0) - value <= freshness.MaxAge.TotalSeconds || tracked.Stream.CellAt(minute) is { Total: > 0, Bad: 0 };
                return tracked.Stream.Set(minute, new(young ? 0 : 1, 1, MinuteMarks.Covered));
            case RawRatioIndicator { Success: false }:
                return tracked.Stream.Set(minute, new(Math.Clamp(value, 0, 1), 1, MinuteMarks.Covered));
            default:
                return tracked.Stream.Set(minute, new(1 - Math.Clamp(value, 0, 1), 1, MinuteMarks.Covered));
        }
    }

    private bool Accept(long unixMs, double amount)
    {
        if (double.IsFinite(amount) && amount >= 0 && unixMs > 0) return true;
        Refused++;
        return false;
    }

    private sealed class Tracked(IndicatorSpec spec, MinuteStream stream)
    {
        public IndicatorSpec Spec { get; set; } = spec;

        public MinuteStream Stream { get; } = stream;

        public long FreshMs { get; private set; } = long.MinValue;

        public string? Blind { get; set; }

        private double _gapMs = Minute.Ms;

        public long StaleMs => Math.Max(Minute.Ms, (long)(3 * IntervalMs));

        private double IntervalMs => Spec.Interval?.TotalMilliseconds ?? _gapMs;

        public (double Bad, double Total) Split(StreamRole role, double amount) => role switch
        {
            StreamRole.Good => (-amount, 0),
            StreamRole.Bad => (amount, 0),
            _ => (HasBad ? 0 : amount, amount),
        };

        private bool HasBad => (Spec is WindowsIndicator windows ? windows.Inner : Spec) is RatioIndicator { Bad: not null };

        /// <summary>Between two reads of a source that is not stale nothing is missing, even where no read fell into a minute.</summary>
        public void Fresh(long unixMs)
        {
            if (unixMs <= FreshMs) return;
            if (FreshMs != long.MinValue && unixMs - FreshMs <= StaleMs)
                for (var minute = Minute.Of(FreshMs) + 1; minute < Minute.Of(unixMs); minute++) _ = Stream.Add(minute, 0, 0);
            if (FreshMs != long.MinValue) Pace(unixMs - FreshMs);
            FreshMs = unixMs;
            (Stream.ReadMs, Stream.PatienceMs) = (unixMs, (long)(IntervalMs + Math.Max(LeastDelayMs, IntervalMs / 2)));
        }

        /// <summary>The usual distance of two reads: it grows at once, within reason, and shrinks slowly.</summary>
        private void Pace(long gapMs)
        {
            if (gapMs > LongestInterval) return;
            _gapMs = gapMs >= _gapMs && gapMs <= 3 * _gapMs ? gapMs : _gapMs + ((Math.Min(gapMs, _gapMs) - _gapMs) * 0.05);
        }
    }
}
