using System.Text.Json.Nodes;

namespace Nines.Paging.Channels.Slack;

/// <summary>A message in Slack's Block Kit, within its limits. Pure.</summary>
/// <remarks>Limits: header 150, section 3000, button text 75, value 2000, 50 blocks; about 13 000 characters in all (slackapi/bolt-js#2509).</remarks>
public static class SlackBlocks
{
    /// <summary>The action of the button that takes a page on.</summary>
    public const string Acknowledge = "nines_acknowledge";

    /// <summary>The action of the button that calls the next person.</summary>
    public const string Escalate = "nines_escalate";

    private const int Header = 150;
    private const int Section = 1800;
    private const int Context = 1500;
    private const int Fallback = 400;
    private const int Address = 2000;

    /// <summary>The body of <c>chat.postMessage</c> or <c>chat.update</c>, without the token.</summary>
    /// <param name="message">What is told.</param>
    /// <param name="effect">The delivery, which a button names.</param>
    /// <param name="channel">Where it goes.</param>
    public static JsonObject Body(ChannelMessage message, string effect, string channel) => new()
    {
        ["channel"] = channel,
        // Phones show this; without it the notification is empty.
        ["text"] = SlackText.Escape(Shorten.To(message.Text, Fallback)),
        ["blocks"] = Blocks(message, effect),
        ["unfurl_links"] = false,
        ["unfurl_media"] = false,
    };

    /// <summary>The blocks alone.</summary>
    public static JsonArray Blocks(ChannelMessage message, string effect)
    {
        var blocks = new JsonArray
        {
            new JsonObject { ["type"] = "header", ["text"] = Plain(MessageFacts.Title(message), Header) },
        };
        if (message.Alerts.Count == 0 && MessageFacts.Body(message).Length > 0) blocks.Add(Markdown(SlackText.Escape(Shorten.To(MessageFacts.Body(message), Section / 2))));
        foreach (var alert in message.Alerts.Take(MessageFacts.MostAlerts)) blocks.Add(Markdown(Alert(alert)));
        if (message.Alerts.Count > MessageFacts.MostAlerts) blocks.Add(Markdown($"… and {message.Alerts.Count - MessageFacts.MostAlerts} more on the page."));
        var facts = string.Join("   ", MessageFacts.Facts(message).Select(f => $"*{f.Name}:* {SlackText.Escape(Shorten.To(f.Value, 200))}"));
        if (facts.Length > 0) blocks.Add(new JsonObject { ["type"] = "context", ["elements"] = new JsonArray { new JsonObject { ["type"] = "mrkdwn", ["text"] = Shorten.To(facts, Context) } } });
        if (Actions(message, effect) is { Count: > 0 } actions) blocks.Add(new JsonObject { ["type"] = "actions", ["block_id"] = "nines", ["elements"] = actions });
        return blocks;
    }

    private static string Alert(MessageAlert alert)
    {
        // Each part is cut before it is escaped: a cut through an entity would show as rubbish.
        return $"*{SlackText.Escape(Shorten.To(alert.Title, 200))}*{(alert.State == "resolved" ? " (over)" : "")}\n{SlackText.Escape(Shorten.To(alert.Reason, 400))}";
    }

    private static JsonArray Actions(ChannelMessage message, string effect)
    {
        var actions = new JsonArray();
        if (MessageFacts.CanAnswer(message))
        {
            actions.Add(new JsonObject { ["type"] = "button", ["action_id"] = Acknowledge, ["style"] = "primary", ["text"] = Plain("Acknowledge", 75), ["value"] = effect });
            actions.Add(new JsonObject { ["type"] = "button", ["action_id"] = Escalate, ["text"] = Plain("Escalate", 75), ["value"] = effect });
        }

        if (MessageFacts.Safe(message.Url) is { Length: <= Address } page) actions.Add(Link("nines_open", "Open", page));
        foreach (var (name, url) in MessageFacts.Links(message).Where(l => l.Name == "Runbook" && l.Url.Length <= Address)) actions.Add(Link("nines_runbook", name, url));
        return actions;
    }

    private static JsonObject Link(string action, string words, string url) =>
        new() { ["type"] = "button", ["action_id"] = action, ["text"] = Plain(words, 75), ["url"] = url };

    private static JsonObject Markdown(string text) => new() { ["type"] = "section", ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = text } };

    private static JsonObject Plain(string text, int most) => new() { ["type"] = "plain_text", ["text"] = Shorten.To(text, most), ["emoji"] = false };
}
