using System.Text;
using Nines.Kernel;
using NodaTime;
using Xunit;

namespace Nines.Tests.Storage;

/// <summary>What every journal must do, whatever keeps it.</summary>
public abstract class JournalCompliance<TBench> : StoreCompliance<TBench> where TBench : IStoreBench, new()
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 11, 21, 12, 0);

    private IJournal Journal => Store.Journal;

    [Fact]
    public async Task Head_OfAnEmptyJournal_IsZero() => Assert.Equal(0, await Journal.HeadAsync(default));

    [Fact]
    public async Task Append_SeveralTimes_PositionsHaveNoGap()
    {
        Assert.Equal(new(true, 2, [1, 2]), await AppendAsync(0, Entry("a"), Entry("a")), Same);
        Assert.Equal(new(true, 3, [3]), await AppendAsync(2, Entry("a")), Same);

        Assert.Equal([1, 2, 3], (await ReadAsync(0)).Select(e => e.Position));
        Assert.Equal(3, await Journal.HeadAsync(default));
    }

    [Fact]
    public async Task Append_SeveralStreams_EachCountsItsOwnVersions()
    {
        Assert.Equal([1, 1, 2], (await AppendAsync(0, Entry("a"), Entry("b"), Entry("a"))).Versions);
        Assert.Equal([2, 3, 1], (await AppendAsync(3, Entry("b"), Entry("a"), Entry("c"))).Versions);

        Assert.Equal([1, 2, 3], (await ReadStreamAsync("a", 0)).Select(e => e.Version));
    }

    [Fact]
    public async Task Append_AtAnOldHead_IsAConflictAndWritesNothing()
    {
        await AppendAsync(0, Entry("a"));

        Assert.Equal(new(false, 1, []), await AppendAsync(0, Entry("b")), Same);

        Assert.Single(await ReadAsync(0));
        Assert.Empty(await ReadStreamAsync("b", 0));
        Assert.Equal([1], (await AppendAsync(1, Entry("b"))).Versions);
    }

    [Fact]
    public async Task Read_AnyEntry_GivesBackEveryField()
    {
        var data = Encoding.UTF8.GetBytes("""{"text":"Zürich ☎ 東京"}""");
        var stream = new StreamName("manifest", "openslo/v1/SLO/a b/ü'\"");
        await AppendAsync(0, new NewEntry(stream, "manifests.applied.v1", Noon, "person:01j", 0, -1, "key ü", data));

        var entry = Assert.Single(await ReadAsync(0));
        Assert.Equal(new JournalEntry(1, stream, 1, "manifests.applied.v1", Noon, "person:01j", 0, "key ü", entry.Data), entry);
        Assert.Equal(data, entry.Data.ToArray());
    }

    [Fact]
    public async Task Read_EntryWithoutKeyOrData_GivesNullAndEmpty()
    {
        await AppendAsync(0, new NewEntry(new("alert", ""), "x.y.v1", Noon, "local", 0, -1, null, default));

        var entry = Assert.Single(await ReadAsync(0));
        Assert.Null(entry.Key);
        Assert.Equal(0, entry.Data.Length);
        Assert.Equal("", entry.Stream.Key);
    }

    [Fact]
    public async Task Read_LargeEntry_GivesEveryByte()
    {
        var data = new byte[3_000_000];
        new Random(4).NextBytes(data);
        await AppendAsync(0, Entry("a") with { Data = data });

        Assert.True(Assert.Single(await ReadAsync(0)).Data.Span.SequenceEqual(data));
    }

    [Fact]
    public async Task Append_CauseInTheSameAppend_BecomesItsPosition()
    {
        await AppendAsync(0, Entry("a"));
        await AppendAsync(1, Entry("a") with { Cause = 1 }, Entry("b") with { CauseOffset = 0 }, Entry("c") with { CauseOffset = 1 });

        Assert.Equal([0, 1, 2, 3], (await ReadAsync(0)).Select(e => e.Cause));
    }

    [Fact]
    public async Task Read_AfterAPosition_LeavesOutWhatCameBefore()
    {
        await AppendAsync(0, Entry("a"), Entry("b"), Entry("c"));

        Assert.Equal([3], (await ReadAsync(2)).Select(e => e.Position));
        Assert.Empty(await ReadAsync(3));
        Assert.Empty(await ReadAsync(99));
    }

    [Fact]
    public async Task Read_ManyEntries_KeepsOrderOverPages()
    {
        for (var head = 0; head < 2_600; head += 650)
            await AppendAsync(head, [.. Enumerable.Range(head, 650).Select(i => Entry("s" + (i % 7)))]);

        Assert.Equal(Enumerable.Range(1, 2_600).Select(i => (long)i), (await ReadAsync(0)).Select(e => e.Position));
        var stream = await ReadStreamAsync("s3", 0);
        Assert.Equal(Enumerable.Range(1, stream.Count).Select(i => (long)i), stream.Select(e => e.Version));
        Assert.Equal(stream.Select(e => e.Position).Order(), stream.Select(e => e.Position));
    }

    [Fact]
    public async Task Read_WhileOthersAppend_EndsAtTheHeadOfItsBeginning()
    {
        await AppendAsync(0, Entry("a"), Entry("a"));
        var seen = new List<long>();
        await foreach (var entry in Journal.ReadAsync(0, default))
        {
            seen.Add(entry.Position);
            await AppendAsync(await Journal.HeadAsync(default), Entry("a"));
        }

        Assert.Equal([1, 2], seen);
        Assert.Equal(4, await Journal.HeadAsync(default));
    }

    [Fact]
    public async Task ReadStream_AfterAVersion_LeavesOutWhatCameBefore()
    {
        await AppendAsync(0, Entry("a"), Entry("b"), Entry("a"));

        Assert.Equal([3], (await ReadStreamAsync("a", 1)).Select(e => e.Position));
        Assert.Empty(await ReadStreamAsync("a", 2));
        Assert.Empty(await ReadStreamAsync("unknown", 0));
    }

    [Fact]
    public async Task ReadAt_SomePositionsMissing_GivesTheRestInTheOrderAsked()
    {
        await AppendAsync(0, Entry("a"), Entry("b"), Entry("c"));

        Assert.Equal([3, 1], (await Journal.ReadAtAsync([3, 9, 0, 1], default)).Select(e => e.Position));
    }

    [Fact]
    public async Task Reopen_AfterAppends_KeepsEntriesAndContinues()
    {
        await AppendAsync(0, Entry("a"), Entry("b"));
        await ReopenAsync();

        Assert.Equal(new(true, 4, [2, 1]), await AppendAsync(2, Entry("a"), Entry("c")), Same);
        await ReopenAsync();
        Assert.Equal(["a", "b", "a", "c"], (await ReadAsync(0)).Select(e => e.Stream.Key));
        Assert.Equal([1, 1, 2, 1], (await ReadAsync(0)).Select(e => e.Version));
    }

    [Fact]
    public async Task Append_FromManyAtOnce_LosesNothingAndLeavesNoGap()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 20; i++)
            {
                while (!(await AppendAsync(await Journal.HeadAsync(default), Entry("w" + writer), Entry("all"))).Appended) await Task.Yield();
            }
        }));

        var all = await ReadAsync(0);
        Assert.Equal(Enumerable.Range(1, 320).Select(i => (long)i), all.Select(e => e.Position));
        foreach (var stream in all.GroupBy(e => e.Stream))
            Assert.Equal(Enumerable.Range(1, stream.Count()).Select(i => (long)i), stream.Select(e => e.Version));
    }

    [Fact]
    public async Task Snapshot_SeveralPositions_GivesTheNewestAtOrBefore()
    {
        await SaveAsync("alerts", 1, 10, Noon, "ten");
        await SaveAsync("alerts", 1, 20, Noon + Duration.FromDays(1), "twenty");
        await SaveAsync("alerts", 2, 15, Noon, "other fold");
        await ReopenAsync();

        Assert.Null(await Journal.ReadSnapshotAsync("alerts", 1, 9, default));
        Assert.Equal("ten", await SnapshotAsync("alerts", 1, 19));
        Assert.Equal("twenty", await SnapshotAsync("alerts", 1, long.MaxValue));
        Assert.Equal("other fold", await SnapshotAsync("alerts", 2, long.MaxValue));
        Assert.Null(await Journal.ReadSnapshotAsync("pages", 1, long.MaxValue, default));
        Assert.Equal(
            Noon + Duration.FromDays(1), (await Journal.ReadSnapshotAsync("alerts", 1, 20, default))!.At);
    }

    [Fact]
    public async Task Snapshot_SeveralOfOneDay_OnlyTheNewestStays()
    {
        await SaveAsync("alerts", 1, 5, Noon - Duration.FromDays(1), "yesterday");
        await SaveAsync("alerts", 1, 10, Noon, "noon");
        await SaveAsync("alerts", 1, 11, Noon + Duration.FromHours(1), "one");
        await SaveAsync("alerts", 1, 11, Noon + Duration.FromHours(2), "one again");

        Assert.Equal("yesterday", await SnapshotAsync("alerts", 1, 10));
        Assert.Equal("one again", await SnapshotAsync("alerts", 1, 11));
    }

    [Fact]
    public async Task PositionAt_BetweenEntries_IsTheOneBefore()
    {
        for (var i = 0; i < 5; i++) await AppendAsync(i, Entry("a") with { At = Noon + Duration.FromMinutes(i / 2) });

        Assert.Equal(0, await Journal.PositionAtAsync(Noon - Duration.FromSeconds(1), default));
        Assert.Equal(2, await Journal.PositionAtAsync(Noon, default));
        Assert.Equal(4, await Journal.PositionAtAsync(Noon + Duration.FromSeconds(119), default));
        Assert.Equal(5, await Journal.PositionAtAsync(Noon + Duration.FromDays(9), default));
    }

    [Fact]
    public async Task Wait_NobodyElseWrites_EndsWhenStopped()
    {
        using var stop = new CancellationTokenSource();
        var wait = Journal.WaitAsync(0, stop.Token).AsTask();
        Assert.False(wait.IsCompleted);
        await stop.CancelAsync();
        await wait;
    }

    [Fact]
    public async Task Append_RandomBatchesAgainstAModel_AgreesInEveryField()
    {
        var random = new Random(20261121);
        var model = new List<JournalEntry>();
        for (var round = 0; round < 60; round++)
        {
            var batch = Enumerable.Range(0, random.Next(1, 12)).Select(i => new NewEntry(
                new(random.Next(3) == 0 ? "page" : "alert", "k" + random.Next(9)), "t" + random.Next(4) + ".v1",
                Noon + Duration.FromMilliseconds(model.Count), "actor" + random.Next(3), random.Next(2) == 0 ? 0 : model.Count,
                i > 0 && random.Next(2) == 0 ? random.Next(i) : -1, random.Next(5) == 0 ? null : "key" + random.Next(), new byte[random.Next(40)])).ToArray();
            var head = (long)model.Count;
            foreach (var e in batch)
            {
                var cause = e.CauseOffset < 0 ? e.Cause : head + 1 + e.CauseOffset;
                model.Add(new(model.Count + 1, e.Stream, model.Count(m => m.Stream == e.Stream) + 1, e.Type, e.At, e.Actor, cause, e.Key, e.Data));
            }

            Assert.True((await AppendAsync(head, batch)).Appended);
            if (round % 20 == 19) await ReopenAsync();
        }

        var read = await ReadAsync(0);
        Assert.Equal(model.Select(Plain), read.Select(Plain));
        foreach (var stream in model.GroupBy(e => e.Stream))
            Assert.Equal(stream.Select(Plain), (await ListAsync(Journal.ReadStreamAsync(stream.Key, 0, default))).Select(Plain));
    }

    protected static NewEntry Entry(string stream) => new(new("test", stream), "tests.happened.v1", Noon, "local", 0, -1, null, "{}"u8.ToArray());

    private static JournalEntry Plain(JournalEntry entry) => entry with { Data = default };

    private static bool Same(AppendResult a, AppendResult b) =>
        (a.Appended, a.Head) == (b.Appended, b.Head) && a.Versions.SequenceEqual(b.Versions);

    private async Task<AppendResult> AppendAsync(long head, params NewEntry[] entries) => await Journal.AppendAsync(head, entries, default);

    private Task<List<JournalEntry>> ReadAsync(long after) => ListAsync(Journal.ReadAsync(after, default));

    private Task<List<JournalEntry>> ReadStreamAsync(string stream, long after) => ListAsync(Journal.ReadStreamAsync(new("test", stream), after, default));

    private static async Task<List<JournalEntry>> ListAsync(IAsyncEnumerable<JournalEntry> entries)
    {
        var all = new List<JournalEntry>();
        await foreach (var entry in entries) all.Add(entry);
        return all;
    }

    private async Task SaveAsync(string room, int fold, long position, Instant at, string text) =>
        await Journal.SaveSnapshotAsync(new(room, fold, position, at, Encoding.UTF8.GetBytes(text)), default);

    private async Task<string> SnapshotAsync(string room, int fold, long atOrBefore) =>
        Encoding.UTF8.GetString((await Journal.ReadSnapshotAsync(room, fold, atOrBefore, default))!.Data.Span);
}
