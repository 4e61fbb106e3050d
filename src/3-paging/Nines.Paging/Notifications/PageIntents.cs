using System.Text.Json;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>What a page is decided from.</summary>
/// <param name="Pages">The pages so far.</param>
/// <param name="ContactsOf">A person's contacts, by id.</param>
/// <param name="Now">When.</param>
/// <param name="NewId">Makes ids.</param>
/// <param name="PublicUrl">Where this server is reached.</param>
public sealed record PageContext(
    PageBook Pages, Func<string, IReadOnlyList<Contact>> ContactsOf, Instant Now, Func<string> NewId, string PublicUrl);

/// <summary>Turns a notification into a page and its messages: pure, all in one commit.</summary>
public static class PageIntents
{
    /// <summary>
    /// A page's message is tried this long; then those called count as not reached, and the last resort is called. (The
    /// acknowledgement deadlines of escalation are shorter and come with it.)
    /// </summary>
    public static Duration Patience { get; } = Duration.FromMinutes(15);

    /// <summary>A ticket's mail may wait out a long break of the mail server.</summary>
    public static Duration TicketPatience { get; } = Duration.FromHours(24);

    /// <summary>The events of a notification.</summary>
    /// <param name="context">What it is decided from.</param>
    /// <param name="due">The notification.</param>
    /// <param name="alerts">All alerts.</param>
    /// <param name="who">Who is called, were it a new page.</param>
    public static IReadOnlyList<(StreamName Stream, object Event)> Decide(PageContext context, NotificationDue due, AlertBook alerts, Called who)
    {
        var known = context.Pages.All.GetValueOrDefault(due.Thread);
        var cause = Cause(due.Cause);
        var written = new List<(StreamName, object)>();
        // A ticket is told once; what becomes of it is in the list.
        if (due.Severity == AlertSeverity.Page || cause is PageCause.First or PageCause.More)
        {
            // Whoever was told that it burns is told that it is over, also where the owner has changed meanwhile.
            var called = cause == PageCause.Resolved && known is not null ? new Called(known.People, Reason(known)) : who;
            var firing = due.Firing.Select(id => alerts.All.GetValueOrDefault(id)).OfType<Alert>();
            // What joined is the news: it comes first.
            if (cause == PageCause.More) firing = firing.OrderByDescending(a => a.StartedAt);
            Alert[] about = [.. firing, .. due.Resolved.Select(id => alerts.All.GetValueOrDefault(id)).OfType<Alert>()];
            var title = about.Length > 0 ? about[0].Title : known?.Title ?? due.Group;
            var facts = new PageFacts(due.Thread, cause, due.Severity, due.Service, title, called.Reason, !due.Ends, about, context.Now, context.PublicUrl);
            written.AddRange(Tell(context, facts, called, due.Id));
        }

        if (due.Ends) written.Add((StreamOf(due.Thread), new PageEnded(due.Thread, "Nothing of it fires any more.")));
        return written;
    }

    /// <summary>The events that call some people about a page.</summary>
    public static IReadOnlyList<(StreamName Stream, object Event)> Tell(PageContext context, PageFacts facts, Called called, string notification)
    {
        var known = context.Pages.All.GetValueOrDefault(facts.Page);
        var messages = new List<IntendedMessage>();
        var effects = new List<(StreamName, object)>();
        foreach (var person in called.People)
            foreach (var contact in context.ContactsOf(person))
            {
                if (facts.Severity != AlertSeverity.Page && contact.Kind != ContactKind.Email) continue;
                var id = context.NewId();
                messages.Add(new(id, contact.Name, person, contact.Kind));
                effects.Add((Outbox.StreamOf(id), new OutboxIntended(
                    id, contact.Kind, contact.Name, $"page/{facts.Page}", JsonSerializer.SerializeToElement(PageContent.Message(facts, known?.First(contact.Name)?.Effect), HouseJson.Options),
                    known?.Last(contact.Name)?.Effect, facts.Severity == AlertSeverity.Page ? Patience : TicketPatience)));
            }

        var intended = new PageIntended(
            facts.Page, notification, facts.Cause, facts.Severity, facts.Service, facts.Title, called.Reason, called.People, messages, [.. facts.Alerts.Select(a => a.Id)]);
        var stream = StreamOf(facts.Page);
        var rings = facts.Severity == AlertSeverity.Page && facts.Cause != PageCause.Resolved;
        return rings && messages.Count == 0
            ? [(stream, intended), (stream, new PageUnheard(facts.Page, called.Reason))]
            : [(stream, intended), .. effects];
    }

    /// <summary>The journal's stream of a page.</summary>
    public static StreamName StreamOf(string page) => new("page", page);

    private static string Reason(Page page) => page.Notices[0].Reason;

    private static PageCause Cause(NotificationCause cause) => cause switch
    {
        NotificationCause.First => PageCause.First,
        NotificationCause.More => PageCause.More,
        NotificationCause.Repeat => PageCause.Repeat,
        NotificationCause.Reopened => PageCause.Reopened,
        _ => PageCause.Resolved,
    };
}
