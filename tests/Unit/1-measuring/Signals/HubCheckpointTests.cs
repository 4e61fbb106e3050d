using Nines.Measuring.Ingestion;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Nines.Tests.Unit.Measuring.Ingestion.RemoteWrite;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Signals;

public sealed class HubCheckpointTests : IAsyncDisposable
{
    private const long T0 = 1_790_000_000_000;
    private static readonly SignalSource Source = SignalSource.Scrape("shop", "a:80");
    private readonly MemorySignalStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static SignalHub Hub(RecordingSink sink, string selector = "requests_total")
    {
        var hub = new SignalHub();
        hub.SetBindings([new(Selector.Parse(selector), 0, StreamRole.Total)], sink);
        return hub;
    }

    private static void Read(SignalHub hub, int second, params (string Code, double Value)[] samples)
    {
        using var batch = SampleBatch.Rent(Source, T0 + second * 1000);
        batch.IsCompleteRead = true;
        foreach (var (code, value) in samples)
            batch.Add(hub.Resolve(Labels.Of("requests_total", ("code", code), ("job", "shop")), SampleKind.Counter, Source), T0 + second * 1000, value);
        hub.Apply(batch);
    }

    private async Task CheckpointAsync(SignalHub hub)
    {
        var (part, draft) = (new HubCheckpoint(hub), new CheckpointDraft());
        part.Save(draft);
        await _store.CheckpointAsync(new(1, draft.Blocks, draft.States), default);
        part.Saved();
    }

    private async Task<SignalHub> Restarted(SignalHub hub, RecordingSink sink, string selector = "requests_total")
    {
        await CheckpointAsync(hub);
        var restarted = Hub(sink, selector);
        await new HubCheckpoint(restarted).RestoreAsync(_store, default);
        return restarted;
    }

    [Fact]
    public async Task Restore_AfterARestart_ComparesWithTheKeptValue()
    {
        var hub = Hub(new());
        Read(hub, 0, ("200", 100), ("500", 3));
        Read(hub, 15, ("200", 110), ("500", 3));
        var sink = new RecordingSink();
        Read(await Restarted(hub, sink), 30, ("200", 125), ("500", 4));
        Assert.Equal(16, sink.Sum(0));
    }

    [Fact]
    public async Task Restore_SeriesBornDuringTheRestart_CountsItsFirstValue()
    {
        var hub = Hub(new());
        Read(hub, 0, ("200", 100));
        Read(hub, 15, ("200", 110));
        var sink = new RecordingSink();
        Read(await Restarted(hub, sink), 30, ("200", 125), ("500", 4));
        Assert.Equal(19, sink.Sum(0));
    }

    [Fact]
    public async Task Restore_OtherSelectorsThanBefore_TakesUnknownSeriesAsBaselines()
    {
        var hub = Hub(new(), "requests_total{code=\"200\"}");
        Read(hub, 0, ("200", 100), ("500", 50));
        Read(hub, 15, ("200", 110), ("500", 51));
        var sink = new RecordingSink();
        Read(await Restarted(hub, sink), 30, ("200", 125), ("500", 52));
        Assert.Equal(15, sink.Sum(0));
    }

    [Fact]
    public async Task Restore_SeriesThatNothingAsksForAnyMore_AreLeftOut()
    {
        var hub = Hub(new());
        Read(hub, 0, ("200", 100), ("500", 50));
        var restarted = await Restarted(hub, new(), "requests_total{code=\"500\"}");
        Assert.Equal("requests_total{code=\"500\",job=\"shop\"}", Assert.Single(restarted.MatchedSeries()).Labels.ToString());
    }

    [Fact]
    public async Task Restore_ManyChunksAndASecondCheckpoint_KeepsEverySeries()
    {
        var hub = Hub(new());
        var series = Enumerable.Range(0, HubImage.ChunkSize * 2 + 5).Select(i => ($"{i}", (double)i)).ToArray();
        Read(hub, 0, series);
        var sink = new RecordingSink();
        var restarted = await Restarted(hub, sink);
        Read(restarted, 15, [.. series.Select(s => (s.Item1, s.Item2 + 1))]);
        Assert.Equal(series.Length, sink.Sum(0));
        var again = new RecordingSink();
        Read(await Restarted(restarted, again), 30, [.. series.Select(s => (s.Item1, s.Item2 + 3))]);
        Assert.Equal(series.Length * 2, again.Sum(0));
    }

    [Fact]
    public async Task Restore_StateOfANewerVersion_SaysSo()
    {
        var hub = Hub(new());
        await CheckpointAsync(hub);
        var state = await _store.ReadStateAsync(HubImage.TargetsState, default);
        state![0] = 9;
        var error = await Assert.ThrowsAsync<InvalidDataException>(async () => await new HubCheckpoint(Hub(new())).RestoreAsync(_store, default));
        Assert.Equal("The kept state of signals has version 9; this program reads version 1.", error.Message);
    }

    [Fact]
    public void Sweep_SilentSeries_AreForgottenAndTheirIdsReused()
    {
        var sink = new RecordingSink();
        var hub = Hub(sink);
        Read(hub, 0, ("200", 100), ("500", 3));
        Read(hub, 100, ("200", 120));
        Assert.Equal(1, hub.Sweep(T0 + 50_000));
        Read(hub, 115, ("200", 130));
        Assert.Equal(30, sink.Sum(0));
        Assert.Equal(1, hub.Figures().MatchedSeries);
    }
}
