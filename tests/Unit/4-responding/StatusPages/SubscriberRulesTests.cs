using System.Net;
using Nines.Responding.StatusPages;
using NodaTime;
using Xunit;
using static Nines.Tests.Unit.Responding.StatusPages.StatusFixture;

namespace Nines.Tests.Unit.Responding.StatusPages;

public class SubscriberRulesTests
{
    [Theory]
    [InlineData("ada@Example.COM", "ada@example.com")]
    [InlineData(" Ada.L+shop@example.com ", "Ada.L+shop@example.com")]
    public void Address_OfAMail_IsKeptWithASmallDomain(string typed, string kept) => Assert.Equal(kept, SubscriberRules.Address(SubscriberKind.Email, typed).Value);

    [Theory]
    [InlineData("ada")]
    [InlineData("ada@localhost")]
    [InlineData("ada@example.com\r\nBcc: all@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData("<ada@example.com>")]
    [InlineData("ada@.example.com")]
    [InlineData("")]
    public void Address_OfNoMail_SaysWhatToWrite(string typed) =>
        Assert.Equal("address: This is no mail address. Write one such as you@example.com.", Said(SubscriberRules.Address(SubscriberKind.Email, typed)));

    [Theory]
    [InlineData("ftp://example.com/x")]
    [InlineData("https://me:secret@example.com/")]
    [InlineData("example.com/hook")]
    public void Address_OfNoWebhook_SaysWhatToWrite(string typed) =>
        Assert.Equal("address: This is no address that can be called. Write one that begins with https://, without name and password.", Said(SubscriberRules.Address(SubscriberKind.Webhook, typed)));

    [Fact]
    public void Ask_AgainAtOnce_WritesNothing_LaterItAsksAgain_AndNeverWhoIsToldAlready()
    {
        var page = Fold(new SubscriberAsked("shop", "s1", SubscriberKind.Email, "c2VhbGVk")).Of("shop");
        Assert.Null(SubscriberRules.Ask(page, page.Subscribers["s1"], "shop", "s2", SubscriberKind.Email, "x", Now + Duration.FromMinutes(1)).Value);
        Assert.Equal("s1", SubscriberRules.Ask(page, page.Subscribers["s1"], "shop", "s2", SubscriberKind.Email, "x", Now + SubscriberRules.AskAgainAfter).Value!.Id);
        var told = Fold(Subscribers(1)).Of("shop");
        Assert.Null(SubscriberRules.Ask(told, told.Subscribers["s000000"], "shop", "s2", SubscriberKind.Email, "x", Now + Duration.FromDays(9)).Value);
    }

    [Fact]
    public void Expired_WhoNeverConfirmed_IsForgotten()
    {
        var page = Fold([.. Subscribers(1), new SubscriberAsked("shop", "waits", SubscriberKind.Email, "c2VhbGVk")]).Of("shop");
        var due = SubscriberRules.NextExpiry(page)!.Value;
        Assert.Empty(SubscriberRules.Expired("shop", page, due - Duration.FromSeconds(1)));
        Assert.Equal("waits", Assert.Single(SubscriberRules.Expired("shop", page, due)).Id);
    }

    [Theory]
    [InlineData("127.0.0.1", "it is this machine")]
    [InlineData("10.1.2.3", "it is a private network")]
    [InlineData("192.168.0.9", "it is a private network")]
    [InlineData("172.20.0.1", "it is a private network")]
    [InlineData("100.64.0.1", "it is a provider's inner network")]
    [InlineData("::1", "it is this machine")]
    [InlineData("fd12::1", "it is a private network")]
    [InlineData("::ffff:10.0.0.1", "it is a private network")]
    [InlineData("169.254.169.254", "it is link-local, where clouds keep their metadata services")]
    public void Why_WhereNoStrangersProgramIs_SaysIt(string address, string why) => Assert.Equal(why, OutsideConnections.Why(IPAddress.Parse(address), privateToo: false));

    [Theory]
    [InlineData("93.184.215.14", false)]
    [InlineData("172.32.0.1", false)]
    [InlineData("2606:2800::1", false)]
    [InlineData("127.0.0.1", true)]
    public void Why_WhereItMayBe_IsNull(string address, bool privateToo) => Assert.Null(OutsideConnections.Why(IPAddress.Parse(address), privateToo));
}
