using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nines.Kernel;
using Nines.Paging.Channels;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Channels;

public class WebhookTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 3, 0);

    [Fact]
    public void Sign_KnownValues_GivesTheKnownDigest() => Assert.Equal(
        // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac secret
        "t=1700000000,v1=49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686", WebhookSignature.Sign("secret", 1700000000, "{\"a\":1}"u8));

    [Fact]
    public void Verify_OwnSignature_HoldsForFiveMinutes()
    {
        var header = WebhookSignature.Sign("secret", 1000, "body"u8);
        Assert.True(WebhookSignature.Verify("secret", header, "body"u8, 1300));
        Assert.False(WebhookSignature.Verify("secret", header, "body"u8, 1301));
    }

    [Theory]
    [InlineData("other", "body")]
    [InlineData("secret", "bodY")]
    public void Verify_OtherSecretOrBody_Fails(string secret, string body) =>
        Assert.False(WebhookSignature.Verify(secret, WebhookSignature.Sign("secret", 1000, "body"u8), Encoding.UTF8.GetBytes(body), 1000));

    [Fact]
    public void Verify_AnyText_NeverThrows() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(), header => !WebhookSignature.Verify("secret", header.Get, "body"u8, 0)).Hold();

    [Theory]
    [InlineData(200, SendVerdict.Accepted, "The receiver answered 200 Words.")]
    [InlineData(204, SendVerdict.Accepted, "The receiver answered 204 Words.")]
    [InlineData(301, SendVerdict.Refused, "The receiver answered 301 Words. Redirects are not followed: give the final address.")]
    [InlineData(400, SendVerdict.Refused, "The receiver answered 400 Words.")]
    [InlineData(404, SendVerdict.Refused, "The receiver answered 404 Words.")]
    [InlineData(408, SendVerdict.Retry, "The receiver answered 408 Words.")]
    [InlineData(429, SendVerdict.Retry, "The receiver answered 429 Words.")]
    [InlineData(500, SendVerdict.Retry, "The receiver answered 500 Words.")]
    [InlineData(503, SendVerdict.Retry, "The receiver answered 503 Words.")]
    public void Judge_Status_DecidesWhetherItIsTriedAgain(int status, SendVerdict verdict, string reason) =>
        Assert.Equal(new SendOutcome(verdict, reason), WebhookAnswer.Judge(status, "Words", null, Now));

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Sat, 21 Nov 2026 03:01:30 GMT", 90)]
    [InlineData("Sat, 21 Nov 2026 02:00:00 GMT", 0)]
    public void Judge_RetryAfter_IsReadAsSecondsOrDate(string header, int seconds) =>
        Assert.Equal(Duration.FromSeconds(seconds), WebhookAnswer.Judge(429, "", header, Now).Wait);

    [Theory]
    [InlineData("127.0.0.1", null)]
    [InlineData("10.0.0.8", null)]
    [InlineData("192.168.1.4", null)]
    [InlineData("::1", null)]
    [InlineData("fd12::1", null)]
    [InlineData("93.184.216.34", null)]
    [InlineData("169.254.169.254", "it is link-local, where clouds keep their metadata services")]
    [InlineData("::ffff:169.254.169.254", "it is link-local, where clouds keep their metadata services")]
    [InlineData("fe80::1", "it is link-local")]
    [InlineData("fd00:ec2::254", "it is a metadata service")]
    [InlineData("0.0.0.0", "it is the unspecified address")]
    [InlineData("0.1.2.3", "it is the unspecified network")]
    [InlineData("224.0.0.1", "it is multicast")]
    [InlineData("255.255.255.255", "it is reserved or broadcast")]
    [InlineData("ff02::1", "it is multicast")]
    public void Why_Address_IsRefusedWhereOnlyThisMachineReachesIt(string address, string? why) => Assert.Equal(why, ForbiddenAddress.Why(IPAddress.Parse(address)));

    [Fact]
    public void Options_EverythingWrong_SaysAllAtOnce() => Assert.Equal(
        [
            "channels:smtpPort: 0 is not a port. Write one from 1 to 65535.",
            "channels:smtpTls: \"maybe\" is not known. Write auto, required, implicit or none.",
            "channels:smtpFrom: \"no\" is not an address. Write one such as nines@example.com.",
            "channels:smtpPassword: a password must not stand in the settings. Write where it is kept: env:NAME or file:/absolute/path.",
        ],
        new ChannelsOptionsValidator().Validate(null, new() { SmtpPort = 0, SmtpTls = "maybe", SmtpFrom = "no", SmtpPassword = "hunter2" }).Failures);
}
