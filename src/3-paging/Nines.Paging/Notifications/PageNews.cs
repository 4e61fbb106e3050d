using Nines.Catalog;
using Nines.Paging.Channels;

namespace Nines.Paging.Notifications;

/// <summary>
/// Keeps what stands on people's screens true, without a sound: a page that somebody took on, that its keeper lost, that
/// became part of another. Told only where it can be changed quietly (<see cref="ChannelTraits.ChangesQuietly"/>): never
/// by a text, a call or a mail. Pure.
/// </summary>
public static class PageNews
{
    /// <summary>Somebody has it: whoever was called sees who, and is asked for nothing any more.</summary>
    public static PageEvents TakenOn(PageContext context, Page page)
    {
        var names = page.Acknowledgements.Select(a => context.NameOf(a.Person)).Distinct(StringComparer.Ordinal).ToArray();
        var events = new PageEvents();
        Tell(context, events, page, PageCause.Acknowledged, $"{string.Join(" and ", names)} {(names.Length == 1 ? "has" : "have")} it.", Called(page));
        return events;
    }

    /// <summary>Whoever had it has it no more: where "taken on" stands and nobody is called anew, it would be a lie.</summary>
    public static void Lost(PageContext context, PageEvents events, Page page, string why)
    {
        var anew = events.Select(e => e.Event).OfType<PageIntended>().SelectMany(e => e.Messages).Select(m => m.Contact).ToHashSet(StringComparer.Ordinal);
        // Another pager has no way back from "acknowledged"; where it is called anew it hears so.
        var told = page.Notices.Where(n => n.Cause == PageCause.Acknowledged).SelectMany(n => n.Messages)
            .Where(m => m.Kind is not (ContactKinds.PagerDuty or ContactKinds.Opsgenie) && page.Last(m.Contact)!.Effect == m.Effect && !anew.Contains(m.Contact));
        Tell(context, events, page, PageCause.Changed, why, told);
    }

    /// <summary>It became part of another page, which goes on.</summary>
    public static PageEvents PartOf(PageContext context, Page page, string by)
    {
        var events = new PageEvents();
        Tell(context, events, page, PageCause.Merged, $"{context.NameOf(by)} made it part of another page, which goes on.", Called(page));
        return events;
    }

    /// <summary>Everybody who was called, where it came or may have come.</summary>
    private static IEnumerable<PageMessage> Called(Page page) =>
        page.Notices.Where(n => n.Cause.Calls()).SelectMany(n => n.Messages).Where(m => m.State is MessageState.Accepted or MessageState.Pending);

    private static void Tell(PageContext context, PageEvents events, Page page, PageCause cause, string why, IEnumerable<PageMessage> told)
    {
        var calls = new List<(string, Contact)>();
        foreach (var message in told.Where(m => ChannelTraits.Of(m.Kind).ChangesQuietly).DistinctBy(m => m.Contact))
            if (context.ContactsOf(message.Person).FirstOrDefault(c => c.Name == message.Contact) is { } contact) calls.Add((message.Person, contact));
        if (calls.Count == 0) return;
        var facts = new PageFacts(page.Id, cause, page.Severity, page.Service, page.Title, why, cause != PageCause.Merged, context.AlertsOf(page), context.Now, context.PublicUrl);
        PageIntents.Tell(context, events, facts, [], calls, "");
    }
}
