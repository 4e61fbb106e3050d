using System.Text.Json;
using Nines.Paging.Channels.Slack;

namespace Nines.Tests.Stories;

/// <summary>A Slack workspace on loopback: it takes posts and changes, and its people press buttons.</summary>
internal sealed class SlackTeam(Provider provider) : IAsyncDisposable
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    public IReadOnlyList<Said> Posts => [.. provider.Calls.Where(c => c.Path == "/api/chat.postMessage")];

    public IReadOnlyList<Said> Changes => [.. provider.Calls.Where(c => c.Path == "/api/chat.update")];

    public (string, string)[] Settings =>
        [("channels:slackToken", provider.Secret("bot", "xoxb-1")), ("channels:slackSigningSecret", provider.Secret("signing", Secret)), ("channels:slackUrl", provider.Url + "/api")];

    public static async Task<SlackTeam> StartAsync()
    {
        var provider = await Provider.StartAsync();
        provider.Answer = _ => (200, """{"ok":true,"channel":"D1","ts":"1763694000.000100"}""", null);
        return new(provider);
    }

    /// <summary>What a message says first.</summary>
    public static string Header(Said message) => message.Json.GetProperty("blocks")[0].GetProperty("text").GetProperty("text").GetString()!;

    /// <summary>The buttons that a message has.</summary>
    public static IEnumerable<JsonElement> Buttons(Said message) =>
        message.Json.GetProperty("blocks").EnumerateArray().Where(b => b.GetProperty("type").GetString() == "actions").SelectMany(b => b.GetProperty("elements").EnumerateArray());

    /// <summary>The form that Slack sends when a member presses a button, and its signature.</summary>
    public static (string Body, (string, string)[] Headers) Press(StoryWorld world, Said message, string member, string action = SlackBlocks.Acknowledge, string secret = Secret)
    {
        var value = Buttons(message).Single(b => b.GetProperty("action_id").GetString() == action).GetProperty("value").GetString();
        var payload = JsonSerializer.Serialize(new { type = "block_actions", user = new { id = member }, actions = new[] { new { action_id = action, value } } });
        var body = "payload=" + Uri.EscapeDataString(payload);
        var time = $"{world.Clock.GetUtcNow().ToUnixTimeSeconds()}";
        return (body, [(SlackSignature.TimeHeader, time), (SlackSignature.Header, SlackSignature.Sign(secret, time, System.Text.Encoding.UTF8.GetBytes(body)))]);
    }

    public static Task<(int Status, string Body)> SendAsync(StoryWorld world, (string Body, (string, string)[] Headers) press) =>
        world.CallBackAsync("/in/slack/actions", press.Body, press.Headers);

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
