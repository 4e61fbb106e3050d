using System.Globalization;
using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>What every chat format says alike: title, colour, the few facts, the links. Pure.</summary>
internal static class MessageFacts
{
    /// <summary>Alerts that a chat message shows; the page has all of them.</summary>
    public const int MostAlerts = 5;

    public static string Title(ChannelMessage message) => message.Event switch
    {
        MessageEvent.Code => "Is this contact yours?",
        MessageEvent.Test => "A test",
        MessageEvent.Told => $"Update: {message.Text}",
        MessageEvent.Resolved => $"Over: {About(message)}",
        MessageEvent.Acknowledged => $"Taken on: {About(message)}",
        MessageEvent.Repeated or MessageEvent.Changed => $"Still: {About(message)}",
        MessageEvent.Merged => $"Part of another page: {About(message)}",
        MessageEvent.Reopened => $"Again: {About(message)}",
        _ => $"{Word(message.Severity)}: {About(message)}",
    };

    /// <summary>What there is to read: the long form where there is one.</summary>
    public static string Body(ChannelMessage message) => message.Detail ?? message.Text;

    /// <summary>Red while users are hurt, amber for what waits, grey where nothing is to be done, green when it is over.</summary>
    public static int Colour(ChannelMessage message) => message switch
    {
        { Event: MessageEvent.Resolved } or { Event: MessageEvent.Told, Open: false } => 0x2E7D32,
        { Event: MessageEvent.Test or MessageEvent.Code or MessageEvent.Acknowledged or MessageEvent.Merged } => 0x607D8B,
        { Severity: AlertSeverity.Page } => 0xC62828,
        { Severity: AlertSeverity.Ticket } => 0xB26A00,
        _ => 0x607D8B,
    };

    public static string Hex(int colour) => "#" + colour.ToString("X6", CultureInfo.InvariantCulture);

    public static IReadOnlyList<(string Name, string Value)> Facts(ChannelMessage message)
    {
        var facts = new List<(string, string)>();
        if (message.Service.Length > 0) facts.Add(("Service", message.Service));
        if (message.Alerts is [var first, ..])
        {
            facts.Add(("Since", Time(first.StartedAt)));
            if (first.Impact is { } impact) facts.Add(("Users feel", impact));
        }

        if (message.Why.Length > 0) facts.Add((MessageEvent.IsQuiet(message.Event) ? "Now" : "Why you", message.Why));
        return facts;
    }

    /// <summary>Links of the first alert that may be clicked: runbook first.</summary>
    public static IReadOnlyList<(string Name, string Url)> Links(ChannelMessage message)
    {
        var links = new List<(string, string)>();
        if (message.Alerts is not [var first, ..]) return links;
        if (Safe(first.Runbook) is { } runbook) links.Add(("Runbook", runbook));
        foreach (var (name, url) in first.Links)
            if (name.Length > 0 && Safe(url) is { } safe) links.Add((char.ToUpperInvariant(name[0]) + name[1..], safe));
        return links;
    }

    /// <summary>A link that a chat program may open: http or https, written so that no format ends inside it; null for anything else.</summary>
    public static string? Safe(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri!.UserInfo.Length == 0
            ? uri.AbsoluteUri.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal).Replace("|", "%7C", StringComparison.Ordinal).Replace("'", "%27", StringComparison.Ordinal)
            : null;

    /// <summary>True where the page can be taken on where the message arrives: a button, a key, a reply.</summary>
    public static bool CanAnswer(ChannelMessage message) => message is { Open: true, Page.Length: > 0, Event: not (MessageEvent.Acknowledged or MessageEvent.Merged or MessageEvent.Code or MessageEvent.Told) };

    /// <summary>True where there is a link that opens the page with one button.</summary>
    public static bool CanAcknowledge(ChannelMessage message) => message is { Open: true, Acknowledge: not null };

    public static string Time(Instant at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string About(ChannelMessage message) => message.Alerts is [var first, ..]
        ? first.Title + (message.Alerts.Count > 1 ? $" (and {message.Alerts.Count - 1} more)" : "")
        : message.Text;

    private static string Word(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Page => "Page",
        AlertSeverity.Ticket => "Ticket",
        _ => "For the list",
    };
}
