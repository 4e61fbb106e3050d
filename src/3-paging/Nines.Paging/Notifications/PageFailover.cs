using Nines.Paging.Channels;

namespace Nines.Paging.Notifications;

/// <summary>
/// A message did not come far enough in time, or failed: the person's next contact at once; when none is left, the next
/// people at once. It waits for no delay, because the delay was for somebody who heard it. Pure.
/// </summary>
public static class PageFailover
{
    /// <summary>The events after a message was lost; none where nobody waits for it.</summary>
    /// <param name="context">What it is decided from.</param>
    /// <param name="page">The page.</param>
    /// <param name="message">The message.</param>
    /// <param name="stage">How far it did not come.</param>
    /// <param name="reason">What is known about it.</param>
    public static PageEvents Decide(PageContext context, Page page, PageMessage message, ProofStage stage, string reason)
    {
        var events = new PageEvents();
        if (!page.Rings || message.Missed is not null || message.Due is null || message.Closed) return events;
        var planned = page.Run!.Planned.Where(c => c.Person == message.Person).OrderBy(c => c.At).ToArray();
        if (planned.Length > 0)
        {
            events.Write(page.Id, Over(page, message, stage, reason, FailoverTo.Contact));
            Call(context, events, page, planned.TakeWhile(c => c.At == planned[0].At), $"{reason} So the next contact is taken at once.");
            return events;
        }

        var lost = LostPeople(page, message);
        // Another call of this step is well under way, or will be.
        var waits = page.Run.Planned.Count > 0 || page.Messages.Any(m => m.IntendedAt >= page.Run.StepAt && m.Due is not null && !m.Lost && m.Effect != message.Effect);
        var further = !waits && !page.Run.LastResort;
        events.Write(page.Id, Over(page, message, stage, reason, further ? FailoverTo.Step : FailoverTo.Nobody));
        if (further) PageSteps.AdvancePast(context, events, page, lost, Nobody(page, message, reason));
        else if (!waits && (page.Unheard.Length == 0 || page.Run.NextAt is null))
            events.Write(page.Id, new PageUnheard(page.Id, Nobody(page, message, reason), page.Run.NextAt is null ? context.Now + PageSteps.LastDelay(context, page) : null));
        return events;
    }

    /// <summary>Makes planned calls now; a contact that is gone leads to the next at once.</summary>
    public static void Call(PageContext context, PageEvents events, Page page, IEnumerable<PlannedCall> planned, string why)
    {
        var calls = new List<(string, Contact)>();
        foreach (var call in planned)
        {
            var contact = context.ContactsOf(call.Person).FirstOrDefault(c => c.Name == call.Contact);
            var tried = page.PendingCalls.Any(m => m.Contact == call.Contact);
            if (contact is not null && !tried) calls.Add((call.Person, contact));
            else events.Write(page.Id, new PageFailedOver(
                page.Id, "", call.Person, call.Contact, ProofStage.Attempted, tried ? $"An earlier message by {call.Kind} is still being tried." : "The contact is gone.", FailoverTo.Nobody));
        }

        if (calls.Count == 0) return;
        var facts = new PageFacts(page.Id, PageCause.Escalated, page.Severity, page.Service, page.Title, why, true, context.AlertsOf(page), context.Now, context.PublicUrl);
        PageIntents.Tell(context, events, facts, [], calls, "");
    }

    private static PageFailedOver Over(Page page, PageMessage message, ProofStage stage, string reason, FailoverTo to) =>
        new(page.Id, message.Effect, message.Person, message.Contact, stage, reason, to);

    /// <summary>People of this round none of whose messages can be counted on any more.</summary>
    private static HashSet<string> LostPeople(Page page, PageMessage message) =>
    [
        .. page.Messages.Where(m => m.IntendedAt >= page.Run!.RoundAt && m.Due is not null).GroupBy(m => m.Person)
            .Where(g => g.All(m => m.Lost || m.Effect == message.Effect) && !page.Run!.Planned.Exists(c => c.Person == g.Key)).Select(g => g.Key),
    ];

    private static string Nobody(Page page, PageMessage message, string reason)
    {
        var said = page.Messages.Where(m => m.IntendedAt >= page.Run!.RoundAt && m.Due is not null && m.Lost && m.Effect != message.Effect).Select(m => m.Reason).Append(reason);
        return $"Nobody who was called could be reached: {string.Join(' ', said.Where(r => r.Length > 0).Distinct(StringComparer.Ordinal))}";
    }
}
