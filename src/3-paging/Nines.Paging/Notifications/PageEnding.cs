using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Kernel;
using Nines.Paging.Channels;

namespace Nines.Paging.Notifications;

/// <summary>What is called off and who is told when a page is over, or in somebody's hands. Pure.</summary>
public static class PageEnding
{
    /// <summary>Whoever was told that it burns is told that it is over: one line, and never by a telephone call.</summary>
    public static void TellOver(PageContext context, PageEvents events, Page page, IReadOnlyList<Alert> about, bool open, string notification)
    {
        var told = page.Notices.Where(n => n.Cause is not (PageCause.Resolved or PageCause.Test)).SelectMany(n => n.Messages)
            .Where(m => m.State is MessageState.Pending or MessageState.Accepted && m.Kind != ContactKinds.Voice)
            .DistinctBy(m => m.Contact).ToArray();
        var calls = new List<(string, Contact)>();
        foreach (var message in told)
            if (context.ContactsOf(message.Person).FirstOrDefault(c => c.Name == message.Contact) is { } contact) calls.Add((message.Person, contact));
        var why = page.Notices.Count > 0 ? page.Notices[0].Reason : "";
        var facts = new PageFacts(page.Id, PageCause.Resolved, page.Severity, page.Service, about.Count > 0 ? about[0].Title : page.Title, why, open, about, context.Now, context.PublicUrl);
        if (calls.Count > 0) PageIntents.Tell(context, events, facts, [], calls, notification);
    }

    /// <summary>Every call that has not settled is called off; the outbox stops tries that run.</summary>
    /// <param name="page">The page.</param>
    /// <param name="reason">Why; no names.</param>
    /// <param name="person">Only this person's; null for everybody's.</param>
    public static PageEvents CallOff(Page page, string reason, string? person = null)
    {
        var events = new PageEvents();
        foreach (var message in page.PendingCalls)
            if (person is null || message.Person == person) events.Add((Outbox.StreamOf(message.Effect), new OutboxCancelled(message.Effect, reason)));
        return events;
    }
}
