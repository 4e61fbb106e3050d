using System.Runtime.InteropServices;
using Nines.Measuring.Indicators;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Objectives;

/// <summary>One sample of a recorded series.</summary>
/// <param name="Labels">Its series.</param>
/// <param name="Kind">How its value is to be read.</param>
/// <param name="UnixMs">When.</param>
/// <param name="Value">The value.</param>
public readonly record struct RecordedSample(Labels Labels, SampleKind Kind, long UnixMs, double Value);

/// <summary>
/// Feeds recorded series through the hub into a backtest: the counter rules, the selectors and the engine are those of
/// the running server. Samples of one time are one read of their target.
/// </summary>
public sealed class SeriesReplay
{
    private readonly Backtest _run;
    private readonly SignalHub _hub = new();
    private readonly List<Sample> _samples = [];
    private readonly Dictionary<(Labels, SampleKind), Series> _series = [];
    private readonly RecordedStarts _starts = new();
    private readonly SignalSource _source = new("backtest");

    /// <summary>Binds a backtest's indicators to what will be replayed.</summary>
    public SeriesReplay(Backtest run)
    {
        _run = run;
        _hub.SetBindings(IndicatorBindings.For(run.Objectives), run.Book);
    }

    /// <summary>What is evaluated.</summary>
    public ObjectiveSet Objectives => _run.Objectives;

    /// <summary>True where silence means that nothing happened: an access log has no line for a quiet minute.</summary>
    public bool IsContinuous { get; set; }

    /// <summary>Samples that nothing asks for.</summary>
    public long Unmatched { get; private set; }

    /// <summary>Samples that an objective counts.</summary>
    public long Matched => _samples.Count - Unmatched;

    /// <summary>Samples that came after a newer or an equal one of their series (semantics.md 2).</summary>
    public long Refused { get; private set; }

    /// <summary>Takes a sample. Series may stand one after the other; within one, time goes forward.</summary>
    public void Take(in RecordedSample sample)
    {
        if (_starts.Take(sample)) return;
        ref var series = ref CollectionsMarshal.GetValueRefOrAddDefault(_series, (sample.Labels, sample.Kind), out var known);
        if (!known) series = new(_hub.Resolve(sample.Labels, sample.Kind, _source), _starts.SlotOf(sample.Labels));
        if (series.Id == SignalHub.Refused) return;
        if (sample.Kind != SampleKind.Delta && sample.UnixMs <= series.NewestMs)
        {
            Refused++;
            return;
        }

        series.NewestMs = Math.Max(series.NewestMs, sample.UnixMs);
        // What nothing asks for still tells that a target goes on, or that a sibling vanished.
        if (series.Id < 0) Unmatched++;
        _samples.Add(new(series.Id, series.Starts, _samples.Count, sample.UnixMs, sample.Value));
    }

    /// <summary>Replays everything and evaluates at each full minute from the first sample to the last.</summary>
    /// <param name="fromMs">Evaluations before this are not reported; what came before it counts as history.</param>
    /// <param name="toMs">The last evaluation; null for the last sample's minute.</param>
    public BacktestResult Run(long? fromMs = null, long? toMs = null)
    {
        if (_samples.Count == 0) return _run.Result();
        _samples.Sort(static (a, b) => a.UnixMs != b.UnixMs ? a.UnixMs.CompareTo(b.UnixMs) : a.Line.CompareTo(b.Line));
        var minute = Minute.Of(_samples[0].UnixMs);
        var end = Minute.Of(toMs ?? _samples[^1].UnixMs);
        if (fromMs is { } from) _run.ReportFrom(from);
        var next = 0;
        for (; minute <= end; minute++)
        {
            while (next < _samples.Count && _samples[next].UnixMs <= Minute.EndMs(minute)) next = Apply(next);
            if (IsContinuous)
                for (var i = 0; i < _run.Book.Count; i++) _run.Book.Fresh(i, Minute.EndMs(minute));
            _run.Close(minute);
        }

        return _run.Result();
    }

    private int Apply(int first)
    {
        var at = _samples[first].UnixMs;
        using var batch = SampleBatch.Rent(_source, at);
        batch.IsCompleteRead = true;
        batch.Generation = _hub.Generation;
        var next = first;
        for (; next < _samples.Count && _samples[next].UnixMs == at; next++)
            batch.Add(_samples[next].Series, at, _samples[next].Value, _starts.Of(_samples[next].Starts, at));
        _hub.Apply(batch);
        return next;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Sample(int Series, int Starts, int Line, long UnixMs, double Value);

    /// <summary>A series by its number in the hub, where its start times are, and its newest sample.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Series(int id, int starts)
    {
        public readonly int Id = id;
        public readonly int Starts = starts;
        public long NewestMs = long.MinValue;
    }
}
