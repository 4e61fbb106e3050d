using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Signals;

/// <summary>semantics.md section 2, rule by rule.</summary>
public sealed class CounterSemanticsTests
{
    private const long T0 = 1_790_000_000_000;
    private readonly RecordingSink _sink = new();
    private readonly SignalSource _source = SignalSource.Scrape("shop", "a:80");

    private SignalHub Hub(SignalLimits? limits = null, string selector = "requests_total")
    {
        var hub = new SignalHub(limits);
        hub.SetBindings([new(Selector.Parse(selector), 0, StreamRole.Total)], _sink);
        return hub;
    }

    private static Labels Series(string code, string instance = "a:80") => Labels.Of("requests_total", ("code", code), ("instance", instance), ("job", "shop"));

    /// <summary>One whole read: what is there and what vanished.</summary>
    private void Read(SignalHub hub, int second, params (Labels Labels, double Value)[] samples) => Deliver(hub, second, true, 0, samples);

    private void Deliver(SignalHub hub, int second, bool isComplete, long start, params (Labels Labels, double Value)[] samples)
    {
        using var batch = SampleBatch.Rent(_source, T0 + second * 1000);
        batch.IsCompleteRead = isComplete;
        foreach (var (labels, value) in samples)
            batch.Add(hub.Resolve(labels, SampleKind.Counter, _source), T0 + second * 1000, value, start);
        hub.Apply(batch);
    }

    [Fact]
    public void Apply_KnownSeries_AddsTheIncrease()
    {
        var hub = Hub();
        Read(hub, 0, (Series("200"), 100));
        Read(hub, 15, (Series("200"), 130));
        Assert.Equal(30, _sink.Sum(0));
    }

    [Fact]
    public void Apply_LowerValue_IsAResetAndCountsWhole()
    {
        var hub = Hub();
        Read(hub, 0, (Series("200"), 100));
        Read(hub, 15, (Series("200"), 7));
        Assert.Equal(7, _sink.Sum(0));
        Assert.Equal(1, hub.Figures().Resets);
    }

    [Fact]
    public void Apply_HigherValueWithNewerStart_IsAResetAndCountsWhole()
    {
        var hub = Hub();
        Deliver(hub, 0, true, T0 - 60_000, (Series("200"), 100));
        Deliver(hub, 15, true, T0 + 5_000, (Series("200"), 130));
        Assert.Equal(130, _sink.Sum(0));
    }

    [Fact]
    public void Apply_FirstSight_IsABaseline()
    {
        var hub = Hub();
        Read(hub, 0, (Series("200"), 100));
        Assert.Equal(0, _sink.Sum(0));
        Assert.Equal(1, _sink.FreshCount);
    }

    [Fact]
    public void Apply_BornWhileSiblingsContinue_CountsItsFirstValue()
    {
        var hub = Hub();
        Read(hub, 0, (Series("200"), 100));
        Read(hub, 15, (Series("200"), 110), (Series("500"), 4));
        Assert.Equal(14, _sink.Sum(0));
        Assert.Equal(1, hub.Figures().Births);
    }

    [Fact]
    public void Apply_BornWhileOnlyUnmatchedSiblingsContinue_CountsItsFirstValue()
    {
        var hub = Hub(selector: "requests_total{code=~\"5..\"}");
        Read(hub, 0, (Series("200"), 100));
        Read(hub, 15, (Series("200"), 110), (Series("500"), 4));
        Assert.Equal(4, _sink.Sum(0));
    }

    [Fact]
    public void Apply_NewSeriesAsAnotherVanishes_IsARenameAndABaseline()
    {
        var hub = Hub();
        Read(hub, 0, (Series("200"), 100), (Series("201"), 900));
        Read(hub, 15, (Series("200"), 110), (Series("201"), StaleMarker.Value), (Series("202"), 905));
        Assert.Equal(10, _sink.Sum(0));
    }

    [Fact]
    public void Apply_NewSeriesWithoutContinuingSibling_IsABaseline()
    {
        var hub = Hub();
        Read(hub, 0, (Series("200"), 100));
        Read(hub, 15, (Series("500"), 4));
        Assert.Equal(0, _sink.Sum(0));
    }

    [Fact]
    public void Apply_NewSeriesOfAnotherTarget_IsABaseline()
    {
        var hub = Hub();
        Read(hub, 0, (Series("200"), 100));
        Read(hub, 15, (Series("200"), 100), (Series("500", "b:80"), 4));
        Assert.Equal(0, _sink.Sum(0));
    }

    [Fact]
    public void Apply_StartTimeAfterLastRead_CountsTheFirstValue()
    {
        var hub = Hub();
        Deliver(hub, 0, true, 0, (Series("200"), 100));
        Deliver(hub, 15, true, T0 + 3_000, (Series("500"), 4));
        Assert.Equal(4, _sink.Sum(0));
    }

    [Fact]
    public void Apply_StartTimeBeforeLastRead_IsABaseline()
    {
        var hub = Hub();
        Deliver(hub, 0, true, 0, (Series("200"), 100));
        Deliver(hub, 15, true, T0 - 3_000, (Series("500"), 4));
        Assert.Equal(0, _sink.Sum(0));
    }

    [Fact]
    public void Apply_ProcessStartAfterLastRead_CountsFirstValues()
    {
        var hub = Hub();
        var start = Labels.Of("process_start_time_seconds", ("instance", "a:80"), ("job", "shop"));
        Read(hub, 0, (Series("200"), 100), (start, (T0 - 900_000) / 1000.0));
        Read(hub, 15, (Series("500"), 4), (start, (T0 + 5_000) / 1000.0));
        Assert.Equal(4, _sink.Sum(0));
    }

    [Fact]
    public void Apply_RemoteWriteBirth_WaitsUntilTheReadIsKnownToBeWhole()
    {
        var hub = Hub();
        Deliver(hub, 0, false, 0, (Series("200"), 100));
        Deliver(hub, 15, false, 0, (Series("500"), 4));
        Deliver(hub, 15, false, 0, (Series("200"), 100));
        Assert.Equal(0, _sink.Sum(0));
        Deliver(hub, 30, false, 0, (Series("200"), 100));
        Assert.Equal(4, _sink.Sum(0));
        Assert.Contains("add 0 Total 4 at 1790000015", _sink.Calls);
    }

    [Fact]
    public void Apply_RemoteWriteRename_IsABaselineEvenIfTheMarkerComesLater()
    {
        var hub = Hub();
        Deliver(hub, 0, false, 0, (Series("200"), 100), (Series("201"), 900));
        Deliver(hub, 15, false, 0, (Series("200"), 100), (Series("202"), 905));
        Deliver(hub, 15, false, 0, (Series("201"), StaleMarker.Value));
        Deliver(hub, 30, false, 0, (Series("200"), 100), (Series("202"), 906));
        Assert.Equal(1, _sink.Sum(0));
    }

    [Fact]
    public void Apply_StaleMarker_KeepsTheLastValueForTheNextComparison()
    {
        var hub = Hub();
        Read(hub, 0, (Series("200"), 100));
        Read(hub, 15, (Series("200"), StaleMarker.Value));
        Read(hub, 30, (Series("200"), 112));
        Assert.Equal(12, _sink.Sum(0));
        Assert.DoesNotContain("fresh 0 at 1790000015", _sink.Calls);
    }

    [Fact]
    public void Apply_IncreaseAcrossAHole_IsSpreadAndMarked()
    {
        var hub = Hub();
        Read(hub, 0, (Series("200"), 100));
        Read(hub, 15, (Series("200"), 101));
        Read(hub, 615, (Series("200"), 701));
        Assert.Equal("spread 0 Total 600 over 1790000015-1790000615", _sink.Calls[^1]);
    }

    [Fact]
    public void Apply_LongButRegularInterval_IsSpreadWithoutAMark()
    {
        var hub = Hub();
        foreach (var n in Enumerable.Range(0, 12)) Read(hub, n * 300, (Series("200"), n * 300));
        _sink.Calls.Clear();
        Read(hub, 3600, (Series("200"), 3600));
        Assert.All(_sink.Calls, c => Assert.StartsWith("add 0 Total", c, StringComparison.Ordinal));
        Assert.Equal(3600, _sink.Sum(0), 9);
    }

    [Fact]
    public void Apply_LateAndDoubledSamples_AreRefusedAndCounted()
    {
        var hub = Hub();
        Read(hub, 0, (Series("200"), 100));
        Read(hub, 15, (Series("200"), 110));
        Read(hub, 15, (Series("200"), 110));
        Read(hub, 5, (Series("200"), 105));
        Assert.Equal(10, _sink.Sum(0));
        var refused = hub.Sources()[0].Refused;
        Assert.Equal(1, refused[RefusalReason.Duplicate]);
        Assert.Equal(1, refused[RefusalReason.Late]);
    }

    [Fact]
    public void Apply_Replicas_OneCountsAndAnotherTakesOver()
    {
        var hub = Hub(new SignalLimits { ReplicaLabels = ["replica"] });
        Labels From(string replica) => Series("200").With("replica", replica);
        foreach (var second in new[] { 0, 15, 30 })
        {
            Read(hub, second, (From("a"), 100 + second));
            Read(hub, second + 2, (From("b"), 100 + second + 2));
        }
        Assert.Equal(30, _sink.Sum(0));
        Assert.Equal(3, hub.Sources()[0].Refused[RefusalReason.OtherReplica]);
        Read(hub, 75, (From("b"), 175));
        Assert.Equal(75, _sink.Sum(0));
        Read(hub, 76, (From("a"), 176));
        Assert.Equal(75, _sink.Sum(0));
    }

    [Theory]
    [InlineData(double.NaN, RefusalReason.NotFinite)]
    [InlineData(double.PositiveInfinity, RefusalReason.NotFinite)]
    [InlineData(-1, RefusalReason.NegativeCounter)]
    [InlineData(1e308, RefusalReason.TooLarge)]
    public void Apply_ImpossibleValue_IsRefusedByReason(double value, RefusalReason reason)
    {
        var hub = Hub();
        Read(hub, 0, (Series("200"), 100));
        Read(hub, 15, (Series("200"), value));
        Read(hub, 30, (Series("200"), 105));
        Assert.Equal(5, _sink.Sum(0));
        Assert.Equal(1, hub.Sources()[0].Refused[reason]);
    }

    [Theory]
    [InlineData(0L, RefusalReason.TooOld)]
    [InlineData(4_102_444_800_000L, RefusalReason.TooNew)]
    public void Apply_ImpossibleTime_IsRefusedByReason(long unixMs, RefusalReason reason)
    {
        var hub = Hub();
        using var batch = SampleBatch.Rent(_source, T0);
        batch.Add(hub.Resolve(Series("200"), SampleKind.Counter, _source), unixMs, 1);
        hub.Apply(batch);
        Assert.Empty(_sink.Calls);
        Assert.Equal(1, hub.Sources()[0].Refused[reason]);
    }

    [Fact]
    public void Apply_Delta_IsAnIncreaseAlreadyAndMayNotComeTwice()
    {
        var hub = Hub();
        var id = hub.Resolve(Series("200"), SampleKind.Delta, _source);
        foreach (var _ in new[] { 1, 2 })
        {
            using var batch = SampleBatch.Rent(_source, T0);
            batch.Add(id, T0, 5, T0 - 30_000);
            hub.Apply(batch);
        }
        Assert.Equal(5, _sink.Sum(0));
        Assert.Equal(1, hub.Sources()[0].Refused[RefusalReason.Duplicate]);
    }

    [Fact]
    public void SetBindings_SeriesThatWasThereUnmatched_IsABaselineNotABirth()
    {
        var hub = Hub(selector: "requests_total{code=\"200\"}");
        Read(hub, 0, (Series("200"), 100), (Series("500"), 50));
        Read(hub, 15, (Series("200"), 110), (Series("500"), 51));
        hub.SetBindings([new(Selector.Parse("requests_total"), 0, StreamRole.Total)], _sink);
        Read(hub, 30, (Series("200"), 120), (Series("500"), 52));
        Assert.Equal(20, _sink.Sum(0));
        Read(hub, 45, (Series("200"), 130), (Series("500"), 53), (Series("501"), 2));
        Assert.Equal(33, _sink.Sum(0));
    }
}
