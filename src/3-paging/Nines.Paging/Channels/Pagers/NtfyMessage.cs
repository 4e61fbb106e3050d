using System.Text.Json.Nodes;
using Nines.Alerting.Alerts;

namespace Nines.Paging.Channels.Pagers;

/// <summary>A message for an ntfy server, as JSON. Pure.</summary>
/// <remarks>Limits: 4096 bytes of message (more becomes a file), three actions.</remarks>
public static class NtfyMessage
{
    private const int Title = 250;
    private const int Text = 3500;

    /// <summary>The body of a call to the server's root.</summary>
    public static JsonObject Body(ChannelMessage message, string topic)
    {
        var actions = new JsonArray();
        if (MessageFacts.CanAcknowledge(message) && MessageFacts.Safe(message.Acknowledge) is { } acknowledge) actions.Add(View("Acknowledge", acknowledge));
        if (MessageFacts.Safe(message.Url) is { } page) actions.Add(View("Open", page));
        foreach (var (name, url) in MessageFacts.Links(message).Where(l => l.Name == "Runbook")) actions.Add(View(name, url));
        var body = new JsonObject
        {
            ["topic"] = topic,
            ["title"] = Shorten.ToBytes(MessageFacts.Title(message), Title),
            ["message"] = Shorten.ToBytes(MessageFacts.Body(message), Text),
            ["priority"] = Priority(message),
            ["tags"] = new JsonArray { Tag(message) },
            ["actions"] = actions,
        };
        if (MessageFacts.Safe(message.Acknowledge ?? message.Url) is { } click) body["click"] = click;
        return body;
    }

    private static JsonObject View(string label, string url) => new() { ["action"] = "view", ["label"] = label, ["url"] = url, ["clear"] = false };

    private static int Priority(ChannelMessage message) => message switch
    {
        // 5 rings through "do not disturb"; what is over wakes nobody.
        { Event: MessageEvent.Resolved } => 2,
        _ when MessageEvent.IsQuiet(message.Event) => 2,
        { Severity: AlertSeverity.Page } => 5,
        { Severity: AlertSeverity.Ticket } => 3,
        _ => 2,
    };

    private static string Tag(ChannelMessage message) => message.Event switch
    {
        MessageEvent.Resolved => "white_check_mark",
        MessageEvent.Test or MessageEvent.Code or MessageEvent.Acknowledged or MessageEvent.Changed or MessageEvent.Merged => "information_source",
        _ => message.Severity == AlertSeverity.Page ? "rotating_light" : "ticket",
    };
}
