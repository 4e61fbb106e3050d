using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>Folds pages, and what the outbox and the ways out say about their messages.</summary>
public sealed class PageBookFold : Fold<PageBook>
{
    /// <inheritdoc />
    public override string Room => "notifications";

    /// <inheritdoc />
    public override int Version => 4;

    /// <inheritdoc />
    public override PageBook Empty => PageBook.None;

    /// <inheritdoc />
    public override PageBook Apply(PageBook state, in Recorded happened)
    {
        var at = happened.Entry.At;
        return happened.Event switch
        {
            PageIntended e => Intend(state, e, at),
            PageStepTaken e => Step(state, e, at),
            PageAcknowledged e => state.Change(e.Page, p => Acknowledge(p, e, at)),
            PageUnacknowledged e => state.Change(e.Page, p => Ring(p, e.By.Length == 0).Tells(at, e.Reason, e.By)),
            PageSnoozed e => state.Change(e.Page, p => Quiet(p with { SnoozedUntil = e.Until }).Tells(at, $"{(e.By.Length > 0 ? "{0} lets it sleep" : "All that fires of it is silenced: it sleeps")} until {Clock(e.Until)}.", e.By)),
            PageReassigned e => state.Change(e.Page, p => Ring(p, again: false).Tells(at, "{0} gave it to others.", e.By)),
            PageEscalated e => state.Change(e.Page, p => Ring(p, again: false).Tells(at, "{0} called the next step.", e.By)),
            PageMerged e => Merge(state, e, at),
            PageFailedOver e => FailOver(state, e, at),
            PageWentLive e => state.Change(e.Page, p => (p with { Shadow = "" }).Tells(at, e.Reason)),
            PageHandedOver e => state.Change(e.Page, p => HandOver(p, e, at)),
            PageEnded e => state.Close(e.Page, p => (Quiet(p) with { EndedAt = at, SnoozedUntil = null }).Tells(at, e.Reason, e.By)),
            PageUnheard e => state.Change(e.Page, p => (p with { Unheard = e.Reason, Run = e.NextAt is { } next && p.Run is { } run ? run with { NextAt = next } : p.Run })
                .Tells(at, $"It reached nobody: {e.Reason}")),
            OutboxAttempted e => state.ChangeMessage(e.Id, m => m with { Attempts = e.Attempt, Reason = e.Reason, At = at, AttemptedAt = m.AttemptedAt ?? at }),
            OutboxSettled e => Settle(state, e, at),
            OutboxCancelled e => state.ChangeMessage(e.Id, m => m with { State = MessageState.Cancelled, Reason = e.Reason, At = at }),
            MessageReceipt { Failed: false } e => state.ChangeMessage(e.Effect, m => e.Stage == ProofStage.Seen
                ? m with { SeenAt = m.SeenAt ?? at, DeliveredAt = m.DeliveredAt ?? at }
                : m with { DeliveredAt = m.DeliveredAt ?? at }),
            _ => state,
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(PageBook state) => JsonSerializer.SerializeToUtf8Bytes(
        new Kept([.. state.All.Values.OrderBy(p => p.Id, StringComparer.Ordinal)], [.. state.Ended], new(state.ByEffect, StringComparer.Ordinal), new(state.Turns, StringComparer.Ordinal)),
        HouseJson.Options);

    /// <inheritdoc />
    public override PageBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of notifications is empty.");
        var empty = PageBook.None with
        {
            Ended = [.. kept.Ended],
            ByEffect = kept.ByEffect.ToImmutableDictionary(),
            Turns = kept.Turns.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        return kept.All.Aggregate(empty, (book, page) => book.With(page));
    }

    private static PageBook Intend(PageBook book, PageIntended e, Instant at)
    {
        var page = book.All.GetValueOrDefault(e.Page) ?? new Page(e.Page, e.Severity, e.Service, e.Title, [], at, null, [], "", []);
        var messages = e.Messages.Select(m => new PageMessage(m.Effect, m.Contact, m.Person, m.Kind, e.Shadow.Length > 0 ? MessageState.Shadow : MessageState.Pending, 0, "", null) { IntendedAt = at, Due = m.Due, Also = [.. m.Also ?? []] });
        if (e.Messages.Count > 0 || e.Cause is PageCause.First) page = page.Told(new(e.Cause, at, e.Reason, [.. messages]));
        // What was over and is back is in nobody's hands.
        if (page.EndedAt is not null && e.Cause.Calls()) page = page.Anew();
        page = page with
        {
            Alerts = page.Alerts.AddRange(e.Alerts.Except(page.Alerts, StringComparer.Ordinal)),
            People = page.People.AddRange(e.People.Except(page.People, StringComparer.Ordinal)),
            EndedAt = e.Cause == PageCause.Resolved || e.Cause.IsQuiet() ? page.EndedAt : null,
            Shadow = e.Shadow,
            Unheard = e.Messages.Count > 0 && e.Cause != PageCause.Learning && !e.Cause.IsQuiet() ? "" : page.Unheard,
            Run = page.Run is { } run ? run with { Planned = run.Planned.RemoveAll(c => e.Messages.Any(m => m.Contact == c.Contact && m.Person == c.Person)) } : null,
        };
        var before = book.All.GetValueOrDefault(e.Page);
        string[] forgotten = before is null || before.Notices.Count < page.Notices.Count ? [] : [.. before.Messages.Select(m => m.Effect).Except(page.Messages.Select(m => m.Effect), StringComparer.Ordinal)];
        return book.With(page) with
        {
            Ended = page.EndedAt is null ? book.Ended.Remove(e.Page) : book.Ended,
            ByEffect = book.ByEffect.RemoveRange(forgotten).SetItems(e.Messages.Select(m => KeyValuePair.Create(m.Effect, e.Page))),
        };
    }

    private static PageBook Step(PageBook book, PageStepTaken e, Instant at)
    {
        if (!book.All.TryGetValue(e.Page, out var page)) return book;
        var begins = page.Run is not { } was || was.Round != e.Round || (e.Step > 0 && e.Step <= was.Step);
        var kept = page.Run is { } run && page.Rings ? run.Planned.RemoveAll(c => e.People.Contains(c.Person)) : [];
        var shifts = page.Run is { } before ? before.Shifts.RemoveAll(s => e.Shifts.Any(n => n.Schedule == s.Schedule)) : [];
        var next = page with
        {
            Run = new(
                e.Policy, e.Round, e.Step == 0 ? PageRun.BeyondSteps : e.Step, begins ? at : page.Run!.RoundAt, at, e.NextAt, e.Step == 0 || (!begins && page.Run!.LastResort),
                kept.AddRange(e.Planned), shifts.AddRange(e.Shifts), e.Needs, e.RingsAgainAfter),
            People = page.People.AddRange(e.People.Except(page.People, StringComparer.Ordinal)),
            AcknowledgedAt = null,
            SnoozedUntil = null,
        };
        foreach (var passed in e.Passed) next = next.Tells(at, passed);
        next = next.Tells(at, e.Step == 0 ? $"Last resort. {e.Reason}" : $"Round {e.Round}, step {e.Step}. {e.Reason}");
        return book.With(next).Turn(e);
    }

    private static Page Acknowledge(Page page, PageAcknowledged e, Instant at)
    {
        if (page.EndedAt is not null || page.Acknowledgements.Exists(a => a.Person == e.Person)) return page;
        var next = page with { Acknowledgements = page.Acknowledgements.Add(new(e.Person, at, e.Via)) };
        next = next.Tells(at, $"{{0}} has it ({e.Via}).", e.Person);
        if (next.Acknowledgements.Count >= (page.Run?.Needs ?? 1)) return Quiet(next) with { AcknowledgedAt = at, SnoozedUntil = null, Unheard = "" };
        return next with { Run = next.Run! with { Planned = next.Run!.Planned.RemoveAll(c => c.Person == e.Person) } };
    }

    private static Page Ring(Page page, bool again) =>
        page with { Acknowledgements = [], AcknowledgedAt = null, SnoozedUntil = null, RangAgain = again ? page.RangAgain + 1 : page.RangAgain };

    private static Page Quiet(Page page) => page.Run is { } run ? page with { Run = run with { NextAt = null, Planned = [] } } : page;

    private static PageBook Merge(PageBook book, PageMerged e, Instant at) => book
        .Close(e.Page, p => (Quiet(p) with { EndedAt = at, SnoozedUntil = null, MergedInto = e.Into }).Tells(at, "{0} made it part of another page.", e.By))
        .Change(e.Into, p => (p with { Merged = true, Alerts = p.Alerts.AddRange(e.Alerts.Except(p.Alerts, StringComparer.Ordinal)) }).Tells(at, "{0} made another page part of it.", e.By));

    private static PageBook FailOver(PageBook book, PageFailedOver e, Instant at) => book.Change(e.Page, p =>
    {
        var next = e.Effect.Length > 0 ? p.Change(e.Effect, m => m with { Missed = e.Stage }) : p;
        if (e.Effect.Length == 0 && next.Run is { } run) next = next with { Run = run with { Planned = run.Planned.RemoveAll(c => c.Contact == e.Contact && c.Person == e.Person) } };
        return next.Tells(at, $"{{0}}: {e.Reason}{(e.To switch { FailoverTo.Contact => " So the next contact is taken at once.", FailoverTo.Step => " So the next people are called at once.", _ => "" })}", e.Person);
    });

    private static Page HandOver(Page page, PageHandedOver e, Instant at)
    {
        if (page.Run is not { } run) return page;
        var shifts = run.Shifts.RemoveAll(s => s.Schedule == e.Schedule).Add(new(e.Schedule, e.Until));
        var next = page with
        {
            Run = run with { Shifts = shifts, Planned = run.Planned.AddRange(e.Planned) },
            People = page.People.AddRange(e.People.Except(page.People, StringComparer.Ordinal)),
        };
        return e.Reason.Length > 0 ? next.Tells(at, e.Reason) : next;
    }

    private static PageBook Settle(PageBook book, OutboxSettled e, Instant at)
    {
        if (book.OfEffect(e.Id) is not { } page) return book;
        var accepted = e.End == EffectEnd.Accepted;
        var next = page.Change(e.Id, m => m with
        {
            State = accepted ? MessageState.Accepted : MessageState.Failed,
            Attempts = e.Attempts,
            Reason = e.Reason,
            At = at,
            AttemptedAt = m.AttemptedAt ?? at,
            AcceptedAt = accepted ? at : null,
        });
        // Said too early: it did reach somebody who was called.
        var called = accepted && !page.Notices.Exists(n => n.Cause == PageCause.Learning && n.Messages.Exists(m => m.Effect == e.Id));
        return book.With(called ? next with { Unheard = "" } : next);
    }

    private static string Clock(Instant at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Kept(Page[] All, string[] Ended, SortedDictionary<string, string> ByEffect, SortedDictionary<string, int> Turns);
}
