using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Channels.Chat;
using Nines.Paging.Channels.Push;
using Nines.Paging.Channels.Slack;
using Nines.Tests.Interop.Peers;
using Nines.Tests.Unit.Paging.Channels;
using Xunit;

namespace Nines.Tests.Interop.Channels;

/// <summary>What the providers' own libraries say of every message: Slack's types, Microsoft's cards, Mozilla's push encryption.</summary>
public sealed class ProvidersReadWhatNinesSends
{
    private const string Folder = "Channels/Npm";

    /// <summary>Every event at every severity, as people write it and as somebody hostile does, and a storm of alerts.</summary>
    private static IEnumerable<ChannelMessage> All()
    {
        foreach (var happened in MessageEvent.All)
            foreach (var severity in Enum.GetValues<AlertSeverity>())
            {
                yield return Messages.Ordinary(happened, severity);
                yield return Messages.Hostile(happened, severity);
                var many = Messages.Hostile(happened, severity, 300);
                yield return many with { Alerts = [.. Enumerable.Repeat(many.Alerts, 40).SelectMany(a => a)] };
            }
    }

    private static string Json(IEnumerable<JsonNode> nodes) => new JsonArray([.. nodes]).ToJsonString(HouseJson.Options);

    [Fact]
    public async Task Slack_EveryMessage_CompilesAsKnownBlocks()
    {
        var messages = All().Select(m => (JsonNode)SlackBlocks.Body(m, "01jd0000000000000000000004", "C024BE91L")).ToArray();
        Assert.Equal($"{messages.Length} compile", await NodePeer.RunAsync(Folder, "slack.mjs", Json(messages)));
    }

    [Fact]
    public async Task Slack_AWrongBlock_DoesNotCompile() => Assert.Contains(
        "is not assignable to type", await NodePeer.RunAsync(Folder, "slack.mjs", """[{"blocks":[{"type":"header","text":{"type":"mrkdwn","text":"x"}}]}]"""), StringComparison.Ordinal);

    [Fact]
    public async Task Teams_EveryMessage_IsAValidCard()
    {
        var calls = All().Select(m => (JsonNode)TeamsCard.Body(m)).ToArray();
        Assert.Equal($"{calls.Length} are valid", await NodePeer.RunAsync(Folder, "teams.mjs", Json(calls)));
    }

    [Fact]
    public async Task Teams_AWrongCard_IsNot()
    {
        var call = TeamsCard.Body(Messages.Ordinary());
        call["attachments"]![0]!["content"]!["body"]![0]!["type"] = "TextBlok";
        Assert.Contains("Unknown element type", await NodePeer.RunAsync(Folder, "teams.mjs", Json([call])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_EveryMessage_IsReadByTheBrowserThatItIsFor()
    {
        using var browser = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var key = browser.ExportParameters(true);
        var auth = RandomNumberGenerator.GetBytes(PushEncryption.AuthSize);
        foreach (var message in (ChannelMessage[])[Messages.Ordinary(), Messages.Hostile(MessageEvent.Opened, AlertSeverity.Page, 300)])
        {
            var plain = PushNotice.Of(message, "01jd0000000000000000000004", "receipt", "acknowledge");
            using var ours = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
            var body = PushEncryption.Encrypt(plain, PushEncryption.Point(key.Q), auth, ours, RandomNumberGenerator.GetBytes(16));
            var read = await NodePeer.RunAsync(Folder, "push.mjs", JsonSerializer.Serialize(new
            {
                body = Base64Url.EncodeToString(body),
                privateKey = Base64Url.EncodeToString(key.D),
                auth = Base64Url.EncodeToString(auth),
            }));
            Assert.Equal(Encoding.UTF8.GetString(plain), read);
        }
    }
}
