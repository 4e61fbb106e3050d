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
        // Whoever was called about a page that became part of this one hears the end of all of it.
        var all = page.Merged ? context.Pages.All.Values.Where(p => p.MergedInto == page.Id).Prepend(page) : [page];
        var told = all.SelectMany(p => p.Notices).Where(n => n.Cause.Calls() || n.Cause == PageCause.Learning).SelectMany(n => n.Messages)
            .Where(m => m.State is MessageState.Pending or MessageState.Accepted && m.Kind != ContactKinds.Voice)
            .DistinctBy(m => m.Contact).ToArray();
        var calls = new List<(string, Contact)>();
        foreach (var message in told)
            if (context.ContactsOf(message.Person).FirstOrDefault(c => c.Name == message.Contact) is { } contact) calls.Add((message.Person, contact));
        var why = page.Notices.Count > 0 ? page.Notices[0].Reason : "";
        var facts = new PageFacts(page.Id, PageCause.Resolved, page.Severity, page.Service, about.Count > 0 ? about[0].Title : page.Title, why, open, about, context.Now, context.PublicUrl);
        if (calls.Count == 0) return;
        var waiting = open ? [] : Waiting(context, page);
        PageIntents.Tell(context, events, facts, [], calls, notification, contact => Along(context, events, contact, waiting));
    }

    /// <summary>Ends of other pages that are still on their way, by contact, the newest page first.</summary>
    private static Dictionary<string, List<PageMessage>> Waiting(PageContext context, Page page)
    {
        var waiting = new Dictionary<string, List<PageMessage>>(StringComparer.Ordinal);
        for (var i = context.Pages.Ended.Count - 1; i >= 0; i--)
        {
            if (context.Pages.Ended[i] == page.Id || !context.Pages.All.TryGetValue(context.Pages.Ended[i], out var other)) continue;
            foreach (var message in other.Notices.Where(n => n.Cause == PageCause.Resolved).SelectMany(n => n.Messages).Where(m => m.State == MessageState.Pending && ChannelTraits.Of(m.Kind).TellsInOneLine))
            {
                if (!waiting.TryGetValue(message.Contact, out var those)) waiting[message.Contact] = those = [];
                those.Add(message);
            }
        }

        return waiting;
    }

    /// <summary>After a backlog a contact hears one line instead of many: what waits goes along with the newest.</summary>
    private static IReadOnlyList<Page> Along(PageContext context, PageEvents events, Contact contact, Dictionary<string, List<PageMessage>> waiting)
    {
        if (!waiting.TryGetValue(contact.Name, out var those)) return [];
        foreach (var message in those) events.Add((Outbox.StreamOf(message.Effect), new OutboxCancelled(message.Effect, "Its news goes along with that of a page that ended later.")));
        return [.. those.SelectMany(m => m.Also.Prepend(context.Pages.ByEffect[m.Effect])).Distinct(StringComparer.Ordinal).Select(id => context.Pages.All.GetValueOrDefault(id)).OfType<Page>()];
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
