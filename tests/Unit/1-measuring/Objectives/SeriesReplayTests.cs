using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

/// <summary>Recorded series through the hub's counter rules into the engine.</summary>
public sealed class SeriesReplayTests
{
    private const int History = 73 * 60;

    private static readonly Objective Checkout = Scenario.Availability() with
    {
        Indicator = new RatioIndicator("checkout", MetricQuery.Native("http_requests_total{code!~\"5..\"}"), null, MetricQuery.Native("http_requests_total"), true),
    };

    [Fact]
    public void Run_CountersPresentBeforeTheOnset_GiveTheOracle() =>
        Assert.Equal(["Page 6-14"], Conditions(0.15, 10, born: false, reset: false));

    [Fact]
    public void Run_ErrorSeriesBornAtTheOnset_IsNotAMinuteLate() =>
        Assert.Equal(["Page 1-39", "Ticket 5-369"], Conditions(1, 10, born: true, reset: false));

    [Fact]
    public void Run_ResetInTheMiddle_LosesAndDoublesNothing() =>
        Assert.Equal(["Page 6-14"], Conditions(0.15, 10, born: false, reset: true));

    [Fact]
    public void Run_From_LeavesOutWhatEndedBefore()
    {
        var result = Replay(0.15, 10, born: false, reset: false).Run(fromMs: Minute.StartMs(Scenario.Onset + 100));
        Assert.Empty(result.Conditions);
        Assert.All(result.Budget, b => Assert.True(b.At.ToUnixTimeMilliseconds() >= Minute.StartMs(Scenario.Onset + 100)));
    }

    [Fact]
    public void Take_SeriesThatNothingAsksFor_IsCounted()
    {
        var replay = new SeriesReplay(new([Checkout]));
        replay.Take(new(Labels.Of("other_total"), SampleKind.Counter, 1_782_000_000_000, 1));
        Assert.Equal((1, 0), (replay.Unmatched, replay.Matched));
    }

    private static IReadOnlyList<string> Conditions(double errors, int minutes, bool born, bool reset) =>
        [.. Replay(errors, minutes, born, reset).Run().Conditions.Select(c =>
            $"{c.Severity} {(c.Start.ToUnixTimeSeconds() / 60) - Scenario.Onset}-{(c.End!.Value.ToUnixTimeSeconds() / 60) - Scenario.Onset - 1}")];

    private static SeriesReplay Replay(double errors, int minutes, bool born, bool reset)
    {
        var replay = new SeriesReplay(new([Checkout]));
        var good = Labels.Of("http_requests_total", ("code", "200"), ("job", "shop"), ("instance", "a"));
        var bad = Labels.Of("http_requests_total", ("code", "500"), ("job", "shop"), ("instance", "a"));
        double ok = 1e6, failed = 0;
        for (var m = -History; m <= 4500; m++)
        {
            var at = Minute.StartMs(Scenario.Onset + m);
            var ratio = m is > 0 && m <= minutes ? errors : 0;
            (ok, failed) = (ok + (6000 * (1 - ratio)), failed + (6000 * ratio));
            if (reset && m == 5) (ok, failed) = (6000 * (1 - ratio), 6000 * ratio);
            replay.Take(new(good, SampleKind.Counter, at, ok));
            if (!born || failed > 0) replay.Take(new(bad, SampleKind.Counter, at, failed));
        }

        return replay;
    }
}
