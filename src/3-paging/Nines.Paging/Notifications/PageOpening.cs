using Nines.Alerting.Alerts;
using Nines.Paging.Channels;

namespace Nines.Paging.Notifications;

/// <summary>What a notification comes to: a page begins, grows, comes back or ends; a ticket is told once. Pure.</summary>
public static class PageOpening
{
    /// <summary>The events of a notification.</summary>
    /// <param name="context">What it is decided from.</param>
    /// <param name="due">The notification.</param>
    public static PageEvents Decide(PageContext context, NotificationDue due)
    {
        var events = new PageEvents();
        if (due.Severity == AlertSeverity.Page) Page(context, events, due);
        else Ticket(context, events, due);
        return events;
    }

    private static void Page(PageContext context, PageEvents events, NotificationDue due)
    {
        var page = context.Pages.OfThread(due.Thread);
        var about = About(context, due);
        if (due.Cause == NotificationCause.Resolved)
        {
            if (page is not null) Over(context, events, page, due, about);
            return;
        }

        var title = about.Length > 0 ? about[0].Title : page?.Title ?? due.Group;
        var subject = new PageSteps.Subject(page?.Id ?? due.Thread, due.Escalation, due.Service, title, about);
        if (page is null || page.EndedAt is not null || page.Run is null)
            PageSteps.Begin(context, events, subject, page is null ? PageCause.First : PageCause.Reopened, notification: due.Id);
        else if (due.Cause == NotificationCause.Repeat)
        {
            // Whoever has it is not rung because time has passed; what nobody took on begins anew.
            if (page.Rings && page.Run.NextAt is null) PageSteps.Begin(context, events, subject, PageCause.Repeat, "It still fires, and nobody has taken it on.", due.Id);
        }
        else More(context, events, page, due, subject);
    }

    private static Alert[] About(PageContext context, NotificationDue due)
    {
        var firing = due.Firing.Select(id => context.Alerts.All.GetValueOrDefault(id)).OfType<Alert>();
        // What joined is the news: it comes first.
        if (due.Cause == NotificationCause.More) firing = firing.OrderByDescending(a => a.StartedAt);
        return [.. firing, .. due.Resolved.Select(id => context.Alerts.All.GetValueOrDefault(id)).OfType<Alert>()];
    }

    /// <summary>Who has it, or was called, hears what joined; a page that sleeps lets it sleep.</summary>
    private static void More(PageContext context, PageEvents events, Page page, NotificationDue due, PageSteps.Subject about)
    {
        string[] people = page.Acknowledgements.Count > 0 ? [.. page.Acknowledgements.Select(a => a.Person)] : [.. page.People];
        IReadOnlyList<(string, Contact)> calls = page.SnoozedUntil is null ? PageSteps.Plan(context, people).Now : [];
        var facts = new PageFacts(page.Id, PageCause.More, page.Severity, page.Service, about.Title, page.Notices[0].Reason, true, about.Alerts, context.Now, context.PublicUrl);
        PageIntents.Tell(context, events, facts, [], calls, due.Id);
    }

    private static void Over(PageContext context, PageEvents events, Page page, NotificationDue due, IReadOnlyList<Alert> about)
    {
        var ends = due.Ends && !(page.Merged && context.AlertsOf(page).Any(a => a.Firing && !due.Resolved.Contains(a.Id)));
        if (page.EndedAt is null) PageEnding.TellOver(context, events, page, about, !ends, due.Id);
        if (ends) events.Write(page.Id, new PageEnded(page.Id, "Nothing of it fires any more."));
    }

    private static void Ticket(PageContext context, PageEvents events, NotificationDue due)
    {
        // A ticket is told once; what becomes of it is in the list.
        if (due.Cause is NotificationCause.First or NotificationCause.More)
        {
            var who = WhoIsPaged.For(due.Service, context.World.Catalog, context.World.NinesOwner, context.World.HasContact);
            var about = About(context, due);
            var facts = new PageFacts(
                due.Thread, due.Cause == NotificationCause.First ? PageCause.First : PageCause.More, due.Severity, due.Service, about.Length > 0 ? about[0].Title : due.Group, who.Reason, true,
                about, context.Now, context.PublicUrl);
            PageIntents.Tell(context, events, facts, who.People,
                [.. who.People.SelectMany(p => NotificationPlan.Of(context.PersonOf(p), context.ContactsOf(p), due.Severity).Select(c => (p, c.Contact)))], due.Id);
        }

        if (due.Ends) events.Write(due.Thread, new PageEnded(due.Thread, "Nothing of it fires any more."));
    }
}
