using System.Collections.Immutable;
using FsCheck.Fluent;
using Nines.Alerting.Alerts;
using Nines.Alerting.Rules;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Rules;

public class RuleConditionTests
{
    private const long Now = 29_000_000;

    private static AlertRule Rule(GoldenSignal signal, int minutes) => new()
    {
        Name = "r",
        Service = "checkout",
        Signal = signal,
        Metric = "m",
        Severity = AlertSeverity.Ticket,
        For = Duration.FromMinutes(minutes),
        Drop = 0.3,
        Spike = 0.5,
        Buckets = [0.1, 0.5, 1],
    };

    /// <summary>Fills the last minutes, the newest last.</summary>
    private static RuleMinutes Gauge(params double?[] values)
    {
        var minutes = new RuleMinutes(1);
        for (var i = 0; i < values.Length; i++)
            if (values[i] is { } value) minutes.Peak(At(i, values.Length), value);
        return minutes;
    }

    private static RuleMinutes Counter(params double?[] values)
    {
        var minutes = new RuleMinutes(1);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not { } value) continue;
            minutes.Add(0, At(i, values.Length), value);
            minutes.Hear(0, At(i, values.Length));
        }

        return minutes;
    }

    private static RuleMinutes Histogram(params (double Fast, double Slow)[] values)
    {
        var minutes = new RuleMinutes(4);
        for (var i = 0; i < values.Length; i++)
        {
            var at = At(i, values.Length);
            double[] counts = [values[i].Fast, values[i].Fast, values[i].Fast + values[i].Slow, values[i].Fast + values[i].Slow];
            for (var slot = 0; slot < counts.Length; slot++)
            {
                minutes.Add(slot, at, counts[slot]);
                minutes.Hear(slot, at);
            }
        }

        return minutes;
    }

    private static long At(int i, int count) => ((Now - count + 1 + i) * 60_000) + 30_000;

    [Fact]
    public void Saturation_AboveFor10Minutes_Fires()
    {
        var verdict = RuleCondition.Judge(Rule(GoldenSignal.Saturation, 10), Gauge([.. Enumerable.Repeat((double?)0.81, 10)]), Now, null);
        Assert.Equal((true, "81.0\u00a0% full; it was above 80\u00a0% in 10 of the last 10\u00a0minutes."), (verdict.Holds, verdict.Reason));
    }

    [Theory]
    [InlineData(new[] { 0.9, 0.9, 0.8 }, null)]
    [InlineData(new[] { 0.8, 0.8, 0.8 }, false)]
    [InlineData(new[] { 0.81, 0.9, 0.99 }, true)]
    public void Saturation_SomeMinutes_StaysAsItWas(double[] values, bool? holds) =>
        Assert.Equal(holds, RuleCondition.Judge(Rule(GoldenSignal.Saturation, 3), Gauge([.. values.Select(v => (double?)v)]), Now, null).Holds);

    [Fact]
    public void Saturation_Hole_StaysAsItWas() =>
        Assert.Null(RuleCondition.Judge(Rule(GoldenSignal.Saturation, 3), Gauge(0.9, null, 0.9), Now, null).Holds);

    [Fact]
    public void Saturation_SeveralSeries_HighestCounts()
    {
        var minutes = Gauge(0.2);
        minutes.Peak(At(0, 1), 0.95);
        minutes.Peak(At(0, 1), 0.3);
        Assert.True(RuleCondition.Judge(Rule(GoldenSignal.Saturation, 1), minutes, Now, null).Holds);
    }

    [Theory]
    [InlineData(69, true)]
    [InlineData(70, false)]
    [InlineData(100, false)]
    [InlineData(150, false)]
    [InlineData(151, true)]
    public void Traffic_AgainstUsual_FiresBelow30AndAbove50Percent(double rate, bool holds) =>
        Assert.Equal(holds, RuleCondition.Judge(Rule(GoldenSignal.Traffic, 5), Counter(rate, rate, rate, rate, rate), Now, 100).Holds);

    [Fact]
    public void Traffic_SilentSource_IsNoDrop()
    {
        var verdict = RuleCondition.Judge(Rule(GoldenSignal.Traffic, 5), Counter(100, 100, null, null, null), Now, 100);
        Assert.Equal((null, "Only 2 of the last 5 minutes were heard."), (verdict.Holds, verdict.Reason));
    }

    [Fact]
    public void Traffic_NothingLearnt_SaysNothing() => Assert.Equal(
        new RuleVerdict(null, null, null, "What is usual at this hour is not learnt yet: it takes a day of traffic."),
        RuleCondition.Judge(Rule(GoldenSignal.Traffic, 5), Counter(1, 1, 1, 1, 1), Now, null));

    [Fact]
    public void Latency_TwiceTheUsualInEveryMinute_Fires()
    {
        var verdict = RuleCondition.Judge(Rule(GoldenSignal.Latency, 5), Histogram((50, 50), (50, 50), (50, 50), (50, 50), (50, 50)), Now, 0.1);
        Assert.Equal((true, "p99 is 0.99, 9.9× the usual 0.1; it was above 2× in 5 of the last 5\u00a0minutes."), (verdict.Holds, verdict.Reason));
    }

    [Fact]
    public void Latency_OfAMetricInSeconds_IsToldInItsUnit() => Assert.Equal(
        "p99 is 990 ms, 9.9× the usual 100 ms; it was above 2× in 5 of the last 5 minutes.",
        RuleCondition.Judge(Rule(GoldenSignal.Latency, 5) with { Metric = "http_request_duration_seconds{service=\"a\"}" }, Histogram((50, 50), (50, 50), (50, 50), (50, 50), (50, 50)), Now, 0.1)
            .Reason.Replace('\u00a0', ' '));

    [Theory]
    [InlineData(69.99, "70 requests a minute over 5 min, 30.01 % below (limit 30 %) the usual 100 at this hour.")]
    [InlineData(151, "151 requests a minute over 5 min, 51.0 % above (limit 50 %) the usual 100 at this hour.")]
    public void Traffic_BesideItsLimit_IsNotRoundedOntoIt(double rate, string reason) => Assert.Equal(
        reason, RuleCondition.Judge(Rule(GoldenSignal.Traffic, 5), Counter(rate, rate, rate, rate, rate), Now, 100).Reason.Replace('\u00a0', ' '));

    [Fact]
    public void Latency_FewRequests_SaysTooFew()
    {
        var verdict = RuleCondition.Judge(Rule(GoldenSignal.Latency, 5), Histogram((5, 5), (5, 5), (5, 5), (5, 5), (5, 5)), Now, 0.1);
        Assert.Equal((null, "Too few requests to tell: 50 in 5\u00a0min, fewer than 100."), (verdict.Holds, verdict.Reason));
    }

    [Fact]
    public void Quantile_InsideABucket_IsLinear()
    {
        bool[] live = [true, true, true];
        Assert.Equal(0.3, BucketQuantile.Of(0.5, [0.1, 0.5, 1], [0, 100, 100], live, 100)!.Value, 9);
        Assert.Equal(1, BucketQuantile.Of(0.99, [0.1, 0.5, 1], [0, 10, 20], live, 100)!.Value, 9);
        Assert.Null(BucketQuantile.Of(0.99, [0.1], [0], [true], 0));
        // A bound that the histogram lacks must not pull the quantile to it.
        Assert.Equal(0.5, BucketQuantile.Of(0.5, [0.1, 0.5, 1], [0, 0, 100], [false, false, true], 100)!.Value, 9);
    }

    [Fact]
    public void Quantile_OfAnyHistogram_LiesInTheBucketOfItsRank() => Prop.ForAll(
        Gen.Choose(0, 50).ListOf().Select(l => l.Take(8).Select(v => (double)v).ToArray()).ToArbitrary(), Gen.Choose(1, 99).ToArbitrary(), (sizes, percent) =>
        {
            double[] bounds = [.. Enumerable.Range(1, sizes.Length).Select(i => (double)i)];
            var sum = 0d;
            double[] counts = [.. sizes.Select(s => sum += s)];
            if (BucketQuantile.Of(percent / 100d, bounds, counts, [.. sizes.Select(_ => true)], sum) is not { } value) return sum == 0;
            var bucket = Array.FindIndex(counts, c => c >= percent / 100d * sum);
            return value >= bucket - 1e-9 && value <= bucket + 1 + 1e-9;
        }).Hold();

    [Fact]
    public void Baseline_OfLatency_IsTheMedianOfAWeek()
    {
        ImmutableList<LearntHour> learnt = [new(1, 9), new(900, 1), new(901, 3), new(902, 100)];
        Assert.Equal(3, RuleBaseline.At(GoldenSignal.Latency, learnt, 903));
        Assert.Null(RuleBaseline.At(GoldenSignal.Latency, learnt, 900));
    }

    [Fact]
    public void Baseline_OfTraffic_PrefersTheSameHourOfTheWeek()
    {
        ImmutableList<LearntHour> learnt = [new(1000 - 168, 50), new(1000 - 48, 10), new(1000 - 24, 20), new(999, 7)];
        Assert.Equal(50, RuleBaseline.At(GoldenSignal.Traffic, learnt, 1000));
        Assert.Equal(15, RuleBaseline.At(GoldenSignal.Traffic, learnt.RemoveAt(0), 1000));
        Assert.Null(RuleBaseline.At(GoldenSignal.Traffic, [new(999, 7)], 1000));
    }

    [Fact]
    public void Minutes_Spread_KeepsTheSumOfTheLastHour() => Prop.ForAll(Gen.Choose(1, 3_000_000).ToArbitrary(), Gen.Choose(0, 1_800_000).ToArbitrary(), (from, length) =>
    {
        var start = (Now * 60_000) + from;
        var minutes = new RuleMinutes(1);
        minutes.AddSpread(0, start, start + length, 100);
        var sum = 0d;
        for (var m = RuleMinutes.MinuteOf(start) - 1; m <= RuleMinutes.MinuteOf(start + length); m++)
        {
            minutes.Hear(0, (m * 60_000) + 1);
            sum += minutes.At(m).IsEmpty ? 0 : minutes.At(m)[0];
        }

        return Math.Abs(sum - 100) < 1e-6;
    }).Hold();

    [Fact]
    public void Minutes_LateAndOldSamples_DoNotTouchNewerRows()
    {
        var minutes = new RuleMinutes(1);
        minutes.Peak(((Now + 60) * 60_000) + 1, 0.5);
        minutes.Peak((Now * 60_000) + 1, 0.9);
        Assert.Equal(0.5, minutes.At(Now + 60)[0]);
        Assert.True(minutes.At(Now).IsEmpty);
        minutes.Peak(-5, 1);
        minutes.Peak(((Now + 60) * 60_000) + 1, double.NaN);
        Assert.Equal(0.5, minutes.At(Now + 60)[0]);
    }
}
