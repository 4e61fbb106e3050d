using System.Runtime.CompilerServices;
using Nines.Measuring.Objectives;

namespace Nines.Measuring.Signals;

/// <summary>Books batches into indicators: the rules of semantics.md 2 in the order in which a sample meets them. Runs under the hub's lock.</summary>
internal sealed class BatchBooking(SignalLimits limits, SeriesTable series, TargetTable targets, FamilyTable families, SourceTable sources)
{
    /// <summary>2000-01-01 and 2100-01-01: where the arrival time is unknown, nothing outside is believed.</summary>
    private const long EarliestMs = 946_684_800_000;
    private const long LatestMs = 4_102_444_800_000;

    /// <summary>A sum of a double's width holds 10^288 of these.</summary>
    private const double LargestCounter = 1e20;

    /// <summary>Prometheus' remote write sends what it has within 5 s, so after 6 s the rest of a read has come.</summary>
    private const long BirthWaitMs = 6_000;
    private const int MaximumWaiting = 100_000;

    private readonly List<Birth> _waiting = [];
    private readonly List<Birth> _firsts = [];
    private readonly BatchSums _sums = new();
    private long _samples, _booked, _unmatched, _refused, _resets, _holes, _births;

    public IIndicatorSink? Sink { get; set; }

    public long ListeningSinceMs { get; set; }

    public SignalFigures Figures => new(_samples, _booked, _unmatched, _refused, _resets, _holes, _births, 0, 0);

    public void ForgetWaiting() => _waiting.Clear();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(SampleBatch batch, int generation)
    {
        var figures = sources[batch.Source];
        var (from, until) = Believed(batch.NowUnixMs);
        _samples += batch.Count + batch.UnmatchedCount;
        figures.Samples += batch.Count + batch.UnmatchedCount;
        figures.LastSeenMs = Math.Max(figures.LastSeenMs, batch.NowUnixMs);
        if (batch.Generation == 0 || batch.Generation == generation) CountUnmatched(batch, figures, from, until);
        var (ids, times, values, starts) = (batch.Series, batch.UnixMs, batch.Value, batch.StartMs);
        for (var i = 0; i < batch.Count; i++)
        {
            var reason = times[i] < from ? RefusalReason.TooOld
                : times[i] > until ? RefusalReason.TooNew
                : Take(ids[i], times[i], values[i], starts is null ? 0 : starts[i]);
            if (reason == RefusalReason.None) continue;
            _refused++;
            figures.Refuse(reason);
        }
        if (_firsts.Count > 0 || _waiting.Count > 0) JudgeBirths(batch);
        _sums.Flush(Sink);
    }

    private (long From, long Until) Believed(long now)
        => now == 0 ? (EarliestMs, LatestMs) : (Math.Max(EarliestMs, now - limits.OldestMs), now + limits.NewestMs);

    /// <summary>Samples that nothing asks for still tell that their family is alive and that siblings continue or vanish.</summary>
    private void CountUnmatched(SampleBatch batch, SourceTable.Figures figures, long from, long until)
    {
        foreach (var run in batch.Runs)
        {
            if (run.Series == SignalHub.Refused)
            {
                _refused += run.Count;
                continue;
            }
            var reason = run.UnixMs < from ? RefusalReason.TooOld : run.UnixMs > until ? RefusalReason.TooNew : RefusalReason.None;
            if (reason != RefusalReason.None)
            {
                _refused += run.Count;
                figures.Refuse(reason, run.Count);
                continue;
            }
            _unmatched += run.Count;
            figures.Unmatched += run.Count;
            ref var group = ref targets.Group(~run.Series);
            var family = families[group.Family];
            family.LastSeenMs = Math.Max(family.LastSeenMs, run.UnixMs);
            if (group.Target == TargetTable.None) continue;
            if (run.IsStale) group.Vanish(run.UnixMs);
            else Continue(ref group, run.UnixMs);
        }
    }

    private void Continue(ref GroupState group, long unixMs)
    {
        if (group.WatchedSinceMs > unixMs) group.WatchedSinceMs = unixMs;
        if (unixMs <= group.ContinuedAtMs) return;
        group.ContinuedAtMs = unixMs;
        targets.Target(group.Target).Read(unixMs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private RefusalReason Take(int id, long unixMs, double value, long startMs)
    {
        ref var state = ref series[id];
        if (state.Replica != 0)
        {
            if (!Elect(state.Replica, ref targets.Target(targets.Group(state.Group).Target), unixMs)) return RefusalReason.OtherReplica;
            id = state.Canonical;
            state = ref series[id];
        }
        if (state.Group < 0) return RefusalReason.None;
        if (!double.IsFinite(value)) return NotFinite(ref state, unixMs, value);
        if (value is < 0 or > LargestCounter && (state.Marks & SeriesMarks.IsCounted) != SeriesMarks.None) return value < 0 ? RefusalReason.NegativeCounter : RefusalReason.TooLarge;
        if (state.Kind == SampleKind.Delta) return TakeDelta(ref state, unixMs, value, startMs);
        if ((state.Marks & SeriesMarks.HasValue) == SeriesMarks.None)
        {
            First(id, ref state, unixMs, value, startMs);
            return RefusalReason.None;
        }
        if (unixMs <= state.LastMs) return unixMs == state.LastMs ? RefusalReason.Duplicate : RefusalReason.Late;
        Next(ref state, unixMs, value, startMs);
        return RefusalReason.None;
    }

    private void First(int id, ref SeriesState state, long unixMs, double value, long startMs)
    {
        ref var group = ref targets.Group(state.Group);
        ref var target = ref targets.Target(group.Target);
        if ((state.Marks & SeriesMarks.IsProcessStart) != SeriesMarks.None) target.ProcessStartMs = (long)(value * 1000);
        target.Read(unixMs);
        if (group.WatchedSinceMs > unixMs) group.WatchedSinceMs = unixMs;
        state.Last = value;
        state.LastMs = unixMs;
        state.Marks |= SeriesMarks.HasValue;
        _booked++;
        families[group.Family].LastSeenMs = Math.Max(families[group.Family].LastSeenMs, unixMs);
        foreach (var stream in series.Streams.Slice(state.StreamsAt, state.StreamCount))
            if (stream.Measure == StreamMeasure.Raw) Sink!.Raw(stream.Indicator, unixMs, value);
            else _sums.Add(Sink!, stream, unixMs, 0);
        if ((state.Marks & SeriesMarks.IsCounted) != SeriesMarks.None && value > 0) _firsts.Add(new Birth(id, unixMs, value, startMs, target.ReadBefore(unixMs), 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Next(ref SeriesState state, long unixMs, double value, long startMs)
    {
        var gap = unixMs - state.LastMs;
        var step = CounterRule.Step(state.Last, state.LastMs, value, unixMs, startMs, state.IntervalMs);
        var counted = (state.Marks & SeriesMarks.IsCounted) != SeriesMarks.None;
        if (counted && step.IsReset) _resets++;
        if (counted && step.Shape == IncreaseShape.OverHole && step.Amount > 0) _holes++;
        foreach (var stream in series.Streams.Slice(state.StreamsAt, state.StreamCount))
        {
            if (stream.Measure == StreamMeasure.Increase) Book(stream, step.Shape, step.FromMs, unixMs, step.Amount, step.Covers);
            else if (stream.Measure == StreamMeasure.Raw) Sink!.Raw(stream.Indicator, unixMs, value);
            else Book(stream, IncreaseShape.AtReading, state.LastMs, unixMs, Math.Max(0, value) * Math.Min(gap, Math.Max(60_000, state.IntervalMs)) / 60_000);
        }
        if ((state.Marks & SeriesMarks.IsProcessStart) != SeriesMarks.None) targets.Target(targets.Group(state.Group).Target).ProcessStartMs = (long)(value * 1000);
        state.IntervalMs = CounterRule.NextInterval(state.IntervalMs, gap);
        state.Last = value;
        state.LastMs = unixMs;
        state.Marks &= ~SeriesMarks.Stale;
        _booked++;
        ref var group = ref targets.Group(state.Group);
        if (unixMs == group.ContinuedAtMs) return;
        Continue(ref group, unixMs);
        families[group.Family].LastSeenMs = Math.Max(families[group.Family].LastSeenMs, unixMs);
    }

    /// <summary>A delta is an increase already. With a start time it is a point of a stream and may not come twice; without one it is an event of its own.</summary>
    private RefusalReason TakeDelta(ref SeriesState state, long unixMs, double value, long startMs)
    {
        if (startMs != 0 && (state.Marks & SeriesMarks.HasValue) != SeriesMarks.None && unixMs <= state.LastMs)
            return unixMs == state.LastMs ? RefusalReason.Duplicate : RefusalReason.Late;
        var from = startMs > 0 && startMs < unixMs ? startMs : unixMs;
        var shape = unixMs - from > 90_000 ? IncreaseShape.OverInterval : IncreaseShape.AtReading;
        foreach (var stream in series.Streams.Slice(state.StreamsAt, state.StreamCount))
            if (stream.Measure == StreamMeasure.Raw) Sink!.Raw(stream.Indicator, unixMs, value);
            else Book(stream, shape, from, unixMs, value);
        state.Last = value;
        state.LastMs = Math.Max(state.LastMs, unixMs);
        state.Marks = (state.Marks | SeriesMarks.HasValue) & ~SeriesMarks.Stale;
        _booked++;
        families[targets.Group(state.Group).Family].LastSeenMs = state.LastMs;
        return RefusalReason.None;
    }

    private RefusalReason NotFinite(ref SeriesState state, long unixMs, double value)
    {
        if (!StaleMarker.Is(value)) return RefusalReason.NotFinite;
        if (unixMs <= state.LastMs || (state.Marks & SeriesMarks.Stale) != SeriesMarks.None) return RefusalReason.None;
        state.Marks |= SeriesMarks.Stale;
        targets.Group(state.Group).Vanish(unixMs);
        return RefusalReason.None;
    }

    private bool Elect(int replica, ref TargetState target, long unixMs)
    {
        if (target.Replica == replica || target.Replica == 0 || unixMs > target.ReplicaSeenMs + limits.ReplicaFailoverMs)
        {
            target.Replica = replica;
            target.ReplicaSeenMs = Math.Max(target.ReplicaSeenMs, unixMs);
            return true;
        }
        return false;
    }

    private void Book(BoundStream stream, IncreaseShape shape, long fromMs, long toMs, double amount, bool covers = true)
    {
        var sink = Sink!;
        var hole = shape == IncreaseShape.OverHole;
        if (shape == IncreaseShape.AtReading || (amount <= 0 && (covers || !hole))) _sums.Add(sink, stream, toMs, Math.Max(0, amount));
        else if (hole) sink.AddSpread(stream.Indicator, stream.Role, fromMs, toMs, amount, covers);
        else SpreadPlain(sink, stream, fromMs, toMs, amount);
    }

    /// <summary>A long but regular interval: spread over its minutes without the mark of a hole.</summary>
    private static void SpreadPlain(IIndicatorSink sink, BoundStream stream, long fromMs, long toMs, double amount)
    {
        const long Minute = 60_000;
        var span = (double)(toMs - fromMs);
        for (var at = fromMs; at < toMs;)
        {
            var end = Math.Min(toMs, (at / Minute + 1) * Minute);
            sink.Add(stream.Indicator, stream.Role, end, amount * ((end - at) / span));
            at = end;
        }
    }

    private void JudgeBirths(SampleBatch batch)
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            var birth = _waiting[i];
            var isDue = batch.NowUnixMs >= birth.DueMs || targets.Target(targets.Group(series[birth.Series].Group).Target).LastReadMs > birth.ReadMs;
            if (!isDue) continue;
            _waiting[i] = _waiting[^1];
            _waiting.RemoveAt(_waiting.Count - 1);
            if (Judge(birth, isComplete: true) == BirthVerdict.Born) Bear(birth);
        }
        foreach (var birth in _firsts)
        {
            var verdict = Judge(birth, batch.IsCompleteRead);
            if (verdict == BirthVerdict.Born) Bear(birth);
            else if (verdict == BirthVerdict.Wait && _waiting.Count < MaximumWaiting) _waiting.Add(birth with { DueMs = batch.NowUnixMs == 0 ? long.MaxValue : batch.NowUnixMs + BirthWaitMs });
        }
        _firsts.Clear();
    }

    private BirthVerdict Judge(in Birth birth, bool isComplete)
    {
        var group = targets.Group(series[birth.Series].Group);
        var started = birth.StartMs != 0 ? birth.StartMs : targets.Target(group.Target).ProcessStartMs;
        var previous = birth.PreviousReadMs != 0 ? birth.PreviousReadMs : ListeningSinceMs;
        return BirthRule.Judge(new BirthEvidence(
            birth.ReadMs, previous, started, group.WatchedSinceMs,
            group.ContinuedAtMs >= birth.ReadMs, group.VanishedWithin(birth.PreviousReadMs, birth.ReadMs), isComplete));
    }

    private void Bear(in Birth birth)
    {
        _births++;
        ref var state = ref series[birth.Series];
        var from = Math.Max(birth.PreviousReadMs, birth.StartMs);
        var shape = from == 0 ? IncreaseShape.AtReading : CounterRule.ShapeOf(birth.ReadMs - from, state.IntervalMs);
        foreach (var stream in series.Streams.Slice(state.StreamsAt, state.StreamCount))
            if (stream.Measure == StreamMeasure.Increase) Book(stream, shape, from, birth.ReadMs, birth.Value);
    }

    /// <summary>A first value whose meaning is open.</summary>
    private readonly record struct Birth(int Series, long ReadMs, double Value, long StartMs, long PreviousReadMs, long DueMs);
}
