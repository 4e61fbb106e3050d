using System.Text;
using Nines.Kernel;
using Nines.Storage;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Storage;

/// <summary>A little of everything that a store keeps, and the proof that it is all there.</summary>
internal static class StoreSample
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 11, 21, 12, 0);

    public static NewEntry Entry(string stream, string data) => new(new("test", stream), "tests.happened.v1", Noon, "local", 0, -1, null, Encoding.UTF8.GetBytes(data));

    public static async Task<byte[]> FillAsync(Store store)
    {
        await store.Journal.AppendAsync(0, [Entry("a", "1"), Entry("b", "2"), Entry("a", "3")], default);
        var id = await store.Signals.StreamIdAsync("first", default);
        await store.Signals.StreamIdAsync("second", default);
        foreach (var body in (string[])["one", "two", "three"]) await store.Signals.AppendLogAsync(7, 8, Encoding.UTF8.GetBytes(body), default);
        await store.Signals.CheckpointAsync(new(2, [new(id, 5, "block"u8.ToArray())], [new("state", "s"u8.ToArray())]), default);
        await store.Signals.AppendLogAsync(7, 8, "four"u8.ToArray(), default);
        return await store.Keys.GetOrCreateAsync("person:a", default);
    }

    public static async Task CheckAsync(Store store, byte[] key)
    {
        var entries = new List<string>();
        await foreach (var e in store.Journal.ReadAsync(0, default)) entries.Add($"{e.Position} {e.Stream} {e.Version} {e.At} {Encoding.UTF8.GetString(e.Data.Span)}");
        Assert.Equal([$"1 test/a 1 {Noon} 1", $"2 test/b 1 {Noon} 2", $"3 test/a 2 {Noon} 3"], entries);
        var log = new List<(long, int, long, string)>();
        await foreach (var r in store.Signals.ReadLogAsync(0, default)) log.Add((r.Position, r.Kind, r.AtUnixMs, Encoding.UTF8.GetString(r.Body.Span)));
        Assert.Equal([(3, 7, 8, "three"), (4, 7, 8, "four")], log);
        Assert.Equal((1, 2), (await store.Signals.StreamIdAsync("first", default), await store.Signals.StreamIdAsync("second", default)));
        Assert.Equal("block"u8.ToArray(), await store.Signals.ReadBlockAsync(1, 5, default));
        Assert.Equal("s"u8.ToArray(), await store.Signals.ReadStateAsync("state", default));
        Assert.Equal(key, store.Keys.Find("person:a"));
    }
}
