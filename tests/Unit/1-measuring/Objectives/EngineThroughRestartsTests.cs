using Nines.Measuring.Indicators;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Nines.Storage;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

/// <summary>
/// Counters through hub, streams and evaluation against the slow rules, over several blocks of minutes: resets, holes,
/// late and double samples, checkpoints, crashes with a replay of what came since, and retention.
/// </summary>
public sealed class EngineThroughRestartsTests : IAsyncDisposable
{
    private const int KeepMinutes = 1440 + 300;

    private static readonly SignalSource Source = SignalSource.Scrape("shop", "a:80");

    private readonly MemorySignals _store = new();
    private readonly List<(long At, Labels Series, double Value)> _sinceCheckpoint = [];
    private readonly Dictionary<Labels, Counter> _naiveCounters = [];
    private readonly Evaluation _now = new();
    private Objective _objective = null!;
    private NaiveEngine _naive = null!;
    private SignalHub _hub = null!;
    private ObjectiveSet _set = null!;
    private long _checkpoints;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Evaluate_CountersAndCrashes_EqualsTheSlowRulesTo1e9(int seed)
    {
        var random = new Random(seed);
        _objective = Scenario.Availability(target: seed % 2 == 0 ? 0.99 : 0.999) with
        {
            Window = new RollingWindow(Duration.FromMinutes(seed % 3 == 0 ? 60 : 1440)),
            Method = (BudgetingMethod)(seed % 3),
            TimeSliceTarget = 0.95,
            TimeSliceWindow = Duration.FromMinutes(seed % 2 == 0 ? 1 : 5),
            Indicator = new RatioIndicator("checkout", null, MetricQuery.Native("requests_total{code=\"500\"}"), MetricQuery.Native("requests_total"), true) { Interval = Duration.FromMinutes(1) },
        };
        _naive = new(_objective);
        await StartAsync();
        var (good, bad) = (1e6, 50.0);
        var errors = 0.0;
        var calm = 0;
        var hole = 0;
        for (var minute = Scenario.Onset; minute < Scenario.Onset + 3000; minute++)
        {
            if (random.Next(60) == 0) errors = random.Next(3) == 0 ? random.NextDouble() : random.Next(2) * 0.02;
            var total = random.Next(5, 400);
            var failed = Math.Round(total * errors);
            (good, bad) = (good + total - failed, bad + failed);
            // A restart: what was counted is lost, and the counters begin again.
            if (random.Next(200) == 0) (good, bad) = (total - failed, failed);
            if (calm > 3 && random.Next(90) == 0) hole = random.Next(1, random.Next(2) == 0 ? 4 : 200);
            if (hole-- > 0) calm = 0;
            else
            {
                calm++;
                Read(Minute.EndMs(minute), "200", good);
                Read(Minute.EndMs(minute), "500", bad);
                if (random.Next(40) == 0) Read(Minute.EndMs(minute), "200", good + 7);
                if (random.Next(40) == 0) Read(Minute.EndMs(minute - random.Next(1, 9)), "500", 3);
                if (random.Next(40) == 0) Read(Minute.EndMs(minute) + 1, "200", double.NaN);
            }

            Step(minute + 1);
            if (random.Next(150) == 0) await CheckpointAsync();
            if (random.Next(250) == 0) await CrashAsync();
            if (random.Next(300) == 0) await TrimAsync(minute - KeepMinutes);
            if (random.Next(20) == 0) AssertSame(minute + 1, seed);
        }
    }

    private async Task StartAsync()
    {
        var blocks = new StoredBlocks(_store);
        _set = new(new(blocks, blocks.IdOf));
        _ = _set.Replace([_objective]);
        _hub = new();
        _hub.SetBindings(IndicatorBindings.For(_set), _set.Book);
        await new HubCheckpoint(_hub).RestoreAsync(_store, default);
    }

    private void Read(long at, string code, double value)
    {
        var series = Labels.Of("requests_total", ("code", code), ("job", "shop"));
        _sinceCheckpoint.Add((at, series, value));
        Apply(at, series, value);
        if (double.IsNaN(value)) return;
        if (!_naiveCounters.TryGetValue(series, out var counter))
        {
            if (_naiveCounters.Count == 0) _naive.Begin(at);
            _naiveCounters[series] = new(value, at);
            return;
        }

        if (at <= counter.At) return;
        Increase(counter, at, value, isBad: code == "500");
        _naiveCounters[series] = new(value, at);
    }

    /// <summary>What semantics 2 says of one increase, minute by minute.</summary>
    private void Increase(Counter before, long at, double value, bool isBad)
    {
        var reset = value < before.Value;
        var amount = reset ? value : value - before.Value;
        var gap = (int)((at - before.At) / Minute.Ms);
        var unknown = reset && gap > 2;
        for (var m = Minute.Of(at) - gap + 1; m <= Minute.Of(at); m++)
        {
            // Nothing grew: only the minute of the read is known; a short gap is no hole.
            var known = !unknown && (amount > 0 || gap <= 3 || m == Minute.Of(at));
            if (known || amount > 0) _naive.Add(m, isBad ? amount / gap : 0, amount / gap, m == Minute.Of(at) ? at : 0, known);
        }

        if (unknown) _naive.Add(Minute.Of(at), 0, 0, at, covered: false);
    }

    private void Apply(long at, Labels series, double value)
    {
        using var batch = SampleBatch.Rent(Source, at);
        batch.IsCompleteRead = true;
        batch.Add(_hub.Resolve(series, SampleKind.Counter, Source), at, value);
        _hub.Apply(batch);
    }

    private void Step(long next)
    {
        var watched = _set.All[0];
        Evaluator.Evaluate(watched, Minute.StartMs(next), _now);
        watched.Alerts = BurnAlerts.Step(watched, watched.Alerts, _now, null, []);
        _naive.Step(next);
    }

    private async Task CheckpointAsync()
    {
        var (hub, draft) = (new HubCheckpoint(_hub), new CheckpointDraft());
        hub.Save(draft);
        foreach (var stream in _set.Book.Streams) stream.TakeBlocks((block, data) => draft.Blocks.Add(new(stream.Id, block, data)));
        await _store.CheckpointAsync(new(++_checkpoints, draft.Blocks, draft.States), default);
        hub.Saved();
        foreach (var stream in _set.Book.Streams) stream.BlocksKept();
        _sinceCheckpoint.Clear();
    }

    /// <summary>Everything in memory is lost; what came since the checkpoint comes again, and alerts stand as the journal says.</summary>
    private async Task CrashAsync()
    {
        if (_checkpoints == 0) return;
        var alerts = _set.All[0].Alerts;
        await StartAsync();
        _set.All[0].Alerts = alerts;
        foreach (var (at, series, value) in _sinceCheckpoint) Apply(at, series, value);
    }

    private async Task TrimAsync(long before)
    {
        foreach (var stream in _set.Book.Streams)
        {
            stream.Trim(before);
            await _store.DropBlocksAsync(stream.Id, stream.BlockOf(before), default);
        }
    }

    private void AssertSame(long next, int seed)
    {
        foreach (ref readonly var window in _now.Windows)
        {
            if (window.Minutes > 1440) continue;
            var slow = _naive.Window(next, window.Minutes);
            Near(slow.Total, window.Total, slow.Total, $"total of {window.Minutes}m");
            Near(Math.Max(0, slow.Bad), window.Bad, slow.Total, $"bad of {window.Minutes}m");
            Near(slow.Covered, window.Covered, 1, $"covered of {window.Minutes}m");
            Near(slow.Alert, window.AlertRatio, 1, $"alert ratio of {window.Minutes}m");
        }

        var budget = _naive.Budget(next);
        Near(budget.Expected, _now.Budget.Expected, budget.Expected, "expected");
        Near(budget.Remaining, _now.Remaining, Math.Max(1, Math.Abs(budget.Remaining)), "remaining");
        Assert.True(_naive.Verdicts == _set.All[0].Alerts.Verdicts, $"verdicts {_naive.Verdicts} and {_set.All[0].Alerts.Verdicts} at {next - Scenario.Onset}");

        void Near(double expected, double actual, double scale, string what) => Assert.True(
            Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, scale), $"seed {seed}, minute {next - Scenario.Onset}: {what}: {expected} and {actual}");
    }

    private sealed record Counter(double Value, long At);
}
