using Nines.Alerting.Alerts;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>What time does to a page: one thing at a time, the most pressing first. Pure; the page's state says when.</summary>
public static class PageTime
{
    /// <summary>What is due, of each page the first thing: after a stand-still the newest page comes first, because it is the one that burns.</summary>
    /// <param name="context">What it is decided from.</param>
    /// <param name="upTo">What was due until then is due.</param>
    /// <param name="most">So many pages in one commit.</param>
    public static PageEvents DecideAll(PageContext context, Instant upTo, int most)
    {
        var all = new PageEvents();
        foreach (var page in context.Pages.Due.TakeWhile(d => d.At <= upTo).Take(most).Select(d => context.Pages.All[d.Page]).OrderByDescending(p => p.OpenedAt).ToArray())
        {
            var events = Decide(context, page, upTo);
            all.AddRange(events);
            // Pages whose steps fall into one commit call one after the other, too.
            context = context with { Pages = events.Select(e => e.Event).OfType<PageStepTaken>().Aggregate(context.Pages, (book, step) => book.Turn(step)) };
        }

        return all;
    }

    /// <summary>The events of the first thing that is due; none where nothing is.</summary>
    /// <param name="context">What it is decided from.</param>
    /// <param name="page">The page.</param>
    /// <param name="upTo">What was due until then is due; later than now where the clock was set back meanwhile.</param>
    public static PageEvents Decide(PageContext context, Page page, Instant upTo)
    {
        var events = new PageEvents();
        if (page.EndedAt is not null || page.Run is not { } run) return events;
        if (page.SnoozedUntil <= upTo) return RingAgain(context, page, "It slept until now, and still fires.");
        if (page.RingsAgainAt <= upTo) return RingAgain(context, page, StillFires(context, page));
        if (page.Rings && Earliest(page) <= upTo && Silenced(context, page) is { } until) return events.Write(page.Id, new PageSnoozed(page.Id, "", until));
        if (page.Rings)
        {
            foreach (var message in page.Messages)
                if (message.NextDeadline is { } next && next.At <= upTo)
                    return PageFailover.Decide(context, page, message, next.Stage, Late(message, next.Stage));
            var planned = run.Planned.Where(c => c.At <= upTo).ToArray();
            if (planned.Length > 0)
            {
                PageFailover.Call(context, events, page, planned, "Nobody has taken it on yet.");
                return events;
            }

            if (run.NextAt <= upTo)
            {
                PageSteps.Advance(context, events, page);
                return events;
            }
        }

        // A shift ends by the clock on the wall, whatever it was set to meanwhile: until then the same people are on call.
        foreach (var shift in run.Shifts)
            if (shift.Until <= context.Now) return PageHandover.Decide(context, page, shift.Schedule);
        return events;
    }

    /// <summary>When the page would next ring or fail over.</summary>
    private static Instant? Earliest(Page page)
    {
        var next = page.Run!.NextAt;
        foreach (var at in page.Run.Planned.Select(c => (Instant?)c.At).Concat(page.Messages.Select(m => m.NextDeadline?.At)))
            if (at is not null && (next is null || at < next)) next = at;
        return next;
    }

    /// <summary>Until when somebody asked for silence about everything that fires of it; null where something is not silenced.</summary>
    private static Instant? Silenced(PageContext context, Page page)
    {
        Instant? until = null;
        foreach (var alert in context.AlertsOf(page).Where(a => a.Firing))
        {
            if (context.SilencedUntil(alert) is not { } end || end <= context.Now) return null;
            if (until is null || end < until) until = end;
        }

        return until;
    }

    private static PageEvents RingAgain(PageContext context, Page page, string why)
    {
        var events = new PageEvents();
        var about = PageSteps.Subject.Of(context, page);
        if (!about.Alerts.Any(a => a.Firing)) return events.Write(page.Id, new PageEnded(page.Id, "Nothing of it fires any more."));
        if (Silenced(context, page) is { } until) return events.Write(page.Id, new PageSnoozed(page.Id, "", until));
        events.Write(page.Id, new PageUnacknowledged(page.Id, "", why));
        foreach (var alert in about.Alerts.Where(a => a.Firing && a.AcknowledgedAt is not null)) events.Add((Intake.StreamOf(alert.Id), new AlertUnacknowledged(alert.Id, why)));
        PageSteps.Begin(context, events, about, PageCause.Unacknowledged, why);
        PageNews.Lost(context, events, page, why);
        return events;
    }

    private static string StillFires(PageContext context, Page page)
    {
        var last = page.Acknowledgements[^1];
        var after = Kernel.FieldDuration.Format(page.Run!.RingsAgainAfter!.Value);
        return $"{context.NameOf(last.Person)} took it on {after} ago, and it still fires ({page.RangAgain + 1} of {Page.RingsAgainAtMost} times that it rings again by itself).";
    }

    private static string Late(PageMessage message, ProofStage stage)
    {
        var said = message.Reason.Length > 0 && stage == ProofStage.Accepted ? $" {message.Reason}" : "";
        return stage switch
        {
            ProofStage.Attempted => $"The message by {message.Kind} was not tried in time.",
            ProofStage.Accepted => $"The message by {message.Kind} was not accepted in time.{said}",
            ProofStage.Delivered => $"The message by {message.Kind} was not delivered in time.",
            _ => $"The message by {message.Kind} was not seen in time.",
        };
    }
}
