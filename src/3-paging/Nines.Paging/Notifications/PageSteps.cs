using Nines.Alerting.Alerts;
using Nines.Paging.Channels;
using Nines.Paging.Escalations;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>A page's escalation, step by step: who is called now, whose calls follow, when the next step comes. Pure.</summary>
public static class PageSteps
{
    /// <summary>What a step is about.</summary>
    /// <param name="Page">The page.</param>
    /// <param name="Escalation">The policy that its route names; empty for none.</param>
    /// <param name="Service">Whose users feel it.</param>
    /// <param name="Title">What burns.</param>
    /// <param name="Alerts">The alerts, what fires first.</param>
    public sealed record Subject(string Page, string Escalation, string Service, string Title, IReadOnlyList<Alert> Alerts)
    {
        /// <summary>An open page as a subject.</summary>
        public static Subject Of(PageContext context, Page page) => new(page.Id, page.Escalation, page.Service, page.Title, context.AlertsOf(page));
    }

    /// <summary>Begins at the first step.</summary>
    public static void Begin(PageContext context, PageEvents events, Subject about, PageCause cause, string why = "", string notification = "")
    {
        // Whoever had it before is asked again like everybody else.
        var free = context with { Pages = context.Pages.Change(about.Page, p => p with { Acknowledgements = [] }) };
        Take(free, events, about, round: 1, step: 0, cause, why, notification);
    }

    /// <summary>Who comes next unless somebody takes it on; null where nobody waits.</summary>
    public static NextStep? Peek(PageContext context, Page page)
    {
        if (!page.Rings || page.Run is not { NextAt: not null } run) return null;
        var chosen = PolicyChoice.Of(page.Escalation, page.Service, context.World.Catalog);
        var about = Subject.Of(context, page);
        var next = StepCalculator.Next(chosen.Policy.Steps.Count, chosen.Policy.Rounds, run.Round, run.Step, s => People(context, chosen, about, s));
        return next.LastResort ? next with { Call = StepTargets.LastResort(page.Service, context.World) } : next;
    }

    /// <summary>Takes the step after the one that a page stands at.</summary>
    public static void Advance(PageContext context, PageEvents events, Page page, string why = "")
    {
        var run = page.Run!;
        // All rounds are over, and not one message arrived: rounds are for people who heard it.
        if (run is { Step: PageRun.BeyondSteps, LastResort: true } && run.Round >= PolicyChoice.Of(page.Escalation, page.Service, context.World.Catalog).Policy.Rounds && page.Unheard.Length > 0)
        {
            Begin(context, events, Subject.Of(context, page), PageCause.Escalated, "Nobody has been reached so far.");
            return;
        }

        Take(context, events, Subject.Of(context, page), run.Round, run.Step, PageCause.Escalated, why, "");
    }

    /// <summary>
    /// Nobody of this step can be reached any more: the next people at once, but within this round; when there are none,
    /// everybody, and the next round begins after the step's delay.
    /// </summary>
    public static void AdvancePast(PageContext context, PageEvents events, Page page, IReadOnlySet<string> lost, string why)
    {
        var run = page.Run!;
        var about = Subject.Of(context, page);
        var chosen = PolicyChoice.Of(page.Escalation, page.Service, context.World.Catalog);
        var next = StepCalculator.Next(chosen.Policy.Steps.Count, run.Round, run.Round, run.Step, s => Without(lost, People(context, chosen, about, s)));
        if (!next.LastResort)
        {
            Write(context, events, about, chosen, next, PageCause.Escalated, $"{why} {next.Call.Reason}", "", context.Now + chosen.Policy.Steps[next.Step - 1].Delay);
            return;
        }

        var again = run.Round < chosen.Policy.Rounds ? context.Now + chosen.Policy.Steps[^1].Delay : (Instant?)null;
        LastResort(context, events, about, chosen, next with { Call = Without(lost, StepTargets.LastResort(page.Service, context.World)) }, why, again);
    }

    private static void Take(PageContext context, PageEvents events, Subject about, int round, int step, PageCause cause, string why, string notification)
    {
        var chosen = PolicyChoice.Of(about.Escalation, about.Service, context.World.Catalog);
        var policy = chosen.Policy;
        var next = StepCalculator.Next(policy.Steps.Count, policy.Rounds, round, step, s => People(context, chosen, about, s));
        if (!next.LastResort)
        {
            var reason = why.Length > 0 ? $"{why} {next.Call.Reason}" : next.Call.Reason;
            Write(context, events, about, chosen, next, cause, reason, notification, context.Now + policy.Steps[next.Step - 1].Delay);
            return;
        }

        // Nobody to begin with, or nobody came: two different sentences, one consequence.
        var empty = step == 0 || next.Passed.Count == policy.Steps.Count;
        var said = empty ? next.FirstReason : $"Nobody took it on in {(policy.Rounds == 1 ? "the whole round" : $"{policy.Rounds} rounds")}.";
        var again = empty && next.Round < policy.Rounds ? context.Now + policy.Steps[^1].Delay : (Instant?)null;
        LastResort(
            context, events, about, chosen, next with { Call = StepTargets.LastResort(about.Service, context.World) }, why.Length > 0 ? $"{why} {said}" : said, again, notification,
            step == 0 ? cause : PageCause.LastResort);
    }

    private static void LastResort(
        PageContext context, PageEvents events, Subject about, ChosenPolicy chosen, NextStep next, string why, Instant? again, string notification = "", PageCause cause = PageCause.LastResort)
    {
        var reason = $"{why} {next.Call.Reason}".Trim();
        Write(context, events, about, chosen, next, cause, reason, notification, again);
        if (next.Call.People.Count == 0) events.Write(about.Page, new PageUnheard(about.Page, reason));
    }

    private static void Write(
        PageContext context, PageEvents events, Subject about, ChosenPolicy chosen, NextStep next, PageCause cause, string reason, string notification, Instant? nextAt)
    {
        var (now, planned) = Plan(context, next.Call.People);
        var facts = new PageFacts(about.Page, cause, AlertSeverity.Page, about.Service, about.Title, reason, true, about.Alerts, context.Now, context.PublicUrl);
        PageIntents.Tell(context, events, facts, next.Call.People, now, notification);
        PageLearners.Tell(context, events, facts, next.Call);
        events.Write(about.Page, new PageStepTaken(
            about.Page, chosen.Policy.Name, next.Round, next.Step, next.Call.People, reason, next.Passed, nextAt, planned, next.Call.Shifts,
            chosen.Policy.Acknowledgements, chosen.Policy.UnacknowledgeAfter));
    }

    /// <summary>How long the last people have before everybody is tried anew.</summary>
    public static Duration LastDelay(PageContext context, Page page) => PolicyChoice.Of(page.Escalation, page.Service, context.World.Catalog).Policy.Steps[^1].Delay;

    /// <summary>What people are told now, and what follows by their own rules.</summary>
    public static (IReadOnlyList<(string Person, Contact Contact)> Now, IReadOnlyList<PlannedCall> Later) Plan(PageContext context, IReadOnlyList<string> people)
    {
        var now = new List<(string, Contact)>();
        var later = new List<PlannedCall>();
        foreach (var person in people)
            foreach (var call in NotificationPlan.Of(context.PersonOf(person), context.ContactsOf(person), AlertSeverity.Page))
            {
                if (call.After <= Duration.Zero) now.Add((person, call.Contact));
                else later.Add(new(person, call.Contact.Name, call.Contact.Kind, context.Now + call.After));
            }

        return (now, later);
    }

    /// <summary>The people of a step, from 1. Somebody who took the page on already is not called again.</summary>
    private static StepPeople People(PageContext context, ChosenPolicy chosen, Subject about, int step)
    {
        var turn = context.Pages.Turns.GetValueOrDefault($"{chosen.Policy.Name}/{step}");
        var all = StepTargets.Of(chosen.Policy.Steps[step - 1], chosen, about.Service, turn, context.World);
        var has = context.Pages.All.GetValueOrDefault(about.Page)?.Acknowledgements;
        if (has is not { Count: > 0 } || all.People.Count == 0) return all;
        string[] others = [.. all.People.Where(p => !has.Exists(a => a.Person == p))];
        return others.Length > 0 ? all with { People = others } : all with { People = [], Reason = "They have it already." };
    }

    private static StepPeople Without(IReadOnlySet<string> lost, StepPeople all)
    {
        string[] others = [.. all.People.Where(p => !lost.Contains(p))];
        return others.Length > 0 || all.People.Count == 0 ? all with { People = others } : all with { People = [], Reason = "They could not be reached." };
    }
}
