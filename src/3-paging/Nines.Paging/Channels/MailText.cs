using System.Globalization;
using System.Text;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>A message as the plain text of a mail. Pure.</summary>
public static class MailText
{
    /// <summary>The body; the subject is the message's own text.</summary>
    public static string Body(ChannelMessage message)
    {
        var text = new StringBuilder();
        if (message.Event == MessageEvent.Test) text.Append("This is a test: somebody tries whether pages reach you. Nothing burns.\n\n");
        if (message.Event == MessageEvent.Code) return text.Append($"{message.Text}\n\n{message.Why}\n").ToString();
        if (message.Event == MessageEvent.Told) return text.Append($"{MessageFacts.Body(message)}\n\nWhy you: {message.Why}\nIncident: {message.Url}\n").ToString();
        foreach (var alert in message.Alerts) Describe(text, alert);
        text.Append($"Why you: {message.Why}\n");
        if (message.Acknowledge is { } acknowledge) text.Append($"Acknowledge: {acknowledge} (opens a page with one button; opening it alone changes nothing)\n");
        text.Append($"Page: {message.Url}\n");
        return text.ToString();
    }

    private static void Describe(StringBuilder text, MessageAlert alert)
    {
        text.Append($"{alert.Title}\n{alert.Reason}\n");
        if (alert.Impact is { } impact) text.Append($"What users feel: {impact}\n");
        text.Append($"Since {Time(alert.StartedAt)}{(alert.EndedAt is { } ended ? $", over since {Time(ended)}" : "")}.\n");
        text.Append(alert.Runbook is { } runbook ? $"Runbook: {runbook}\n" : "Runbook: none yet. Write one (kind: Runbook), or name one in the service's runbooks in the catalog.\n");
        foreach (var (name, link) in alert.Links) if (name.Length > 0) text.Append($"{char.ToUpperInvariant(name[0])}{name[1..]}: {link}\n");
        text.Append('\n');
    }

    private static string Time(Instant at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
