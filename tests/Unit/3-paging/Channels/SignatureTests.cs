using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nines.Paging.Channels.Slack;
using Nines.Paging.Channels.Twilio;
using Xunit;

namespace Nines.Tests.Unit.Paging.Channels;

public class SignatureTests
{
    // The request of Twilio's own documentation and of its libraries' tests.
    private const string Url = "https://mycompany.com/myapp.php?foo=1&bar=2";

    private static readonly KeyValuePair<string, string>[] Form =
    [
        new("CallSid", "CA1234567890ABCDE"), new("Caller", "+14158675309"), new("Digits", "1234"), new("From", "+14158675309"), new("To", "+18005551212"),
    ];

    [Fact]
    public void Twilio_PublishedRequest_HasThePublishedSignature()
    {
        Assert.Equal("RSOYDt4T1cUTdK1PDd93/VVr8B8=", TwilioSignature.Sign("12345", Url, Form));
        Assert.True(TwilioSignature.Verify("12345", Url, [.. Form.Reverse()], "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
    }

    [Fact]
    public void Twilio_AnythingElse_IsForged()
    {
        const string genuine = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        Assert.False(TwilioSignature.Verify("54321", Url, Form, genuine));
        Assert.False(TwilioSignature.Verify("12345", Url + "0", Form, genuine));
        Assert.False(TwilioSignature.Verify("12345", Url, [.. Form, new("Digits2", "4")], genuine));
        Assert.False(TwilioSignature.Verify("12345", Url, Form[..4], genuine));
        Assert.False(TwilioSignature.Verify("12345", Url, Form, ""));
    }

    // https://api.slack.com/authentication/verifying-requests-from-slack, step by step.
    private const string SlackSecret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string SlackTime = "1531420618";
    private const string SlackBody = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    private const string SlackSigned = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    [Fact]
    public void Slack_PublishedRequest_HasThePublishedSignature() =>
        Assert.Equal(SlackSigned, SlackSignature.Sign(SlackSecret, SlackTime, Encoding.UTF8.GetBytes(SlackBody)));

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void Slack_GenuineRequest_CountsForFiveMinutes(long later, bool genuine) =>
        Assert.Equal(genuine, SlackSignature.Verify(SlackSecret, SlackTime, SlackSigned, Encoding.UTF8.GetBytes(SlackBody), 1531420618 + later));

    [Fact]
    public void Slack_AnyHeaders_NeverThrow() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(), any => !SlackSignature.Verify(SlackSecret, any.Get, any.Get, "body"u8, 1531420618)).Hold();
}
