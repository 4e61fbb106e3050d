using System.Text.Json.Nodes;

namespace Nines.Paging.Channels.Chat;

/// <summary>A message for a Discord webhook: it mentions nobody. Pure.</summary>
/// <remarks>Limits: content 2000, embed title 256, description 4096, 25 fields of 256 and 1024, 6000 in all embeds.</remarks>
public static class DiscordPost
{
    private const int Content = 1500;
    private const int Title = 250;
    private const int Description = 3000;
    private const int Field = 500;

    /// <summary>The body of the call.</summary>
    public static JsonObject Body(ChannelMessage message)
    {
        var embed = new JsonObject { ["title"] = Cut(MessageFacts.Title(message), Title), ["color"] = MessageFacts.Colour(message) };
        var text = string.Join("\n", message.Alerts.Take(MessageFacts.MostAlerts).Select(a => $"**{Cut(a.Title, 150)}** {Cut(a.Reason, 250)}"));
        if (text.Length > 0) embed["description"] = Shorten.To(text, Description);
        if (MessageFacts.Safe(message.Url) is { } page) embed["url"] = page;
        var fields = new JsonArray();
        foreach (var (name, value) in MessageFacts.Facts(message)) fields.Add(new JsonObject { ["name"] = name, ["value"] = Cut(value, Field) });
        foreach (var link in Links(message)) fields.Add(link);
        if (fields.Count > 0) embed["fields"] = fields;
        return new()
        {
            ["content"] = Cut(MessageFacts.Body(message), Content),
            ["username"] = "Nines",
            ["embeds"] = new JsonArray { embed },
            // @everyone in an alert's title is text.
            ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
        };
    }

    private static IEnumerable<JsonObject> Links(ChannelMessage message)
    {
        if (MessageFacts.CanAcknowledge(message) && MessageFacts.Safe(message.Acknowledge) is { Length: < 900 } acknowledge)
            yield return new() { ["name"] = "Acknowledge", ["value"] = $"[opens a page with one button]({acknowledge})" };
        foreach (var (name, url) in MessageFacts.Links(message).Take(3).Where(l => l.Url.Length < 900))
            yield return new() { ["name"] = Cut(name, 100), ["value"] = $"[open]({url})" };
    }

    private static string Cut(string text, int most)
    {
        // An escape doubles a character at most; what is cut is text, never half an escape.
        var cut = MarkdownText.Escape(Shorten.To(text, most));
        return cut.Length <= most * 1.3 ? cut : MarkdownText.Escape(Shorten.To(text, most / 2));
    }
}
