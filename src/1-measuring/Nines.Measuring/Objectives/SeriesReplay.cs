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
    private readonly Dictionary<(Labels, SampleKind), int> _ids = [];
    private readonly SignalSource _source = new("backtest");

    /// <summary>Binds a backtest's indicators to what will be replayed.</summary>
    public SeriesReplay(Backtest run)
    {
        _run = run;
        _hub.SetBindings(IndicatorBindings.For(run.Objectives), run.Book);
    }

    /// <summary>True where silence means that nothing happened: an access log has no line for a quiet minute.</summary>
    public bool IsContinuous { get; set; }

    /// <summary>Samples that nothing asks for.</summary>
    public long Unmatched { get; private set; }

    /// <summary>Samples that an objective counts.</summary>
    public long Matched => _samples.Count - Unmatched;

    /// <summary>Takes a sample; the order does not matter.</summary>
    public void Take(in RecordedSample sample)
    {
        var key = (sample.Labels, sample.Kind);
        if (!_ids.TryGetValue(key, out var id)) _ids[key] = id = _hub.Resolve(sample.Labels, sample.Kind, _source);
        if (id == SignalHub.Refused) return;
        // What nothing asks for still tells that a target goes on, or that a sibling vanished.
        if (id < 0) Unmatched++;
        _samples.Add(new(id, sample.UnixMs, sample.Value));
    }

    /// <summary>Replays everything and evaluates at each full minute from the first sample to the last.</summary>
    /// <param name="fromMs">Evaluations before this are not reported; what came before it counts as history.</param>
    /// <param name="toMs">The last evaluation; null for the last sample's minute.</param>
    public BacktestResult Run(long? fromMs = null, long? toMs = null)
    {
        if (_samples.Count == 0) return _run.Result();
        _samples.Sort(static (a, b) => a.UnixMs.CompareTo(b.UnixMs));
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
        for (; next < _samples.Count && _samples[next].UnixMs == at; next++) batch.Add(_samples[next].Series, at, _samples[next].Value);
        _hub.Apply(batch);
        return next;
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Sample(int Series, long UnixMs, double Value);
}
