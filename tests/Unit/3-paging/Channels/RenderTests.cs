using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Channels.Chat;
using Nines.Paging.Channels.Pagers;
using Nines.Paging.Channels.Push;
using Nines.Paging.Channels.Slack;
using Nines.Paging.Channels.Twilio;
using Xunit;

namespace Nines.Tests.Unit.Paging.Channels;

/// <summary>Every severity, way out and event has words, within its provider's limits, and nobody can write outside of them.</summary>
public class RenderTests
{
    public static TheoryData<AlertSeverity, string, string> Cells
    {
        get
        {
            var cells = new TheoryData<AlertSeverity, string, string>();
            foreach (var severity in Enum.GetValues<AlertSeverity>())
                foreach (var kind in ContactKinds.All)
                    foreach (var happened in MessageEvent.All) cells.Add(severity, kind, happened);
            return cells;
        }
    }

    /// <summary>What leaves the house, as text.</summary>
    private static string Render(string kind, ChannelMessage message) => kind switch
    {
        ContactKinds.Webhook => JsonSerializer.Serialize(message, HouseJson.Options),
        ContactKinds.Email => Encoding.ASCII.GetString(new MailMessage("n@x.example", "a@x.example", message.Text, MailText.Body(message), "e@x", null, "pages.nines.x", message.Page, true).ToBytes(Messages.At)),
        ContactKinds.Sms => SmsText.Of(message, "7k3m", []),
        ContactKinds.Voice => VoiceScript.Call(message, [], "https://nines.example.com/in/twilio/voice/e/key"),
        ContactKinds.Slack => Json(SlackBlocks.Body(message, "e", "C1")),
        ContactKinds.Teams => Json(TeamsCard.Body(message)),
        ContactKinds.Mattermost => Json(MattermostPost.Body(message)),
        ContactKinds.Discord => Json(DiscordPost.Body(message)),
        ContactKinds.PagerDuty => Json(PagerDutyEvent.Body(message, "e", "k")),
        ContactKinds.Opsgenie => Json(OpsgenieAlert.Call(message, "e").Body),
        ContactKinds.Ntfy => Json(NtfyMessage.Body(message, "topic")),
        ContactKinds.Push => Encoding.UTF8.GetString(PushNotice.Of(message, "e", "receipt", "acknowledge")),
        _ => "",
    };

    private static string Json(JsonNode node) => node.ToJsonString(HouseJson.Options);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Render_EveryCell_SaysSomethingWithinTheLimits(AlertSeverity severity, string kind, string happened)
    {
        foreach (var message in (ChannelMessage[])[Messages.Ordinary(happened, severity), Messages.Hostile(happened, severity), Messages.Hostile(happened, severity, 1), Bare(happened, severity)])
        {
            var text = Render(kind, message);
            Assert.NotEmpty(text);
            Assert.True(Longest(kind) >= Encoding.UTF8.GetByteCount(text), $"{kind} has {Encoding.UTF8.GetByteCount(text)} bytes");
            // A lone half of a character would have become this.
            Assert.DoesNotContain('\ufffd', text);
            if (kind is ContactKinds.Voice) _ = XDocument.Parse(text);
            else if (kind is not (ContactKinds.Sms or ContactKinds.Email)) using (JsonDocument.Parse(text)) { }
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Render_HostileText_StaysText(AlertSeverity severity, string kind, string happened)
    {
        var text = Render(kind, Messages.Hostile(happened, severity, 2));
        switch (kind)
        {
            case ContactKinds.Slack:
                Assert.DoesNotContain("\"text\":\"<!", text.Replace("\\u200b", "", StringComparison.Ordinal), StringComparison.Ordinal);
                Assert.All(Texts(JsonNode.Parse(text)!, "mrkdwn"), t => Assert.DoesNotContain("<!channel>", t, StringComparison.Ordinal));
                break;
            case ContactKinds.Teams or ContactKinds.Mattermost:
                Assert.DoesNotContain("@everyone", text, StringComparison.Ordinal);
                // What notifications show is no Markdown.
                Assert.All(Markdown(JsonNode.Parse(text)!), t => Assert.DoesNotContain("](javascript:", t, StringComparison.Ordinal));
                break;
            case ContactKinds.Discord:
                Assert.Contains("\"allowed_mentions\":{\"parse\":[]}", text, StringComparison.Ordinal);
                Assert.DoesNotContain("@everyone", text, StringComparison.Ordinal);
                break;
            case ContactKinds.Voice:
                Assert.All(XDocument.Parse(text).Root!.DescendantsAndSelf(), e => Assert.Contains(e.Name.LocalName, (string[])["Response", "Gather", "Say", "Pause", "Hangup"]));
                Assert.Single(XDocument.Parse(text).Root!.Elements("Hangup"));
                break;
            case ContactKinds.Email:
                Assert.DoesNotContain(text.Split("\r\n\r\n")[0].Split("\r\n"), line => line.StartsWith("Bcc", StringComparison.Ordinal));
                break;
            default:
                break;
        }

        Assert.DoesNotContain("\"javascript:", text.Replace(kind == ContactKinds.Webhook ? "\"runbook\":\"javascript:" : "\0", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Slack_ALongMessage_KeepsEveryLimit()
    {
        var many = Messages.Hostile(MessageEvent.Opened, AlertSeverity.Page, 200);
        many = many with { Alerts = [.. Enumerable.Repeat(many.Alerts[0], 40)] };
        var body = SlackBlocks.Body(many, "01jd0000000000000000000004", "C024BE91L");
        var blocks = body["blocks"]!.AsArray();
        Assert.True(blocks.Count <= 50);
        Assert.True(blocks[0]!["text"]!["text"]!.GetValue<string>().Length <= 150);
        Assert.All(blocks.Where(b => b!["type"]!.GetValue<string>() == "section"), b => Assert.True(b!["text"]!["text"]!.GetValue<string>().Length <= 3000));
        Assert.True(body.ToJsonString(HouseJson.Options).Length < 13_000, $"{body.ToJsonString(HouseJson.Options).Length}");
    }

    [Fact]
    public void Teams_ALongMessage_StaysBelow28KB()
    {
        var many = Messages.Hostile(MessageEvent.Opened, AlertSeverity.Page, 2000);
        Assert.True(Encoding.UTF8.GetByteCount(Json(TeamsCard.Body(many with { Alerts = [.. Enumerable.Repeat(many.Alerts[0], 40)] }))) <= TeamsCard.Longest);
    }

    [Fact]
    public void PagerDuty_OnePage_IsOneIncidentFromTriggerToResolve()
    {
        string[] events = [MessageEvent.Opened, MessageEvent.Repeated, MessageEvent.Acknowledged, MessageEvent.Resolved];
        Assert.Equal(["trigger", "trigger", "acknowledge", "resolve"], events.Select(e => PagerDutyEvent.Body(Messages.Ordinary(e), "e", "k")["event_action"]!.GetValue<string>()));
        Assert.Single(events.Select(e => PagerDutyEvent.Body(Messages.Ordinary(e), "e" + e, "k")["dedup_key"]!.GetValue<string>()).Distinct());
    }

    [Fact]
    public void Opsgenie_OnePage_IsOneAlertFromCreateToClose()
    {
        Assert.Equal("/v2/alerts", OpsgenieAlert.Call(Messages.Ordinary(), "e").Path);
        Assert.Equal("/v2/alerts/nines%2F01jd0000000000000000000002/close?identifierType=alias", OpsgenieAlert.Call(Messages.Ordinary(MessageEvent.Resolved), "e").Path);
        Assert.Equal("/v2/alerts/nines%2F01jd0000000000000000000002/acknowledge?identifierType=alias", OpsgenieAlert.Call(Messages.Ordinary(MessageEvent.Acknowledged), "e").Path);
        Assert.Equal("nines/01jd0000000000000000000002", OpsgenieAlert.Call(Messages.Ordinary(), "e").Body["alias"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("ack 7k3m", "acknowledge 7k3m")]
    [InlineData("Ack. 7K3M!", "acknowledge 7k3m")]
    [InlineData("7k3m ack", "acknowledge 7k3m")]
    [InlineData("a 7k3m", "acknowledge 7k3m")]
    [InlineData("esc 7k3m", "escalate 7k3m")]
    [InlineData("no 7k3m", "escalate 7k3m")]
    [InlineData("ack", null)]
    [InlineData("ack all of them", null)]
    [InlineData("ack ack", null)]
    [InlineData("", null)]
    public void SmsReply_Text_IsReadAsPeopleType(string text, string? read) => Assert.Equal(read, SmsReply.Read(text) is { } reply ? $"{reply.Answer} {reply.Code}" : null);

    [Fact]
    public void Sms_ManyHeldBack_SaysHowMany()
    {
        var text = SmsText.Of(Messages.Ordinary(), "7k3m", [.. Enumerable.Range(1, 30).Select(i => $"PAGE service-{i}: something burns quite a lot here")]);
        Assert.StartsWith("31 pages: PAGE checkout", text, StringComparison.Ordinal);
        Assert.Matches("\\(and [0-9]+ more\\) Reply \"ack 7k3m\" to take it on\\.$", text);
        Assert.True(text.Length <= SmsText.Longest);
    }

    [Fact]
    public void Voice_ACode_IsSpelledDigitByDigit() => Assert.Contains(
        "<Say>Nines: your code is 4, 8, 2, 9, 1, 3. It counts for 10 minutes.</Say>",
        VoiceScript.Call(Messages.Ordinary(MessageEvent.Code) with { Text = "Nines: your code is 482913. It counts for 10 minutes." }, [], null), StringComparison.Ordinal);

    [Theory]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("/pages/1", null)]
    [InlineData("https://user:pw@x.example.com", null)]
    [InlineData("https://x.example.com/a)|b>c'", "https://x.example.com/a%29%7Cb%3Ec%27")]
    public void Safe_Link_EndsNoFormat(string url, string? safe) => Assert.Equal(safe, MessageFacts.Safe(url));

    private static ChannelMessage Bare(string happened, AlertSeverity severity) => new(happened, "", "", severity, "", "", Messages.At, "", true, []);

    private static IEnumerable<string> Texts(JsonNode node, string type) => node switch
    {
        JsonObject o when o["type"]?.ToString() == type && o["text"] is JsonValue text => [text.ToString()],
        JsonObject o => o.Where(p => p.Value is not null).SelectMany(p => Texts(p.Value!, type)),
        JsonArray a => a.OfType<JsonNode>().SelectMany(n => Texts(n, type)),
        _ => [],
    };

    private static IEnumerable<string> Markdown(JsonNode node) => node switch
    {
        JsonObject o => o.Where(p => p.Value is not null && p.Key is not ("fallback" or "fallbackText" or "title")).SelectMany(p => Markdown(p.Value!)),
        JsonArray a => a.OfType<JsonNode>().SelectMany(Markdown),
        JsonValue v => [v.ToString()],
        _ => [],
    };

    private static int Longest(string kind) => kind switch
    {
        ContactKinds.Sms => SmsText.Longest * 3,
        ContactKinds.Push => PushEncryption.Longest,
        ContactKinds.Teams => TeamsCard.Longest,
        ContactKinds.PagerDuty => 512 * 1024,
        ContactKinds.Ntfy => 16 * 1024,
        _ => 256 * 1024,
    };
}
