using Nines.Paging.Notifications;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Notifications;

public class AcknowledgeLinkTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 3, 0);
    private static readonly byte[] Alice = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Bob = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private static string Token => AcknowledgeLink.Path(Alice, "page1", "alice", Now + Duration.FromHours(24))["/a/".Length..];

    private static byte[]? KeyOf(string person) => person switch { "alice" => Alice, "bob" => Bob, _ => null };

    [Fact]
    public void Check_OwnLink_SaysWhoseAndAboutWhat() => Assert.Equal(("page1", "alice"), AcknowledgeLink.Check(Token, KeyOf, Now).Value);

    [Theory]
    [InlineData("page1", "page2")]
    [InlineData("alice", "bob")]
    [InlineData(".6", ".7")]
    public void Check_Changed_IsRefused(string from, string to) =>
        Assert.Equal("This link is not one of ours.", Assert.Single(AcknowledgeLink.Check(Token.Replace(from, to, StringComparison.Ordinal), KeyOf, Now).Problems).What);

    [Fact]
    public void Check_EveryByteOfTheCode_Counts()
    {
        for (var i = Token.LastIndexOf('.') + 1; i < Token.Length; i++)
        {
            var forged = Token[..i] + (Token[i] == 'A' ? 'B' : 'A') + Token[(i + 1)..];
            Assert.False(AcknowledgeLink.Check(forged, KeyOf, Now).Ok);
        }
    }

    [Fact]
    public void Check_AfterItsEnd_SaysSo() =>
        Assert.Equal("This link has expired.", Assert.Single(AcknowledgeLink.Check(Token, KeyOf, Now + Duration.FromHours(24)).Problems).What);

    [Fact]
    public void Check_PersonWasErased_IsDead() => Assert.False(AcknowledgeLink.Check(Token, _ => null, Now).Ok);

    [Theory]
    [InlineData("")]
    [InlineData("...")]
    [InlineData("a.b.c.d.e")]
    [InlineData("page1.alice.zz.AAAA")]
    public void Check_Garbage_IsRefused(string token) => Assert.False(AcknowledgeLink.Check(token, KeyOf, Now).Ok);
}
