using System.Text.Json;
using System.Text.Json.Nodes;
using Nines.Kernel;

namespace Nines.Paging.Channels.Chat;

/// <summary>A message as an Adaptive Card 1.4 for a Teams workflow, of at most 28 KB. Pure.</summary>
public static class TeamsCard
{
    /// <summary>What Teams takes at most.</summary>
    public const int Longest = 28 * 1024;

    /// <summary>The body of the call.</summary>
    public static JsonObject Body(ChannelMessage message)
    {
        for (var (alerts, length) = (MessageFacts.MostAlerts, 1000); ; (alerts, length) = (Math.Max(1, alerts - 1), length / 2))
        {
            var body = Body(message, alerts, length);
            if (length < 20 || JsonSerializer.SerializeToUtf8Bytes(body, HouseJson.Options).Length <= Longest) return body;
        }
    }

    private static JsonObject Body(ChannelMessage message, int alerts, int length) => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray
        {
            new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["contentUrl"] = null, ["content"] = Card(message, alerts, length) },
        },
    };

    private static JsonObject Card(ChannelMessage message, int alerts, int length)
    {
        var body = new JsonArray { Text(Cut(MessageFacts.Title(message), length / 2), large: true) };
        if (message.Alerts.Count == 0) body.Add(Text(Cut(MessageFacts.Body(message), length)));
        foreach (var alert in message.Alerts.Take(alerts))
        {
            if (message.Alerts.Count > 1) body.Add(Text(Cut(alert.Title, length / 2)));
            body.Add(Text(Cut(alert.Reason, length)));
        }

        if (message.Alerts.Count > alerts) body.Add(Text($"… and {message.Alerts.Count - alerts} more on the page."));
        var facts = new JsonArray();
        foreach (var (name, value) in MessageFacts.Facts(message)) facts.Add(new JsonObject { ["title"] = name, ["value"] = Cut(value, length / 2) });
        if (facts.Count > 0) body.Add(new JsonObject { ["type"] = "FactSet", ["facts"] = facts });
        return new()
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["fallbackText"] = MarkdownText.Plain(Shorten.To(message.Text, 300)),
            ["body"] = body,
            ["actions"] = Actions(message),
        };
    }

    private static JsonArray Actions(ChannelMessage message)
    {
        var actions = new JsonArray();
        // The link opens a page with one button; Teams fetches links to preview them, and that acknowledges nothing.
        if (MessageFacts.CanAcknowledge(message) && MessageFacts.Safe(message.Acknowledge) is { } acknowledge) actions.Add(Open("Acknowledge", acknowledge));
        if (MessageFacts.Safe(message.Url) is { } page) actions.Add(Open("Open the page", page));
        foreach (var (name, url) in MessageFacts.Links(message).Take(3).Where(l => l.Url.Length <= 2000)) actions.Add(Open(Shorten.To(name, 40), url));
        return actions;
    }

    private static JsonObject Open(string title, string url) => new() { ["type"] = "Action.OpenUrl", ["title"] = title, ["url"] = url };

    private static JsonObject Text(string text, bool large = false)
    {
        var block = new JsonObject { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true };
        if (!large) return block;
        block["size"] = "Large";
        block["weight"] = "Bolder";
        return block;
    }

    private static string Cut(string text, int most) => MarkdownText.Escape(Shorten.To(text, Math.Max(20, most)));
}
