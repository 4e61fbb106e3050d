using System.Text;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using Nines.Kernel;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Ingestion.RemoteWrite;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Nines.Shell;
using Nines.Tests.Unit.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.RemoteWrite;

public sealed class RemoteWriteDoorTests : IAsyncDisposable
{
    private const long T0 = 1_790_000_000_000;
    private readonly RecordingSink _sink = new();
    private readonly SignalHub _hub = new(new SignalLimits { LabelsPerSeries = 64 });
    private readonly MemorySignalStore _store = new();
    private readonly RemoteWriteDoor _door;

    public RemoteWriteDoorTests()
    {
        _hub.SetBindings([new(Selector.Parse("requests_total"), 0, StreamRole.Total)], _sink);
        _door = Door(_hub);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private RemoteWriteDoor Door(SignalHub to, int bodyLimit = 1 << 20)
        => new(to, new SignalIntake(_store, to), Options.Create(new IngestionOptions { RemoteWriteBodyLimit = bodyLimit, LabelLimit = 64 }), new SeriesIndex((1, 2)));

    private static Labels Series(string code = "200") => Labels.Of("requests_total", ("code", code), ("instance", "a:80"), ("job", "shop"));

    private async Task<WriteAnswer> Send(byte[] message, long at = T0) => await _door.AcceptAsync(WriteBodies.Snappy(message), at, default);

    [Fact]
    public async Task Accept_MatchedSamples_AreDurableAndBooked()
    {
        Assert.Equal(204, (await Send(WriteBodies.Request((Series(), [(T0, 10)])))).Status);
        Assert.Equal(204, (await Send(WriteBodies.Request((Series(), [(T0 + 15_000, 12), (T0 + 30_000, 15)])))).Status);
        Assert.Equal(5, _sink.Sum(0));
        Assert.Equal(2, _store.Log.Count);
    }

    [Fact]
    public async Task Accept_NothingMatched_AnswersWithoutKeepingTheBody()
    {
        Assert.Equal(204, (await Send(WriteBodies.Request((Labels.Of("other_total"), [(T0, 10)])))).Status);
        Assert.Empty(_store.Log);
        Assert.Equal("other_total", Assert.Single(_hub.Families()).Name);
    }

    [Fact]
    public async Task Accept_ManyLargeBodiesAtOnce_AsksToTryAgainBeforeItUnpacks()
    {
        var body = WriteBodies.Snappy(WriteBodies.Request((Series(), [(T0, 10)])));
        var budget = new BodyBudget(most: 10);
        using var lease = budget.Lease();
        Assert.Equal(503, (await _door.AcceptAsync(body, T0, lease, default)).Status);
        Assert.Equal(0, budget.Taken);
        Assert.Empty(_store.Log);
    }

    [Fact]
    public async Task Accept_StoreFails_BooksNothing()
    {
        await Send(WriteBodies.Request((Series(), [(T0, 10)])));
        _store.Failure = new StorageException("The disk is full.");
        await Assert.ThrowsAsync<StorageException>(async () => await Send(WriteBodies.Request((Series(), [(T0 + 15_000, 12)]))));
        Assert.Equal(0, _sink.Sum(0));
        _store.Failure = null;
        await Send(WriteBodies.Request((Series(), [(T0 + 15_000, 12)])));
        Assert.Equal(2, _sink.Sum(0));
    }

    [Fact]
    public async Task Replay_AfterACrash_BooksWhatWasAcknowledged()
    {
        await Send(WriteBodies.Request((Series(), [(T0, 10)])));
        await Send(WriteBodies.Request((Series(), [(T0 + 15_000, 12)])));
        var (restarted, again) = (new SignalHub(), new RecordingSink());
        restarted.SetBindings([new(Selector.Parse("requests_total"), 0, StreamRole.Total)], again);
        using var log = new SignalLog(_store, new SignalIntake(_store, restarted), [Door(restarted)], []);
        await log.ReplayAsync(default);
        Assert.Equal(2, log.Replayed);
        Assert.Equal(_sink.Calls, again.Calls);
    }

    [Fact]
    public async Task Accept_NotSnappy_Is400()
    {
        var answer = await _door.AcceptAsync(Encoding.UTF8.GetBytes("\u0080\u0080\u0080\u0080\u0080{}"), T0, default);
        Assert.Equal(new WriteAnswer(400, "The body is not a snappy block: it begins with no length. Send snappy's block format, not the framed one."), answer);
    }

    [Fact]
    public async Task Accept_TruncatedBody_Is400()
    {
        var body = WriteBodies.Snappy(WriteBodies.Request((Series(), [(T0, 10)])));
        Assert.Equal(new WriteAnswer(400, "The body is damaged: it does not unpack to the length that it declares."), await _door.AcceptAsync(body.AsMemory(0, body.Length - 3), T0, default));
    }

    [Fact]
    public async Task Accept_Bomb_Is413BeforeAnythingIsUnpacked()
    {
        byte[] bomb = [0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x00, 0x00];
        Assert.Equal(new WriteAnswer(413, "The body unpacks to 2147483647 bytes; at most 1048576 are taken. Send fewer series a request (max_samples_per_send)."), await _door.AcceptAsync(bomb, T0, default));
    }

    [Fact]
    public async Task Accept_AnotherMessage_Is400AndSaysWhere()
        => Assert.Equal(new WriteAnswer(400, "The body is no remote-write request: what stands at byte 0 of the unpacked message is no series."), await Send([0x0A, 0x05, 0x0A]));

    [Fact]
    public async Task Accept_TenThousandLabels_RefusesTheSeriesAndTakesTheRest()
    {
        var many = Labels.Of("requests_total", [.. Enumerable.Range(0, 10_000).Select(i => ($"l{i}", "v"))]);
        Assert.Equal(204, (await Send(WriteBodies.Request((many, [(T0, 1)]), (Series(), [(T0, 1), (T0 + 1000, 3)])))).Status);
        Assert.Equal(2, _sink.Sum(0));
        Assert.Equal(1, _hub.Sources()[0].Refused[RefusalReason.TooManyLabels]);
    }

    [Fact]
    public async Task Accept_InvalidUtf8_RefusesTheSeriesByReason()
    {
        var (series, body) = (new List<byte>(), new List<byte>());
        WriteBodies.Field(series, 1, WriteBodies.Label(Encoding.UTF8.GetBytes("__name__"), [0xC3, 0x28]));
        WriteBodies.Field(series, 2, WriteBodies.Sample(T0, 1));
        WriteBodies.Field(body, 1, series);
        Assert.Equal(204, (await Send([.. body])).Status);
        Assert.Equal(1, _hub.Sources()[0].Refused[RefusalReason.InvalidUtf8]);
    }

    [Fact]
    public async Task Accept_LabelTwice_RefusesTheSeriesByReason()
    {
        var (series, body) = (new List<byte>(), new List<byte>());
        foreach (var _ in new[] { 1, 2 }) WriteBodies.Field(series, 1, WriteBodies.Label(Encoding.UTF8.GetBytes("__name__"), Encoding.UTF8.GetBytes("a")));
        WriteBodies.Field(body, 1, series);
        Assert.Equal(204, (await Send([.. body])).Status);
        Assert.Equal(1, _hub.Sources()[0].Refused[RefusalReason.InvalidLabels]);
    }

    [Fact]
    public async Task Accept_LabelsBehindSamples_ReadsThemAllTheSame()
    {
        foreach (var (at, value) in new[] { (T0, 10.0), (T0 + 1000, 14.0) })
        {
            var (series, body) = (new List<byte>(), new List<byte>());
            WriteBodies.Field(series, 2, WriteBodies.Sample(at, value));
            WriteBodies.Field(series, 1, WriteBodies.Label(Encoding.UTF8.GetBytes("__name__"), Encoding.UTF8.GetBytes("requests_total")));
            WriteBodies.Field(body, 1, series);
            Assert.Equal(204, (await Send([.. body])).Status);
        }
        Assert.Equal(4, _sink.Sum(0));
    }

    [Fact]
    public void Accept_MutatedRealBodies_NeverThrows() => Prop.ForAll<int>(seed =>
    {
        var random = new System.Random(seed);
        var message = WriteBodies.Request([.. Enumerable.Range(0, random.Next(1, 20)).Select(i => (Series($"{i}"), new[] { (T0 + i, (double)i), (T0 + i + 1, i * 2.5) }))]);
        for (var hits = random.Next(0, 12); hits > 0; hits--) message[random.Next(message.Length)] = (byte)random.Next(256);
        if (random.Next(4) == 0) message = message[..random.Next(message.Length)];
        var answer = Send(message).GetAwaiter().GetResult();
        return answer.Status is 204 or 400;
    }).Hold();

    [Fact]
    public void Read_AnyRequest_GivesWhatASlowReaderGives() => Prop.ForAll<int>(seed =>
    {
        var random = new System.Random(seed);
        var series = Enumerable.Range(0, random.Next(0, 30)).Select(i =>
            (Labels.Of("requests_total", ("code", $"{i}"), ("long", new string('x', random.Next(0, 300)))),
             Enumerable.Range(0, random.Next(0, 6)).Select(n => (T0 + n * 1000L, Math.Round(random.NextDouble() * 1e6, 3))).ToArray())).ToArray();
        var (fast, slow) = (new RecordingSink(), new RecordingSink());
        var (one, two) = (new SignalHub(), new SignalHub());
        StreamBinding[] bindings = [new(Selector.Parse("requests_total"), 0, StreamRole.Total)];
        one.SetBindings(bindings, fast);
        two.SetBindings(bindings, slow);
        using (var batch = SampleBatch.Rent(SignalSource.RemoteWrite, 0))
        {
            if (new WriteRequestReader(one, new SeriesIndex((3, 4)), batch, 64, 1000, new TextCache(), new NativeSeries(new SeriesIndex((1, 2)).Hasher)).Read(WriteBodies.Request(series)) >= 0) return false;
            one.Apply(batch);
        }
        using (var batch = SampleBatch.Rent(SignalSource.RemoteWrite, 0))
        {
            foreach (var (labels, samples) in series)
                foreach (var (at, value) in samples)
                    batch.Add(two.Resolve(labels, SampleKind.Counter, SignalSource.RemoteWrite), at, value);
            two.Apply(batch);
        }
        return fast.Calls.SequenceEqual(slow.Calls);
    }).Hold();
}
