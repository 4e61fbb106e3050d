using System.Text.Json.Nodes;

namespace Nines.Paging.Channels.Chat;

/// <summary>A message for a Mattermost incoming webhook (and what speaks its form: Rocket.Chat, Zulip's Slack-compatible one). Pure.</summary>
public static class MattermostPost
{
    // Half of what a post may hold (16 383), so that escapes fit too.
    private const int Text = 4000;

    /// <summary>The body of the call.</summary>
    public static JsonObject Body(ChannelMessage message)
    {
        var lines = message.Alerts.Take(MessageFacts.MostAlerts).Select(a => $"**{Cut(a.Title, 200)}** {Cut(a.Reason, 400)}");
        var attachment = new JsonObject
        {
            ["fallback"] = MarkdownText.Plain(Shorten.To(message.Text, 300)),
            ["color"] = MessageFacts.Hex(MessageFacts.Colour(message)),
            ["title"] = MarkdownText.Plain(Shorten.To(MessageFacts.Title(message), 200)),
            ["text"] = string.Join("\n", lines.Concat(Links(message))),
        };
        if (MessageFacts.Safe(message.Url) is { } page) attachment["title_link"] = page;
        var fields = new JsonArray();
        foreach (var (name, value) in MessageFacts.Facts(message)) fields.Add(new JsonObject { ["title"] = name, ["value"] = Cut(value, 300), ["short"] = value.Length < 40 });
        attachment["fields"] = fields;
        return new() { ["username"] = "Nines", ["text"] = Cut(MessageFacts.Body(message), Text), ["attachments"] = new JsonArray { attachment } };
    }

    private static IEnumerable<string> Links(ChannelMessage message)
    {
        if (MessageFacts.CanAcknowledge(message) && MessageFacts.Safe(message.Acknowledge) is { } acknowledge) yield return $"[Acknowledge (opens a page with one button)]({acknowledge})";
        foreach (var (name, url) in MessageFacts.Links(message).Take(5)) yield return $"[{Cut(name, 60)}]({url})";
    }

    private static string Cut(string text, int most) => MarkdownText.Escape(Shorten.To(text, most));
}
