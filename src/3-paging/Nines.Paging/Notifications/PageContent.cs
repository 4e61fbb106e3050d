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
        if (facts.Others.Count > 0) return Several(facts);
        var where = facts.Service.Length > 0 ? facts.Service + ": " : "";
        var text = $"{Word(facts)} {where}{facts.Title}{(facts.Alerts.Count > 1 ? $" (and {facts.Alerts.Count - 1} more)" : "")}";
        if (text.Length > BriefLength) return Shorten.To(text, BriefLength);
        // What became of it is the news; the arithmetic is on the page.
        var more = facts.Cause.IsQuiet() ? facts.Why : facts.Alerts.Count > 0 ? facts.Alerts[0].Reason : "";
        foreach (var sentence in more.Length > 0 ? more.Split(". ") : [])
        {
            var longer = $"{text.TrimEnd('.')}. {sentence.TrimEnd('.')}.";
            if (longer.Length > BriefLength) break;
            text = longer;
        }

        return text;
    }

    /// <summary>The end of several pages in one line, the newest first, then how many more.</summary>
    private static string Several(PageFacts facts)
    {
        string[] all = [Line(facts.Service, facts.Title), .. facts.Others.Select(p => Line(p.Service, p.Title))];
        var text = $"{Word(facts)} {all.Length} pages: ";
        for (var i = 0; i < all.Length; i++)
        {
            var more = i == all.Length - 1 ? "" : $"; and {all.Length - i - 1} more";
            var part = i == 0 ? Shorten.To(all[0], BriefLength / 2) : "; " + all[i];
            if (i > 0 && text.Length + part.Length + more.Length > BriefLength) return $"{text}; and {all.Length - i} more";
            text += part;
        }

        return text;

        static string Line(string service, string title) => service.Length > 0 ? $"{service}: {title}" : title;
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
            alert.Annotations.GetValueOrDefault("runbook") ?? (facts.RunbookOf(alert) is { } path ? facts.Address(path) : null), links.ToImmutable(), alert.Annotations.GetValueOrDefault("impact"));
    }

    private static string Event(PageCause cause, bool open) => cause switch
    {
        PageCause.First or PageCause.LastResort or PageCause.Escalated or PageCause.Handover or PageCause.Reassigned or PageCause.Learning => MessageEvent.Opened,
        PageCause.More => MessageEvent.Updated,
        PageCause.Repeat or PageCause.Unacknowledged => MessageEvent.Repeated,
        PageCause.Reopened => MessageEvent.Reopened,
        PageCause.Test => MessageEvent.Test,
        PageCause.Acknowledged => MessageEvent.Acknowledged,
        PageCause.Changed => MessageEvent.Changed,
        PageCause.Merged => MessageEvent.Merged,
        _ => open ? MessageEvent.Updated : MessageEvent.Resolved,
    };

    private static string Word(PageFacts facts) => facts.Cause switch
    {
        PageCause.Test => "TEST",
        PageCause.Resolved => facts.Open ? "PARTLY OVER" : "OVER",
        PageCause.Repeat or PageCause.Unacknowledged or PageCause.Changed => "STILL",
        PageCause.Acknowledged => "TAKEN ON",
        PageCause.Merged => "PART OF ANOTHER PAGE",
        PageCause.Reopened => "AGAIN",
        PageCause.Learning => "COPY",
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
    /// <summary>Other pages that are over, the newest first: their end is told in the same line.</summary>
    public IReadOnlyList<Page> Others { get; init; } = [];

    /// <summary>The path of the page with an alert's runbook, where the alert itself names none; null for none.</summary>
    public Func<Alert, string?> RunbookOf { get; init; } = _ => null;

    /// <summary>A whole address on this server.</summary>
    public string Address(string path) => PublicUrl + path;
}
