using System.Text;
using Nines.Kernel;
using Nines.Storage;
using Npgsql;
using Xunit;

namespace Nines.Tests.Interop.Storage;

/// <summary>Two nodes over one database, and what happens when that database fails.</summary>
public sealed class PostgresTwoNodesTests : IAsyncLifetime
{
    private static readonly NodaTime.Instant Noon = NodaTime.Instant.FromUtc(2026, 11, 21, 12, 0);

    private readonly PostgresBench _bench = new();
    private Store _one = null!;
    private Store _two = null!;

    public async Task InitializeAsync()
    {
        _one = await _bench.OpenNodeAsync(0);
        _two = await _bench.OpenNodeAsync(1);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task Append_TwoNodesAtOnce_OneGaplessOrderThatAFollowerNeverMisses()
    {
        var follower = FollowAsync(_two.Journal, 400);
        await Task.WhenAll(WriteAsync(_one.Journal, "one"), WriteAsync(_two.Journal, "two"), WriteAsync(_one.Journal, "one"), WriteAsync(_two.Journal, "two"));

        var seen = await follower;
        Assert.Equal(Enumerable.Range(1, 400).Select(i => (long)i), seen.Select(e => e.Position));
        foreach (var stream in seen.GroupBy(e => e.Stream))
            Assert.Equal(Enumerable.Range(1, stream.Count()).Select(i => (long)i), stream.Select(e => e.Version));
        Assert.Equal(2, seen.Select(e => e.Stream.Key).Where(k => k is "one" or "two").Distinct().Count());
    }

    [Fact]
    public async Task Append_StreamThatTheOtherNodeMade_ContinuesItsVersions()
    {
        await _one.Journal.AppendAsync(0, [Entry("a"), Entry("b")], default);
        Assert.False((await _two.Journal.AppendAsync(0, [Entry("a")], default)).Appended);
        Assert.Equal([2], (await _two.Journal.AppendAsync(2, [Entry("a")], default)).Versions);
        Assert.Equal([3, 2], (await _one.Journal.AppendAsync(3, [Entry("a"), Entry("b")], default)).Versions);
    }

    [Fact]
    public async Task Wait_OtherNodeAppends_ReturnsAndTheEntryCanBeRead()
    {
        var wait = _two.Journal.WaitAsync(0, default).AsTask();
        await _one.Journal.AppendAsync(0, [Entry("a")], default);
        await wait.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(1, await _two.Journal.HeadAsync(default));
    }

    [Fact]
    public async Task Lease_HeldByOneNode_IsRefusedToTheOtherAndTakenOverWhenItLapses()
    {
        var length = NodaTime.Duration.FromMilliseconds(700);
        var first = await _one.Leases.AcquireAsync("duty", 1, "one", length, Noon, default);
        Assert.Null(await _two.Leases.AcquireAsync("duty", 1, "two", length, Noon, default));
        await Task.Delay(900);

        var second = await _two.Leases.AcquireAsync("duty", 1, "two", length, Noon, default);
        Assert.True(second!.Fence > first!.Fence);
        Assert.Null(await _one.Leases.AcquireAsync("duty", 1, "one", length, Noon, default));
    }

    [Fact]
    public async Task Keys_MadeAndErasedOnOneNode_TheOtherFollows()
    {
        var key = await _one.Keys.GetOrCreateAsync("p", default);
        Assert.Equal(key, _two.Keys.Find("p"));
        await _one.Keys.EraseAsync("p", default);
        for (var i = 0; i < 100 && _two.Keys.Find("p") is not null; i++) await Task.Delay(50);

        Assert.Null(_two.Keys.Find("p"));
    }

    [Fact]
    public async Task Signals_OfTwoNodes_DoNotMix()
    {
        await _one.Signals.AppendLogAsync(1, 1, "one"u8.ToArray(), default);
        await _two.Signals.AppendLogAsync(1, 1, "two"u8.ToArray(), default);
        await _one.Signals.CheckpointAsync(new(1, [], [new("s", "x"u8.ToArray())]), default);

        var log = new List<string>();
        await foreach (var record in _two.Signals.ReadLogAsync(0, default)) log.Add(Encoding.UTF8.GetString(record.Body.Span));
        Assert.Equal(["two"], log);
        Assert.Null(await _two.Signals.ReadStateAsync("s", default));
    }

    [Fact]
    public async Task Append_AfterAFailOver_IsRefusedUntilTheNodeReadsAnew()
    {
        await _one.Journal.AppendAsync(0, [Entry("a")], default);
        await SqlAsync("UPDATE nines.head SET timeline = '000000FF'");

        var refused = await Assert.ThrowsAsync<StorageException>(() => _one.Journal.AppendAsync(1, [Entry("a")], default).AsTask());
        Assert.Equal(
            $"{Place()} was failed over to a standby (epoch 2; this node knew 1), which may lack what this node has read. Restart this node, so that it reads the journal anew; nothing was written.",
            refused.Message);
        await _one.DisposeAsync();
        _one = await _bench.OpenNodeAsync(0);
        Assert.True((await _one.Journal.AppendAsync(1, [Entry("a")], default)).Appended);
    }

    [Fact]
    public async Task Append_DatabaseRestoredFromAnOlderState_IsRefused()
    {
        await _one.Journal.AppendAsync(0, [Entry("a"), Entry("a")], default);
        await SqlAsync("DELETE FROM nines.journal WHERE position = 2; UPDATE nines.head SET position = 1");

        var refused = await Assert.ThrowsAsync<StorageException>(() => _one.Journal.AppendAsync(2, [Entry("a")], default).AsTask());
        Assert.Equal(
            $"{Place()} went back from position 2 to 1: it was restored from an older state. Restart this node, so that it reads the journal anew; nothing was written.",
            refused.Message);
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedUntouched()
    {
        await SqlAsync("INSERT INTO nines.schema VALUES(9)");

        var refused = await Assert.ThrowsAsync<StorageException>(() => _bench.OpenNodeAsync(2));
        Assert.Equal(
            $"{Place()} was written by a newer Nines (schema 9; this one knows 1). Start that version again, or restore a backup taken before the update; nothing was changed.",
            refused.Message);
    }

    [Fact]
    public async Task Append_ReadOnlyServer_SaysSo()
    {
        await SqlAsync($"ALTER DATABASE {Database()} SET default_transaction_read_only = on");

        var refused = await Assert.ThrowsAsync<StorageException>(async () => await (await _bench.OpenNodeAsync(2)).Journal.AppendAsync(0, [Entry("a")], default));
        Assert.Equal(
            $"{Place()} takes no writes: it is a standby, or default_transaction_read_only is on. Name the primary with --postgres; nothing was written.",
            refused.Message);
    }

    [Fact]
    public async Task Open_NobodyThere_SaysWhere()
    {
        var folder = Directory.CreateTempSubdirectory("nines-node-");
        var refused = await Assert.ThrowsAsync<StorageException>(() => Store.OpenAsync(new(folder.FullName, "postgres://nines:secret@127.0.0.1:1/nines")));
        folder.Delete(recursive: true);

        Assert.Equal(
            "PostgreSQL at 127.0.0.1:1, database nines does not answer (Connection refused). Check that it runs and that --postgres names it; a change that was under way is either whole or not there, so send it again with its idempotency key.",
            refused.Message);
    }

    private static async Task WriteAsync(IJournal journal, string stream)
    {
        var head = await journal.HeadAsync(default);
        for (var i = 0; i < 50;)
        {
            var result = await journal.AppendAsync(head, [Entry(stream), Entry(stream + i)], default);
            head = result.Head;
            if (result.Appended) i++;
        }
    }

    private static async Task<List<JournalEntry>> FollowAsync(IJournal journal, int count)
    {
        var seen = new List<JournalEntry>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (seen.Count < count)
        {
            patience.Token.ThrowIfCancellationRequested();
            await foreach (var entry in journal.ReadAsync(seen.Count, default)) seen.Add(entry);
            if (seen.Count < count) await Task.Delay(1);
        }

        return seen;
    }

    private static NewEntry Entry(string stream) => new(new("test", stream), "tests.happened.v1", Noon, "local", 0, -1, null, "{}"u8.ToArray());

    private string Database() => new NpgsqlConnectionStringBuilder(_bench.Connection).Database!;

    private string Place() => $"PostgreSQL at {new NpgsqlConnectionStringBuilder(_bench.Connection).Host}:5432, database {Database()}";

    private async Task SqlAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_bench.Connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
