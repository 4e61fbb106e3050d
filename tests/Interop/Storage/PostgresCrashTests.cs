using System.Globalization;
using System.Text;
using Nines.Kernel;
using Nines.Storage;
using Xunit;

namespace Nines.Tests.Interop.Storage;

/// <summary>The server is killed while a node appends: what was acknowledged is there, and the node goes on by itself.</summary>
public sealed class PostgresCrashTests
{
    private static readonly int Rounds = LongRun.Of(2, 10);

    [Fact]
    public async Task Append_ServerKilledMeanwhile_KeepsEveryAcknowledgedEntryAndRecovers()
    {
        var server = await PostgresServer.StartOwnAsync();
        var folder = Directory.CreateTempSubdirectory("nines-node-");
        await using (var store = await Store.OpenAsync(new(folder.FullName, await server.CreateDatabaseAsync())))
        {
            var acknowledged = new List<(long Position, string Body)>();
            for (var round = 0; round < Rounds; round++)
            {
                var writer = WriteUntilItBreaksAsync(store, acknowledged, round);
                await Task.Delay(300);
                await server.CrashAsync();
                await writer;
            }

            Assert.True(acknowledged.Count > Rounds);
            LongRun.Count("kills of PostgreSQL under load", Rounds);
            var read = new Dictionary<long, string>();
            await foreach (var entry in store.Journal.ReadAsync(0, default)) read[entry.Position] = Encoding.UTF8.GetString(entry.Data.Span);
            foreach (var (position, body) in acknowledged) Assert.Equal(body, read[position]);
        }

        folder.Delete(recursive: true);
    }

    private static async Task WriteUntilItBreaksAsync(Store store, List<(long Position, string Body)> acknowledged, int round)
    {
        var head = await store.Journal.HeadAsync(default);
        try
        {
            for (var i = 0; ; i++)
            {
                var body = string.Create(CultureInfo.InvariantCulture, $"round {round} entry {i}");
                var result = await store.Journal.AppendAsync(
                    head, [new(new("test", "a"), "tests.happened.v1", default, "local", 0, -1, null, Encoding.UTF8.GetBytes(body))], default);
                head = result.Head;
                if (result.Appended) acknowledged.Add((head, body));
            }
        }
        catch (StorageException)
        {
            // The server is gone; the next round begins when it is back.
        }
    }
}
