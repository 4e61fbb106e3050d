using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>A page as doors show it.</summary>
/// <param name="Id">The page.</param>
/// <param name="State"><c>open</c>, <c>acknowledged</c>, <c>snoozed</c>, <c>ended</c> or <c>unheard</c>.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Title">What burns.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null before.</param>
/// <param name="People">Who was called, by name; the id of somebody who is gone.</param>
/// <param name="Unheard">Why it reached nobody; empty where it did.</param>
/// <param name="Alerts">What it is about.</param>
/// <param name="Notices">Each time that people were told.</param>
public sealed record PageView(
    string Id, string State, AlertSeverity Severity, string Service, string Title, Instant OpenedAt, Instant? EndedAt, IReadOnlyList<string> People,
    string Unheard, IReadOnlyList<string> Alerts, IReadOnlyList<NoticeView> Notices)
{
    /// <summary>Who took it on since it rang last.</summary>
    public IReadOnlyList<AcknowledgementView> Acknowledgements { get; init; } = [];

    /// <summary>The shadow mode under which it calls nobody; empty where people are called.</summary>
    public string Shadow { get; init; } = "";

    /// <summary>Where its escalation stands; null where nobody is called one after the other.</summary>
    public EscalationView? Escalation { get; init; }

    /// <summary>Who comes next; null where nobody waits, or where this is not asked.</summary>
    public NextView? Next { get; init; }

    /// <summary>Until when it sleeps; null where it does not.</summary>
    public Instant? SnoozedUntil { get; init; }

    /// <summary>The page that it became part of; empty for none.</summary>
    public string MergedInto { get; init; } = "";

    /// <summary>What happened to it, in words.</summary>
    public IReadOnlyList<StoryLine> Story { get; init; } = [];

    /// <summary>The view of a page, with people by name.</summary>
    public static PageView Of(Page page, ManifestSet catalog)
    {
        var known = CatalogView.Of(catalog);
        return new(
            page.Id, StateOf(page), page.Severity, page.Service, page.Title, page.OpenedAt, page.EndedAt, [.. page.People.Select(Name)], page.Unheard, page.Alerts,
            [.. page.Notices.Select(n => new NoticeView(n.Cause, n.At, n.Reason, [.. n.Messages.Select(m => MessageView.Of(m, page, Name(m.Person)))]))])
        {
            Shadow = page.Shadow,
            Acknowledgements = [.. page.Acknowledgements.Select(a => new AcknowledgementView(Name(a.Person), a.At, a.Via))],
            Escalation = page.Run is { } run
                ? new(run.Policy, run.Round, run.Step == PageRun.BeyondSteps ? 0 : run.Step, run.LastResort, run.NextAt, run.Needs, page.RingsAgainAt,
                    [.. run.Planned.OrderBy(c => c.At).Select(c => new PlannedView(Name(c.Person), c.Kind, c.At))])
                : null,
            SnoozedUntil = page.SnoozedUntil,
            MergedInto = page.MergedInto,
            Story = [.. page.Story.Select(s => new StoryLine(s.At, s.Text.Replace("{0}", Name(s.Person), StringComparison.Ordinal)))],
        };

        string Name(string id) => known.PersonById(id)?.Name ?? (id.Length == 0 || id == Actor.Local.Text ? "somebody at this machine" : id);
    }

    private static string StateOf(Page page) =>
        page.Unheard.Length > 0 ? "unheard" : page.EndedAt is not null ? "ended" : page.AcknowledgedAt is not null ? "acknowledged" : page.SnoozedUntil is not null ? "snoozed" : "open";
}

/// <summary>Where an escalation stands.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Round">From 1.</param>
/// <param name="Step">From 1; 0 once everybody was called.</param>
/// <param name="LastResort">True once everybody was called.</param>
/// <param name="NextAt">When the next step is taken; null where none waits.</param>
/// <param name="Needs">How many people must acknowledge.</param>
/// <param name="RingsAgainAt">When it rings again although somebody has it; null for never.</param>
/// <param name="Planned">Calls that follow by the people's own rules.</param>
public sealed record EscalationView(
    string Policy, int Round, int Step, bool LastResort, Instant? NextAt, int Needs, Instant? RingsAgainAt, IReadOnlyList<PlannedView> Planned);

/// <summary>Who comes next unless somebody takes it on.</summary>
/// <param name="At">When.</param>
/// <param name="People">Handles.</param>
/// <param name="LastResort">True where that is everybody.</param>
/// <param name="Reason">Why them.</param>
public sealed record NextView(Instant At, IReadOnlyList<string> People, bool LastResort, string Reason)
{
    /// <summary>Who comes next about a page.</summary>
    public static NextView? Of(PageContext context, Page page) => PageSteps.Peek(context, page) is { } next
        ? new(page.Run!.NextAt!.Value, [.. next.Call.People.Select(context.NameOf)], next.LastResort, next.Call.Reason)
        : null;
}

/// <summary>A call that follows.</summary>
public sealed record PlannedView(string Person, string Kind, Instant At);

/// <summary>Who has it.</summary>
public sealed record AcknowledgementView(string Person, Instant At, string Via);

/// <summary>What happened, and when.</summary>
public sealed record StoryLine(Instant At, string Text);

/// <summary>One time that people were told.</summary>
public sealed record NoticeView(PageCause Cause, Instant At, string Reason, IReadOnlyList<MessageView> Messages);

/// <summary>One message and how far it came.</summary>
/// <param name="Delivery">Its delivery id.</param>
/// <param name="Person">Whom it should reach.</param>
/// <param name="Kind">Which way out.</param>
/// <param name="State">How far it came in the outbox.</param>
/// <param name="Attempts">Tries.</param>
/// <param name="Reason">What the receiver said last.</param>
/// <param name="At">When that was.</param>
/// <param name="Proof">Every stage with its time and its deadline.</param>
public sealed record MessageView(
    string Delivery, string Person, string Kind, MessageState State, int Attempts, string Reason, Instant? At, IReadOnlyList<StageView> Proof)
{
    internal static MessageView Of(PageMessage m, Page page, string person)
    {
        var traits = ChannelTraits.Of(m.Kind);
        var stages = new List<StageView>
        {
            new(ProofStage.Intended, m.IntendedAt, null, m.Missed == ProofStage.Intended),
            new(ProofStage.Attempted, m.AttemptedAt, m.Due?.Attempted, m.Missed == ProofStage.Attempted),
            new(ProofStage.Accepted, m.AcceptedAt, m.Due?.Accepted, m.Missed == ProofStage.Accepted),
        };
        if (traits.ProvesDelivered) stages.Add(new(ProofStage.Delivered, m.DeliveredAt, m.Due?.Delivered, m.Missed == ProofStage.Delivered));
        if (traits.ProvesSeen) stages.Add(new(ProofStage.Seen, m.SeenAt, m.Due?.Seen, m.Missed == ProofStage.Seen));
        if (m.Due is not null) stages.Add(new(ProofStage.Acknowledged, page.Acknowledgements.Find(a => a.Person == m.Person)?.At, null, false));
        return new(m.Effect, person, m.Kind, m.State, m.Attempts, m.Reason, m.At, stages);
    }
}

/// <summary>One stage of a message.</summary>
/// <param name="Stage">Which.</param>
/// <param name="At">When it was proven; null before.</param>
/// <param name="Due">By when it must be; null where nobody waits for it.</param>
/// <param name="Missed">True where it was not in time, and something else was done at once.</param>
public sealed record StageView(ProofStage Stage, Instant? At, Instant? Due, bool Missed);
