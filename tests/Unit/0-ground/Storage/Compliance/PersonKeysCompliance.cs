using Xunit;

namespace Nines.Tests.Storage;

/// <summary>What the keeper of people's keys must do.</summary>
public abstract class PersonKeysCompliance<TBench> : StoreCompliance<TBench> where TBench : IStoreBench, new()
{
    [Fact]
    public async Task GetOrCreate_TwiceAndAfterReopening_IsOneKeyOf32Bytes()
    {
        var key = await Store.Keys.GetOrCreateAsync("person:ü", default);
        Assert.Equal(32, key.Length);
        Assert.Equal(key, await Store.Keys.GetOrCreateAsync("person:ü", default));
        await ReopenAsync();

        Assert.Equal(key, Store.Keys.Find("person:ü"));
        Assert.Equal(key, await Store.Keys.GetOrCreateAsync("person:ü", default));
        Assert.NotEqual(key, await Store.Keys.GetOrCreateAsync("person:b", default));
    }

    [Fact]
    public async Task GetOrCreate_ManyAtOnce_IsOneKey()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Store.Keys.GetOrCreateAsync("p", default).AsTask()));

        Assert.All(keys, key => Assert.Equal(keys[0], key));
    }

    [Fact]
    public async Task Erase_KnownPerson_TheKeyIsGoneForEver()
    {
        var key = await Store.Keys.GetOrCreateAsync("p", default);
        await Store.Keys.EraseAsync("p", default);
        Assert.Null(Store.Keys.Find("p"));
        await ReopenAsync();

        Assert.Null(Store.Keys.Find("p"));
        Assert.NotEqual(key, await Store.Keys.GetOrCreateAsync("p", default));
    }

    [Fact]
    public async Task Keep_ASecretOfAnyLength_IsFoundUntilItIsErased()
    {
        byte[] secret = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];
        await Store.Keys.KeepAsync("password/1", secret, default);
        await ReopenAsync();
        Assert.Equal(secret, Store.Keys.Find("password/1"));

        await Store.Keys.EraseAsync("password/1", default);
        await ReopenAsync();
        Assert.Null(Store.Keys.Find("password/1"));
    }

    [Fact]
    public async Task Keep_UnderATakenName_ThrowsAndChangesNothing()
    {
        await Store.Keys.KeepAsync("password/1", [1], default);

        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.Keys.KeepAsync("password/1", [2], default));
        Assert.Equal(new byte[] { 1 }, Store.Keys.Find("password/1"));
    }

    [Fact]
    public async Task Erase_Unknown_DoesNothing()
    {
        await Store.Keys.EraseAsync("nobody", default);

        Assert.Null(Store.Keys.Find("nobody"));
    }
}
