using System.Text.Json;
using System.Text.Json.Nodes;
using Nines.Catalog;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Channels.Chat;
using Nines.Paging.Channels.Pagers;
using Nines.Paging.Channels.Slack;
using Nines.Paging.Channels.Twilio;
using Xunit;

namespace Nines.Tests.Unit.Paging.Channels;

/// <summary>One ordinary page in every format, whole: what a change of a format changes is seen.</summary>
public class PayloadGoldenTests
{
    private static readonly ChannelMessage Page = Messages.Ordinary();

    [Theory]
    [InlineData(ContactKinds.Webhook)]
    [InlineData(ContactKinds.Slack)]
    [InlineData(ContactKinds.Teams)]
    [InlineData(ContactKinds.Mattermost)]
    [InlineData(ContactKinds.Discord)]
    [InlineData(ContactKinds.PagerDuty)]
    [InlineData(ContactKinds.Opsgenie)]
    [InlineData(ContactKinds.Ntfy)]
    public void Payload_OfAnOrdinaryPage_IsItsGolden(string kind)
    {
        var rendered = Render(kind);
        var golden = File.ReadAllText(Path.Combine(Folder(), kind + ".json"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(golden), rendered), rendered.ToJsonString(HouseJson.Indented));
    }

    private static JsonNode Render(string kind) => kind switch
    {
        ContactKinds.Slack => SlackBlocks.Body(Page, "01jd0000000000000000000004", "C024BE91L"),
        ContactKinds.Teams => TeamsCard.Body(Page),
        ContactKinds.Mattermost => MattermostPost.Body(Page),
        ContactKinds.Discord => DiscordPost.Body(Page),
        ContactKinds.PagerDuty => PagerDutyEvent.Body(Page, "01jd0000000000000000000004", "R0UT1NG"),
        ContactKinds.Opsgenie => OpsgenieAlert.Call(Page, "01jd0000000000000000000004").Body,
        ContactKinds.Ntfy => NtfyMessage.Body(Page, "topic"),
        _ => JsonSerializer.SerializeToNode(Page, HouseJson.Options)!,
    };

    [Fact]
    public void Voice_OfAnOrdinaryPage_IsItsTwiml()
    {
        const string asked = """<Gather numDigits="1" timeout="7" method="POST" action="https://nines.example.com/key"><Say>This is Nines. PAGE checkout: availability burns 20 times too fast. 7,236 of 360,000 failed in the last 1 h. To take it on, press 4. To call the next person, press 6.</Say></Gather>""";
        Assert.Equal($"<Response>{asked}{asked}{asked}<Say>Good bye.</Say><Hangup /></Response>", VoiceScript.Call(Page, [], "https://nines.example.com/key"));
    }

    private static string Folder()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Nines.slnx"))) at = at.Parent;
        return Path.Combine(at!.FullName, "tests", "Unit", "3-paging", "Channels", "Payloads");
    }
}
