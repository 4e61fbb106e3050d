using Nines.Alerting.Alerts;
using Nines.Kernel;

namespace Nines.Paging.Notifications;

/// <summary>What follows when every message of a page has failed: a page never just ends.</summary>
public static class PageFallback
{
    /// <summary>The events after a message settled; none while another message may still arrive.</summary>
    /// <param name="context">What it is decided from.</param>
    /// <param name="effect">The message that settled.</param>
    /// <param name="alerts">All alerts.</param>
    /// <param name="last">Whoever owns Nines.</param>
    public static IReadOnlyList<(StreamName Stream, object Event)> Decide(PageContext context, string effect, AlertBook alerts, Called last)
    {
        if (context.Pages.OfEffect(effect) is not { Severity: AlertSeverity.Page, EndedAt: null } page) return [];
        var notice = page.Notices.FindLast(n => n.Messages.Exists(m => m.Effect == effect));
        if (notice is null || !notice.Failed || notice.Cause is PageCause.Resolved or PageCause.Test) return [];
        var why = $"Nobody who was called could be reached: {string.Join(" ", notice.Messages.Select(m => m.Reason).Distinct(StringComparer.Ordinal))}";
        string[] others = [.. last.People.Except(notice.Messages.Select(m => m.Person), StringComparer.Ordinal)];
        if (notice.Cause == PageCause.LastResort || others.Length == 0)
            return [(PageIntents.StreamOf(page.Id), new PageUnheard(page.Id, why))];
        Alert[] about = [.. page.Alerts.Select(id => alerts.All.GetValueOrDefault(id)).OfType<Alert>().OrderByDescending(a => a.Firing)];
        var called = new Called(others, $"{why} {last.Reason}");
        var facts = new PageFacts(
            page.Id, PageCause.LastResort, page.Severity, page.Service, page.Title, called.Reason, true, about, context.Now, context.PublicUrl);
        return PageIntents.Tell(context, facts, called, "");
    }
}
