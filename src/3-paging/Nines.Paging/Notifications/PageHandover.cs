using Nines.Catalog;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>
/// A shift ended while a page is open. Whoever is on call now is told; they are rung only where nobody has the page in
/// hand. Pure.
/// </summary>
public static class PageHandover
{
    // Where a schedule is gone, it is looked at again after this.
    private static readonly Duration LookAgain = Duration.FromDays(1);

    /// <summary>The events of a shift's end.</summary>
    public static PageEvents Decide(PageContext context, Page page, string schedule)
    {
        var events = new PageEvents();
        var shift = context.World.OnCall(schedule);
        var until = shift is not null && shift.Until > context.Now ? shift.Until : context.Now + LookAgain;
        string[] people = [.. (shift?.People ?? []).Select(context.World.Reach).OfType<string>().Where(id => !page.People.Contains(id))];
        if (people.Length == 0) return events.Write(page.Id, new PageHandedOver(page.Id, schedule, [], until, "", []));

        var names = string.Join(" and ", people.Select(context.NameOf));
        var has = page.Acknowledgements.Count > 0 ? $"{context.NameOf(page.Acknowledgements[^1].Person)} has this page in hand." : page.SnoozedUntil is null ? "Nobody has taken this page on yet." : "This page sleeps.";
        var reason = $"{names} {(people.Length == 1 ? "is" : "are")} on call by {schedule} now. {has}";
        var (now, later) = PageSteps.Plan(context, people);
        if (!page.Rings) (now, later) = (Quietly(now), []);
        var facts = new PageFacts(page.Id, PageCause.Handover, page.Severity, page.Service, page.Title, reason, true, context.AlertsOf(page), context.Now, context.PublicUrl);
        PageIntents.Tell(context, events, facts, people, now, "");
        return events.Write(page.Id, new PageHandedOver(page.Id, schedule, people, until, reason, later));
    }

    /// <summary>What wakes nobody, where they have such a contact.</summary>
    private static (string, Contact)[] Quietly(IReadOnlyList<(string Person, Contact Contact)> calls) =>
        [.. calls.GroupBy(c => c.Person).SelectMany(g => g.Any(c => !ContactKinds.Rings(c.Contact.Kind)) ? g.Where(c => !ContactKinds.Rings(c.Contact.Kind)) : g.Take(1))];
}
