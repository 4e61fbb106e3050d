using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>What people do with a page: pure rules, each with every problem in words.</summary>
public static class PageAnswers
{
    /// <summary>The longest sleep.</summary>
    public static Duration LongestSnooze { get; } = Duration.FromHours(24);

    /// <summary>Somebody takes it on. Who has it already changes nothing.</summary>
    public static Outcome<PageEvents> Acknowledge(PageContext context, string id, string person, string via) => OpenPage(context, id).Map(page =>
        page.Acknowledgements.Exists(a => a.Person == person) ? new PageEvents() : new PageEvents().Write(page.Id, new PageAcknowledged(page.Id, person, via)));

    /// <summary>Somebody gives it back: it rings from the first step.</summary>
    public static Outcome<PageEvents> Unacknowledge(PageContext context, string id, string by) => OpenPage(context, id).Map(page =>
    {
        var events = new PageEvents();
        if (page.Rings && page.Acknowledgements.IsEmpty) return events;
        var why = $"{context.NameOf(by)} gave it back.";
        events.Write(page.Id, new PageUnacknowledged(page.Id, by, "{0} gave it back."));
        foreach (var alert in context.AlertsOf(page).Where(a => a.Firing && a.AcknowledgedAt is not null)) events.Add((Intake.StreamOf(alert.Id), new AlertUnacknowledged(alert.Id, "The page was given back.")));
        PageSteps.Begin(context, events, PageSteps.Subject.Of(context, page), PageCause.Unacknowledged, why);
        PageNews.Lost(context, events, page, why);
        return events;
    });

    /// <summary>It sleeps for a while, and rings again where it still fires then.</summary>
    public static Outcome<PageEvents> Snooze(PageContext context, string id, string by, Duration length)
    {
        if (length < Duration.FromMinutes(1) || length > LongestSnooze)
            return Problem.Invalid($"A page sleeps from 1m to {FieldDuration.Format(LongestSnooze)}, not {FieldDuration.Format(length)}.", "Write one such as 30m. What may wait longer is no page: silence it.", "for");
        return OpenPage(context, id).Map(page => new PageEvents().Write(page.Id, new PageSnoozed(page.Id, by, context.Now + length)));
    }

    /// <summary>Somebody gives it to others: they are called at once, and the policy goes on behind them.</summary>
    public static Outcome<PageEvents> Reassign(PageContext context, string id, string by, IReadOnlyList<string> names)
    {
        var people = new List<string>();
        var problems = new List<Problem>();
        foreach (var name in names)
        {
            if (context.World.Reach(name) is { } found) people.Add(found);
            else problems.Add(Problem.Invalid($"There is nobody \"{name}\" with a contact in the catalog.", $"{context.World.Catalog.DidYouMean<Catalog.Person>(name)}List people with \"nines get Person\".", "to"));
        }

        if (names.Count == 0) problems.Add(Problem.Invalid("It is given to nobody.", "Name a person.", "to"));
        if (problems.Count > 0) return Outcome<PageEvents>.Failed(problems);
        return OpenPage(context, id).Map(page =>
        {
            var events = new PageEvents().Write(page.Id, new PageReassigned(page.Id, by, people));
            events.AddRange(PageEnding.CallOff(page, "The page was given to others."));
            var chosen = Escalations.PolicyChoice.Of(page.Escalation, page.Service, context.World.Catalog);
            var (now, later) = PageSteps.Plan(context, people);
            var reason = $"{context.NameOf(by)} gave it to {string.Join(" and ", names)}.";
            var facts = new PageFacts(page.Id, PageCause.Reassigned, page.Severity, page.Service, page.Title, reason, true, context.AlertsOf(page), context.Now, context.PublicUrl);
            PageIntents.Tell(Free(context, page), events, facts, people, now, "");
            var run = page.Run!;
            events.Write(page.Id, new PageStepTaken(
                page.Id, run.Policy, run.Round, Math.Min(run.Step, chosen.Policy.Steps.Count), people, reason, [], context.Now + chosen.Policy.Steps[0].Delay, later, [], run.Needs, run.RingsAgainAfter));
            PageNews.Lost(context, events, page, reason);
            return events;
        });
    }

    /// <summary>The next step now. Whoever had it has not any more.</summary>
    public static Outcome<PageEvents> Escalate(PageContext context, string id, string by) => OpenPage(context, id).Map(page =>
    {
        var events = new PageEvents().Write(page.Id, new PageEscalated(page.Id, by));
        var why = $"{context.NameOf(by)} asks for the next step.";
        // Whoever had it has not any more, and may well be next.
        PageSteps.Advance(context with { Pages = context.Pages.Change(page.Id, p => p with { Acknowledgements = [] }) }, events, page, why);
        PageNews.Lost(context, events, page, why);
        return events;
    });

    /// <summary>A page becomes part of another one.</summary>
    public static Outcome<PageEvents> Merge(PageContext context, string id, string into, string by)
    {
        var (page, target) = (OpenPage(context, id), OpenPage(context, into));
        if (!page.Ok || !target.Ok) return Outcome<PageEvents>.Failed([.. page.Problems, .. target.Problems]);
        return page.Value.Id == target.Value.Id
            ? Problem.Invalid("A page cannot become part of itself.", "Name another page.", "into")
            : target.Value.Shadow.Length > 0 && page.Value.Shadow.Length == 0
            ? Problem.Conflict("The other page is in shadow mode and calls nobody: this one would fall silent.", "Make the other page part of this one.", "into")
            : new PageEvents().Write(page.Value.Id, new PageMerged(page.Value.Id, target.Value.Id, by, page.Value.Alerts));
    }

    /// <summary>Somebody says that it is over; those who were told hear it. Where it fires on, it comes back.</summary>
    public static Outcome<PageEvents> Resolve(PageContext context, string id, string by) => OpenPage(context, id).Map(page =>
    {
        var events = new PageEvents();
        PageEnding.TellOver(context, events, page, context.AlertsOf(page), open: false, "");
        return events.Write(page.Id, new PageEnded(page.Id, "{0} says that it is over.", by));
    });

    /// <summary>As if nobody had it, and nothing of it were on its way.</summary>
    private static PageContext Free(PageContext context, Page page) => context with
    {
        Pages = context.Pages.Change(page.Id, p => p.PendingCalls.Select(m => m.Effect).Aggregate(
            p with { Acknowledgements = [] }, (free, effect) => free.Change(effect, m => m with { State = MessageState.Cancelled }))),
    };

    private static Outcome<Page> OpenPage(PageContext context, string id)
    {
        if (context.Pages.OfThread(id) is not { } page) return Problem.NotFound($"There is no page {id}.", "List them with \"nines page list\".", "page");
        if (page.EndedAt is not null) return Problem.Conflict("This page is over already.", "There is nothing left to do about it.", "page");
        return page.Run is null ? Problem.Conflict("Nobody is called about this: it is no page.", "Tickets are worked on where they are listed.", "page") : page;
    }
}
