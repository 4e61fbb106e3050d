using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

/// <summary>Recorded series through the counter rules into the engine; the rules one by one are in Signals.</summary>
public sealed class Section2SeriesTests
{
    private const int History = 240;

    private static readonly Labels Good = Labels.Of("http_requests_total", ("code", "200"), ("job", "shop"), ("instance", "a"));
    private static readonly Labels Bad = Labels.Of("http_requests_total", ("code", "500"), ("job", "shop"), ("instance", "a"));
    private static readonly Labels Created = Labels.Of("http_requests_created", ("code", "500"), ("job", "shop"), ("instance", "a"));

    private readonly SeriesReplay _replay = new(new([Scenario.Availability() with
    {
        Indicator = new RatioIndicator("checkout", MetricQuery.Native("http_requests_total{code!~\"5..\"}"), null, MetricQuery.Native("http_requests_total"), true),
    }]));

    [Fact]
    public void Section2_LateAndDuplicateLines_AreRefusedAndCounted()
    {
        for (var m = 0; m <= 60; m++)
        {
            Take(Good, m, 1000 + (100 * m));
            // The same time again with another value, and an older one: the first that was read counts.
            if (m % 10 == 5) Take(Good, m, 3);
            if (m % 10 == 7) Take(Good, m - 3, 2);
        }

        Assert.Equal(12, _replay.Refused);
        Assert.Equal(6000, Total());
    }

    [Fact]
    public void Section2_SeriesOneAfterTheOther_AreReadTogether()
    {
        for (var m = 0; m <= 60; m++) Take(Good, m, 100 * m);
        for (var m = 0; m <= 60; m++) Take(Bad, m, m);
        Assert.Equal(0, _replay.Refused);
        Assert.Equal(6060, Total());
    }

    [Theory]
    [InlineData(true, 550)]
    [InlineData(false, 500)]
    public void Section2_FirstValueWithoutSiblings_CountsOnlyByItsStartTime(bool told, double total)
    {
        // Nothing else of this family goes on in that read: only the start time tells a birth from a rename.
        for (var m = 0; m <= 4; m++) Take(Good, m, 100 * (m + 1));
        for (var m = 5; m <= 7; m++) Take(Bad, m, 50 * (m - 4));
        if (told)
            for (var m = 5; m <= 7; m++) _replay.Take(new(Created, SampleKind.Gauge, At(m), (At(5) - 20_000) / 1000.0));
        Assert.Equal(total, Total());
    }

    [Fact]
    public void Section2_StartTimeBehindItsValue_TellsARestartThatGrewPastTheLastValue()
    {
        // 100 requests, a restart, and 150 more before the next read: 150 happened, not 50.
        Take(Bad, 0, 0);
        Take(Bad, 1, 100);
        Take(Bad, 2, 150);
        _replay.Take(new(Created, SampleKind.Gauge, At(0), 1_700_000_000));
        _replay.Take(new(Created, SampleKind.Gauge, At(2), (At(1) + 5000) / 1000.0));
        Assert.Equal(250, Total());
    }

    [Fact]
    public void Section5_FirstReadOfACounter_CoversNothing()
    {
        for (var m = 0; m <= 30; m++) Take(Good, m, 100 * m);
        _ = _replay.Run();
        var now = Evaluate(30);
        Assert.Equal(30, now.Window(60).Covered, 1e-9);
        Assert.Equal(3000 * 30 * 1440 / 30.0, now.Budget.Expected, 1e-3);
    }

    [Fact]
    public void Section5_FirstReadInsideAMinute_CoversTheRestOfIt()
    {
        for (var s = 45; s <= 600; s += 15) _replay.Take(new(Good, SampleKind.Counter, At(0) + (s * 1000), s));
        _ = _replay.Run();
        Assert.Equal(9.25, Evaluate(10).Window(60).Covered, 1e-9);
    }

    [Fact]
    public void Section5_TwoDayHoleThatEndsInARestart_DoesNotTicket()
    {
        var conditions = Holed(small: true);
        Assert.Equal(["Page 6-14"], conditions);
    }

    [Fact]
    public void Section5_TwoDayHoleOverWhichTheCounterGoesOn_DoesNotTicket() =>
        Assert.Equal(["Page 6-14"], Holed(small: false));

    [Fact]
    public void Section5_HoleBegins_CountsAsCleanAsSoonAsAReadIsMissing()
    {
        for (var s = 0; s <= 600; s += 15) _replay.Take(new(Good, SampleKind.Counter, At(0) + (s * 1000), s));
        _ = _replay.Run();
        Assert.Equal(5, Evaluate(10).Window(5).Covered, 1e-9);
        Assert.Equal(4, Evaluate(11).Window(5).Covered, 1e-9);
        Assert.Equal(2, Evaluate(13).Window(5).Covered, 1e-9);
    }

    private IReadOnlyList<string> Holed(bool small)
    {
        var (ok, failed) = (1e6, 100.0);
        for (var m = -2880 - History; m <= 400; m++)
        {
            var ratio = m is > 0 and <= 10 ? 0.15 : 0;
            (ok, failed) = (ok + (6000 * (1 - ratio)), failed + (6000 * ratio));
            if (m is > -2880 and < 0) continue;
            if (m == 0 && small) (ok, failed) = (500, 0);
            Take(Good, m, ok);
            Take(Bad, m, failed);
        }

        return [.. _replay.Run().Conditions.Select(c =>
            $"{c.Severity} {(c.Start.ToUnixTimeSeconds() / 60) - Scenario.Onset}-{(c.End!.Value.ToUnixTimeSeconds() / 60) - Scenario.Onset - 1}")];
    }

    private void Take(Labels series, int minute, double value) => _replay.Take(new(series, SampleKind.Counter, At(minute), value));

    private static long At(int minute) => Minute.StartMs(Scenario.Onset + minute);

    private double Total()
    {
        _ = _replay.Run();
        return Evaluate(1440).Budget.Total;
    }

    private Evaluation Evaluate(int minute)
    {
        var result = new Evaluation();
        Evaluator.Evaluate(_replay.Objectives.Find("checkout")!, At(minute), result);
        return result;
    }
}
