using System.Collections.Immutable;
using System.Text;
using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>One alert in a page's message.</summary>
/// <param name="Id">The alert.</param>
/// <param name="State"><c>firing</c> or <c>resolved</c>.</param>
/// <param name="Title">What burns.</param>
/// <param name="Reason">The arithmetic.</param>
/// <param name="StartedAt">Since when.</param>
/// <param name="EndedAt">Until when; null while it fires.</param>
/// <param name="Labels">What identifies it.</param>
/// <param name="Runbook">What to do; null where nobody wrote it.</param>
/// <param name="Links">Where to look: alert, objective, and the service's own links.</param>
/// <param name="Impact">What users feel; null where nobody wrote it.</param>
public sealed record MessageAlert(
    string Id, string State, string Title, string Reason, Instant StartedAt, Instant? EndedAt, AlertLabels Labels, string? Runbook,
    ImmutableSortedDictionary<string, string> Links, string? Impact = null);

/// <summary>What a webhook receives about a page.</summary>
/// <param name="Event"><c>page.opened</c>, <c>page.updated</c>, <c>page.repeated</c>, <c>page.reopened</c>, <c>page.resolved</c> or <c>page.test</c>.</param>
/// <param name="Page">The page, the same in all its messages: collapse by it.</param>
/// <param name="Url">The page on the screen.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Text">All of it in 160 characters.</param>
/// <param name="At">When this was decided.</param>
/// <param name="Why">Why the receiver is called.</param>
/// <param name="Open">False once nothing of it fires.</param>
/// <param name="Alerts">What it is about.</param>
public sealed record WebhookMessage(
    string Event, string Page, string Url, AlertSeverity Severity, string Service, string Text, Instant At, string Why, bool Open,
    IReadOnlyList<MessageAlert> Alerts);

/// <summary>Writes what people read about a page: what burns, the arithmetic, where to look, what to do. Pure.</summary>
public static class PageContent
{
    /// <summary>What a lock screen and a text message show.</summary>
    public const int BriefLength = 160;

    /// <summary>The message as data.</summary>
    public static WebhookMessage Webhook(PageFacts facts) => new(
        Event(facts.Cause, facts.Open), facts.Page, facts.Address($"/pages/{facts.Page}"), facts.Severity, facts.Service, Brief(facts), facts.At, facts.Why, facts.Open,
        [.. facts.Alerts.Select(a => Alert(a, facts))]);

    /// <summary>One line of at most 160 characters: what burns, then as many whole sentences of the arithmetic as fit.</summary>
    public static string Brief(PageFacts facts)
    {
        var where = facts.Service.Length > 0 ? facts.Service + ": " : "";
        var text = $"{Word(facts)} {where}{facts.Title}{(facts.Alerts.Count > 1 ? $" (and {facts.Alerts.Count - 1} more)" : "")}";
        if (text.Length > BriefLength) return text[..(BriefLength - 1)] + "…";
        foreach (var sentence in facts.Alerts.Count > 0 ? facts.Alerts[0].Reason.Split(". ") : [])
        {
            var longer = $"{text.TrimEnd('.')}. {sentence.TrimEnd('.')}.";
            if (longer.Length > BriefLength) break;
            text = longer;
        }

        return text;
    }

    /// <summary>The message as a mail's text.</summary>
    public static string Mail(PageFacts facts)
    {
        var text = new StringBuilder();
        if (facts.Cause == PageCause.Test) text.Append("This is a test: somebody tries whether pages reach you. Nothing burns.\n\n");
        foreach (var alert in facts.Alerts) Describe(text, Alert(alert, facts));
        text.Append($"Why you: {facts.Why}\n");
        text.Append($"Page: {facts.Address($"/pages/{facts.Page}")}\n");
        return text.ToString();
    }

    private static void Describe(StringBuilder text, MessageAlert alert)
    {
        text.Append($"{alert.Title}\n{alert.Reason}\n");
        if (alert.Impact is { } impact) text.Append($"What users feel: {impact}\n");
        text.Append($"Since {Time(alert.StartedAt)}{(alert.EndedAt is { } ended ? $", over since {Time(ended)}" : "")}.\n");
        text.Append(alert.Runbook is { } runbook ? $"Runbook: {runbook}\n" : "Runbook: none yet. Name one in the service's runbooks in the catalog.\n");
        foreach (var (name, link) in alert.Links) text.Append($"{char.ToUpperInvariant(name[0])}{name[1..]}: {link}\n");
        text.Append('\n');
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
        PageCause.First or PageCause.LastResort => "page.opened",
        PageCause.More => "page.updated",
        PageCause.Repeat => "page.repeated",
        PageCause.Reopened => "page.reopened",
        PageCause.Test => "page.test",
        _ => open ? "page.updated" : "page.resolved",
    };

    private static string Word(PageFacts facts) => facts.Cause switch
    {
        PageCause.Test => "TEST",
        PageCause.Resolved => facts.Open ? "PARTLY OVER" : "OVER",
        PageCause.Repeat => "STILL",
        PageCause.Reopened => "AGAIN",
        _ => facts.Severity.Word().ToUpperInvariant(),
    };

    private static string Time(Instant at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
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
