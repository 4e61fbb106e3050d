using Nines.Catalog;
using Nines.Paging.Channels;
using Nines.Paging.Escalations;

namespace Nines.Paging.Notifications;

/// <summary>
/// Whoever learns beside a shift gets one quiet copy of its page: no deadline, nothing to acknowledge, nobody who counts
/// as called. What only rings is not used: nobody learns from being woken for nothing. Pure.
/// </summary>
public static class PageLearners
{
    /// <summary>Tells those who learn by the schedules that a step relied on, each once a page.</summary>
    /// <param name="context">What it is decided from.</param>
    /// <param name="events">Takes the events.</param>
    /// <param name="page">What whoever is called reads.</param>
    /// <param name="call">The step.</param>
    public static void Tell(PageContext context, PageEvents events, PageFacts page, StepPeople call)
    {
        var known = context.Pages.All.GetValueOrDefault(page.Page);
        foreach (var (schedule, _) in call.Shifts.DistinctBy(s => s.Schedule))
        {
            var copies = context.World.Learning(schedule).Select(context.World.Reach).OfType<string>()
                .Where(id => !call.People.Contains(id) && known?.People.Contains(id) != true)
                .SelectMany(id => Quiet(context, id).Where(c => known?.Messages.Any(m => m.Contact == c.Name) != true).Select(c => (id, c))).ToArray();
            if (copies.Length == 0) continue;
            var on = context.World.OnCall(schedule)?.People ?? [];
            var why = $"You are learning beside {(on.Count > 0 ? string.Join(" and ", on) : "nobody")} on {schedule}: this is a copy, there is nothing to do.";
            PageIntents.Tell(context, events, page with { Cause = PageCause.Learning, Why = why }, [], copies, "");
        }
    }

    private static IEnumerable<Contact> Quiet(PageContext context, string person) =>
        NotificationPlan.Of(context.PersonOf(person), context.ContactsOf(person), Alerting.Alerts.AlertSeverity.Page).Select(c => c.Contact).Where(c => !ContactKinds.Rings(c.Kind)).DistinctBy(c => c.Name);
}
