using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>Writes what people read about a page: what burns, the arithmetic, where to look, what to do. Pure.</summary>
public static class PageContent
{
    /// <summary>What a lock screen and a text message show.</summary>
    public const int BriefLength = 160;

    /// <summary>So many alerts stand in one message; the page has all. Nobody reads more, and a storm must not fill the house.</summary>
    public const int MostAlerts = 20;

    /// <summary>The message as data, from which each way out renders its own format.</summary>
    /// <param name="facts">What it is written from.</param>
    /// <param name="thread">The first delivery about this page to the same contact; null for the first.</param>
    /// <param name="acknowledge">A link that opens the page with one button; null where there is nothing to acknowledge.</param>
    public static ChannelMessage Message(PageFacts facts, string? thread = null, string? acknowledge = null) => new(
        Event(facts.Cause, facts.Open), facts.Page, facts.Address($"/pages/{facts.Page}"), facts.Severity, facts.Service, Brief(facts), facts.At, facts.Why, facts.Open,
        [.. facts.Alerts.Take(MostAlerts).Select(a => Alert(a, facts))], Acknowledge: acknowledge, Thread: thread);

    /// <summary>One line of at most 160 characters: what burns, then as many whole sentences of the arithmetic as fit.</summary>
    public static string Brief(PageFacts facts)
    {
        var where = facts.Service.Length > 0 ? facts.Service + ": " : "";
        var text = $"{Word(facts)} {where}{facts.Title}{(facts.Alerts.Count > 1 ? $" (and {facts.Alerts.Count - 1} more)" : "")}";
        if (text.Length > BriefLength) return Shorten.To(text, BriefLength);
        foreach (var sentence in facts.Alerts.Count > 0 ? facts.Alerts[0].Reason.Split(". ") : [])
        {
            var longer = $"{text.TrimEnd('.')}. {sentence.TrimEnd('.')}.";
            if (longer.Length > BriefLength) break;
            text = longer;
        }

        return text;
    }

    private static MessageAlert Alert(Alert alert, PageFacts facts)
    {
        var links = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        links["alert"] = facts.Address($"/alerts/{alert.Id}");
        if (alert.Annotations.TryGetValue("objective", out var objective)) links["objective"] = facts.Address(objective);
        foreach (var (name, value) in alert.Annotations)
            if (name.StartsWith("link:", StringComparison.Ordinal)) links.TryAdd(name[5..], value);
        return new(
            alert.Id, alert.Firing ? "firing" : "resolved", alert.Title, alert.Reason, alert.StartedAt, alert.EndedAt, alert.Labels,
            alert.Annotations.GetValueOrDefault("runbook"), links.ToImmutable(), alert.Annotations.GetValueOrDefault("impact"));
    }

    private static string Event(PageCause cause, bool open) => cause switch
    {
        PageCause.First or PageCause.LastResort or PageCause.Escalated or PageCause.Handover or PageCause.Reassigned => MessageEvent.Opened,
        PageCause.More => MessageEvent.Updated,
        PageCause.Repeat or PageCause.Unacknowledged => MessageEvent.Repeated,
        PageCause.Reopened => MessageEvent.Reopened,
        PageCause.Test => MessageEvent.Test,
        _ => open ? MessageEvent.Updated : MessageEvent.Resolved,
    };

    private static string Word(PageFacts facts) => facts.Cause switch
    {
        PageCause.Test => "TEST",
        PageCause.Resolved => facts.Open ? "PARTLY OVER" : "OVER",
        PageCause.Repeat or PageCause.Unacknowledged => "STILL",
        PageCause.Reopened => "AGAIN",
        _ => facts.Severity.Word().ToUpperInvariant(),
    };
}

/// <summary>Everything that a page's message is written from.</summary>
/// <param name="Page">The page.</param>
/// <param name="Cause">Why somebody is told.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Title">What burns.</param>
/// <param name="Why">Why these people.</param>
/// <param name="Open">False once nothing of it fires.</param>
/// <param name="Alerts">What it is about, the firing first.</param>
/// <param name="At">When.</param>
/// <param name="PublicUrl">Where this server is reached, without a slash at the end.</param>
public sealed record PageFacts(
    string Page, PageCause Cause, AlertSeverity Severity, string Service, string Title, string Why, bool Open, IReadOnlyList<Alert> Alerts,
    Instant At, string PublicUrl)
{
    /// <summary>A whole address on this server.</summary>
    public string Address(string path) => PublicUrl + path;
}
