using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Storage;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Notifications;

public sealed class AcknowledgeLinksTests : IAsyncLifetime
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 30, 23, 0);

    private readonly MemoryPersonKeys _keys = new();
    private string _token = "";

    private AcknowledgeLinks Links => new(new SignedLinks(_keys), _keys, Duration.FromHours(24));

    public async Task InitializeAsync()
    {
        await _keys.GetOrCreateAsync("alice", default);
        await _keys.GetOrCreateAsync("bob", default);
        _token = (await Links.PathAsync("page1", "alice", Now, default))!["/a/".Length..];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void Check_OwnLink_SaysWhoseAndAboutWhat() => Assert.Equal(("page1", "alice"), Links.Check(_token, Now + Duration.FromHours(23)).Value);

    [Fact]
    public async Task Path_AtALaterTry_IsTheSame() => Assert.Equal("/a/" + _token, await Links.PathAsync("page1", "alice", Now, default));

    [Theory]
    [InlineData("page1", "page2")]
    [InlineData("alice", "bob")]
    [InlineData(".6", ".7")]
    [InlineData("202611", "202612")]
    public void Check_Changed_IsRefused(string from, string to)
    {
        Assert.Contains(from, _token, StringComparison.Ordinal);
        Assert.Equal("This link is not one of ours.", Assert.Single(Links.Check(_token.Replace(from, to, StringComparison.Ordinal), Now).Problems).What);
    }

    [Fact]
    public void Check_EveryByteOfTheCode_Counts()
    {
        for (var i = _token.LastIndexOf('.') + 1; i < _token.Length; i++)
            Assert.False(Links.Check(_token[..i] + (_token[i] == 'A' ? 'B' : 'A') + _token[(i + 1)..], Now).Ok);
    }

    [Fact]
    public void Check_AfterItsEnd_SaysSo() =>
        Assert.Equal("This link has expired.", Assert.Single(Links.Check(_token, Now + Duration.FromHours(24)).Problems).What);

    [Fact]
    public async Task Check_PersonWasErased_IsDead_AndThereIsNoNewOne()
    {
        await _keys.EraseAsync("alice", default);
        Assert.False(Links.Check(_token, Now).Ok);
        Assert.Null(await Links.PathAsync("page1", "alice", Now, default));
    }

    [Fact]
    public async Task Check_SignedForAnotherDoor_IsRefused()
    {
        var signature = await new SignedLinks(_keys).SignAsync("push.acknowledge", "page1.alice", Now + Duration.FromHours(1), Now, default);
        Assert.False(Links.Check($"page1.alice.{signature}", Now).Ok);
    }

    [Theory]
    [InlineData("")]
    [InlineData("...")]
    [InlineData("a.b.c.d.e")]
    [InlineData("page1.alice.zz.AAAA")]
    [InlineData("page1.alice.202611.zz.AAAA")]
    public void Check_Garbage_IsRefused(string token) => Assert.False(Links.Check(token, Now).Ok);
}
