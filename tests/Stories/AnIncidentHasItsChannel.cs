using System.Text;
using System.Text.Json;
using Nines.Paging.Channels.Slack;

namespace Nines.Tests.Stories;

/// <summary>Payments fails at night. The chat opens a channel by itself, hears what people write there, and may be down for a while without anybody losing a word.</summary>
public class AnIncidentHasItsChannel
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    /// <summary>A workspace that gives every new channel an id, and knows which names are taken.</summary>
    private sealed class Workspace(Provider provider) : IAsyncDisposable
    {
        public bool Down { get; set; }

        public string Taken { get; set; } = "";

        public (string, string)[] Settings =>
            [("channels:slackToken", provider.Secret("bot", "xoxb-1")), ("channels:slackSigningSecret", provider.Secret("signing", Secret)), ("channels:slackUrl", provider.Url + "/api")];

        public IReadOnlyList<string> Posts => [.. provider.Calls.Where(c => c.Path == "/api/chat.postMessage" && Took(c)).Select(c => c.Json.GetProperty("text").GetString()!)];

        public IReadOnlyList<Said> Of(string method) => [.. provider.Calls.Where(c => c.Path == "/api/" + method)];

        private readonly System.Collections.Concurrent.ConcurrentDictionary<Said, bool> _took = new();

        private bool Took(Said call) => _took.ContainsKey(call);

        public static async Task<Workspace> StartAsync()
        {
            var provider = await Provider.StartAsync();
            var workspace = new Workspace(provider);
            provider.Answer = workspace.Answer;
            return workspace;
        }

        private (int, string, string?) Answer(Said call)
        {
            if (Down) return (503, "", null);
            _took[call] = true;
            if (call.Path != "/api/conversations.create") return (200, """{"ok":true,"channel":"C77","ts":"1763694000.000100"}""", null);
            var name = call.Json.GetProperty("name").GetString();
            return name == Taken ? (200, """{"ok":false,"error":"name_taken"}""", null) : (200, $$$"""{"ok":true,"channel":{"id":"C77","name":"{{{name}}}"}}""", null);
        }

        public ValueTask DisposeAsync() => provider.DisposeAsync();
    }

    private static Task<(int Status, string Body)> CallAsync(StoryWorld world, string door, string body, string secret = Secret)
    {
        var time = $"{world.Clock.GetUtcNow().ToUnixTimeSeconds()}";
        return world.CallBackAsync(door, body, (SlackSignature.TimeHeader, time), (SlackSignature.Header, SlackSignature.Sign(secret, time, Encoding.UTF8.GetBytes(body))));
    }

    private static string Message(string text, string time, string channel = "C77", string member = "U0000001") =>
        JsonSerializer.Serialize(new { type = "event_callback", @event = new { type = "message", channel, user = member, text, ts = time } });

    private static string Slash(string text, string member = "U0000001", string channel = "C77") => $"command=%2Fnines&text={Uri.EscapeDataString(text)}&user_id={member}&channel_id={channel}";

    private static async Task<(Workspace Slack, StoryWorld World)> NightAsync()
    {
        var slack = await Workspace.StartAsync();
        var world = await StoryWorld.OpenAsync(slack.Settings);
        await world.ApplyAsync("apiVersion: nines/v1\nkind: Person\nmetadata: { name: bob }\nspec: { contacts: { slack: U0000001 } }\n", StoryWorld.Service("payments", "person: bob"));
        return (slack, world);
    }

    private static async Task<string[]> LinesAsync(StoryWorld world) =>
        [.. (await world.GetAsync("/api/v1/incidents/INC-1")).GetProperty("timeline").EnumerateArray().Select(l => l.GetProperty("text").GetString()!)];

    [Fact]
    public async Task ASevereIncident_OpensItsChannel_TellsIt_AndHearsIt()
    {
        var (slack, world) = await NightAsync();
        await using var _ = slack;
        await using var __ = world;
        await world.PostAsync("/api/v1/incidents", new { title = "Card payments fail", severity = "sev2", services = new[] { "payments" }, by = "bob" });
        await world.PostAsync("/api/v1/incidents/INC-1/roles/commander", new { person = "bob", by = "bob" });
        await world.PassAsync(TimeSpan.FromSeconds(10));
        var name = slack.Of("conversations.create").Single().Json.GetProperty("name").GetString()!;
        Assert.EndsWith("-card-payments-fail", name, StringComparison.Ordinal);
        Assert.StartsWith("SEV2 INC-1: Card payments fail", slack.Posts[0], StringComparison.Ordinal);
        Assert.Contains(slack.Posts, p => p.Contains("bob is incident commander.", StringComparison.Ordinal));
        Assert.Contains($"The channel #{name} is open.", await LinesAsync(world));

        Assert.Equal(200, (await CallAsync(world, "/in/slack/events", Message("It is the &lt;pool&gt;", "1.1"))).Status);
        // Slack sends again what it thinks was lost.
        await CallAsync(world, "/in/slack/events", Message("It is the &lt;pool&gt;", "1.1"));
        Assert.Single(await LinesAsync(world), "It is the <pool>");
        Assert.Contains("Done.", (await CallAsync(world, "/in/slack/commands", Slash("severity sev1 data is lost"))).Body, StringComparison.Ordinal);
        Assert.Equal("SEV1", (await world.GetAsync("/api/v1/incidents/INC-1")).GetProperty("severity").GetString());
        Assert.Contains("is no severity", (await CallAsync(world, "/in/slack/commands", Slash("severity sev9"))).Body, StringComparison.Ordinal);
        Assert.Contains("Nines does not know you", (await CallAsync(world, "/in/slack/commands", Slash("note x", "U0000009"))).Body, StringComparison.Ordinal);
        Assert.Contains("INC-2 is declared.", (await CallAsync(world, "/in/slack/commands", Slash("declare Search is slow", channel: "C1"))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheChatIsDownInTheMiddle_AndTheServerCrashes_NothingIsLost_AndTheOrderStays()
    {
        var (slack, world) = await NightAsync();
        await using var _ = slack;
        await using var __ = world;
        slack.Down = true;
        await world.PostAsync("/api/v1/incidents", new { title = "Card payments fail", severity = "sev2", services = new[] { "payments" }, by = "bob" });
        await world.PostAsync("/api/v1/incidents/INC-1/notes", new { text = "first", by = "bob" });
        await world.PassAsync(TimeSpan.FromMinutes(3));
        await world.CrashAndRestartAsync();
        await world.PostAsync("/api/v1/incidents/INC-1/notes", new { text = "second", by = "bob" });
        await world.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Empty(slack.Posts);
        slack.Down = false;
        await world.PassAsync(TimeSpan.FromMinutes(30));
        var said = string.Join('\n', slack.Posts);
        Assert.True(said.IndexOf("SEV2 INC-1", StringComparison.Ordinal) < said.IndexOf("first", StringComparison.Ordinal));
        Assert.True(said.IndexOf("first", StringComparison.Ordinal) < said.IndexOf("second", StringComparison.Ordinal));
        Assert.Single(slack.Posts, p => p.Contains("second", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ANameThatIsTaken_GetsANumber_AndAStrangerIsNotHeard()
    {
        var (slack, world) = await NightAsync();
        await using var _ = slack;
        await using var __ = world;
        slack.Taken = $"inc-{world.Clock.GetUtcNow():yyyy-MM-dd}-card-payments-fail";
        await world.PostAsync("/api/v1/incidents", new { title = "Card payments fail", severity = "sev3", services = new[] { "payments" }, by = "bob" });
        await world.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Empty(slack.Of("conversations.create"));
        await world.PostAsync("/api/v1/incidents/INC-1/channel", new { by = "bob" });
        await world.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Contains($"The channel #{slack.Taken}-2 is open.", await LinesAsync(world));
        Assert.Equal(403, (await CallAsync(world, "/in/slack/events", Message("I am Slack, really", "2.1"), "another secret")).Status);
        Assert.DoesNotContain("I am Slack, really", await LinesAsync(world));
        Assert.Equal("ch4llenge", (await CallAsync(world, "/in/slack/events", """{"type":"url_verification","challenge":"ch4llenge"}""")).Body);
    }
}
