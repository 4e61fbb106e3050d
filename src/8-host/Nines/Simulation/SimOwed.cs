using Nines.Alerting.Alerts;
using Nines.Alerting.Heartbeats;
using Nines.Kernel;
using Nines.Paging.Notifications;
using NodaTime;
using static Nines.Host.Simulation.SimPromises;

namespace Nines.Host.Simulation;

/// <summary>What the house owes for each alert that it accepted, each message that it intends and each page that it opened.</summary>
internal sealed class SimOwed(SimWorld world, SimPromises promises, SimHeld held)
{
    /// <summary>
    /// A page leaves with its group, at most one interval of a minute after the last; a lease lapses after 15 s; the rest is for
    /// the retry after a refused append.
    /// </summary>
    public static TimeSpan PageWithin { get; } = TimeSpan.FromSeconds(100);

    /// <summary>A message's first try: 15 s of a lease that a dead process held, and a second's retry.</summary>
    public static TimeSpan LeavesWithin { get; } = TimeSpan.FromSeconds(25);

    /// <summary>A step of an escalation: as a message's first try.</summary>
    public static Duration StepsWithin { get; } = Duration.FromSeconds(30);

    private static readonly TimeSpan TicketWithin = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    /// <summary>Follows the journal.</summary>
    public void Hear(Recorded one, HouseState state)
    {
        switch (one.Event)
        {
            case OutboxIntended effect:
                Leaves(effect);
                break;
            case PageSnoozed snoozed:
                Wakes(snoozed.Page, snoozed.Until, page => page.SnoozedUntil == snoozed.Until, "sleeps");
                break;
            case PageAcknowledged has when state.Get<PageBook>().All.GetValueOrDefault(has.Page) is { AcknowledgedAt: { } at, RangAgain: < 3, Run.RingsAgainAfter: { } after } && at == one.Entry.At:
                Wakes(has.Page, at + after, page => page.AcknowledgedAt == at && page.SnoozedUntil is null, "rests");
                break;
            case HeartbeatMissed:
                promises.Expect(Broken.Lost, PageWithin, Beats, () => "A heartbeat is missed, and its alert has neither a page nor a reason for none.");
                break;
            case PageStepTaken step:
                Steps(step, one.Entry.At);
                break;
            case PageIntended { Severity: AlertSeverity.Page, Cause: PageCause.First } page:
                promises.Expect(Broken.Lost, LookAgain, state => Lives(state, page.Page), () => $"The page {page.Page} is open, and what it waits for does not come.");
                break;
        }
    }

    /// <summary>A sender was answered that its alert is taken.</summary>
    public void Took(SimSource source) => promises.Expect(
        Broken.Lost, source.Severity == AlertSeverity.Page ? PageWithin : TicketWithin, state => Stands(state, source),
        () => $"The alert {source.Labels} was accepted and has neither a page nor a reason for none.");

    private void Leaves(OutboxIntended effect)
    {
        promises.Expect(Broken.Late, LeavesWithin, state =>
        {
            var outbox = state.Get<Outbox>();
            if (world.Ledger.HasLeft(effect.Id) || !outbox.Pending.TryGetValue(effect.Id, out var pending)) return Standing.Kept;
            // Behind another one to the same contact, or behind four that hang there.
            var busy = pending.After is not null || outbox.Pending.Values.Count(e => e.Target == pending.Target && e.Id != pending.Id) >= OutboxSchedule.MostToOneTarget;
            return busy ? Standing.UnderWay : Standing.Broken;
        }, () => $"The message {effect.Id} to {effect.Target} has not left.");
        var patience = (effect.Patience ?? RetrySchedule.Patience).ToTimeSpan() + RetrySchedule.LongestAsked.ToTimeSpan() + LeavesWithin;
        promises.Expect(Broken.Lost, patience, state =>
            !state.Get<Outbox>().Pending.TryGetValue(effect.Id, out var pending) ? Standing.Kept
            : pending.After is not null || pending.Attempts == 0 ? Standing.UnderWay : Standing.Broken,
            () => $"The message {effect.Id} to {effect.Target} is neither sent nor given up.");
    }

    private Standing Stands(HouseState state, SimSource source)
    {
        if (source.Ending) return Standing.Kept;
        var alert = state.Get<AlertBook>().Find(source.Labels.Fingerprint);
        // Its end came by the clock, because the sender could not say it again in time; it will.
        if (source.HoldsUntil <= world.Clock.Wall) return Standing.UnderWay;
        if (alert is not { Firing: true } || !alert.Labels.Equals(source.Labels)) return Standing.Broken;
        return source.Severity == AlertSeverity.Log ? Standing.UnderWay : IsTold(state, alert, source.Severity);
    }

    /// <summary>What fires has a page or a ticket, or a reason for none that is one.</summary>
    public Standing IsTold(HouseState state, Alert alert, AlertSeverity severity)
    {
        if (held.Rightly(state, alert) is { } rightly) return rightly ? Standing.UnderWay : Standing.Broken;
        // A ticket is told once.
        if (severity == AlertSeverity.Ticket) return alert.Trail.Exists(v => v.Stage == Stage.Notify) ? Standing.UnderWay : Standing.Broken;
        return state.Get<PageBook>().All.Values.Any(p => p.EndedAt is null && p.Alerts.Contains(alert.Id)) ? Standing.UnderWay : Standing.Broken;
    }

    private Standing Beats(HouseState state)
    {
        foreach (var (_, alert) in state.Get<AlertBook>().All)
            if (alert is { Firing: true, Source: "heartbeats" }) return IsTold(state, alert, AlertSeverity.Page);
        return Standing.Kept;
    }

    /// <summary>What an open page waits for comes in time; where it waits for nothing, everybody was called, or it says that nobody could be.</summary>
    private Standing Lives(HouseState state, string id)
    {
        if (!state.Get<PageBook>().All.TryGetValue(id, out var page) || page.EndedAt is not null) return Standing.Kept;
        if (!page.Rings || world.Unsettled) return Standing.UnderWay;
        // Where it rings again just now, what is overdue follows at once.
        var late = world.Clock.Wall - StepsWithin;
        if (page.DueAt is { } due) return due < late && page.Run!.StepAt < late ? Standing.Broken : Standing.UnderWay;
        return page.Run!.LastResort || page.Unheard.Length > 0 ? Standing.UnderWay : Standing.Broken;
    }

    /// <summary>A page that rests for a while rings again at its end, unless it is over or somebody did something with it.</summary>
    private void Wakes(string id, Instant until, Func<Page, bool> still, string what)
    {
        var within = (until - world.Clock.Wall).ToTimeSpan();
        promises.Expect(Broken.Late, (within > TimeSpan.Zero ? within : TimeSpan.Zero) + StepsWithin.ToTimeSpan(), state =>
            state.Get<PageBook>().All.GetValueOrDefault(id) is not { EndedAt: null } page || !still(page) ? Standing.Kept : world.Unsettled ? Standing.UnderWay : Standing.Broken,
            () => $"The page {id} {what}, though only until {until}.");
    }

    /// <summary>The next step is taken when it was said, unless somebody took the page on or it is over.</summary>
    private void Steps(PageStepTaken step, Instant at)
    {
        if (step.NextAt is not { } next) return;
        var within = (next - world.Clock.Wall).ToTimeSpan();
        promises.Expect(Broken.Late, (within > TimeSpan.Zero ? within : TimeSpan.Zero) + StepsWithin.ToTimeSpan(), state =>
            !state.Get<PageBook>().All.TryGetValue(step.Page, out var page) || !page.Rings || page.Run!.StepAt != at ? Standing.Kept : Standing.Broken,
            () => $"The page {step.Page} waits at step {step.Step} of round {step.Round}, though the next one was due at {next}.");
    }
}
