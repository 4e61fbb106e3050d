using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Paging.Channels;
using Nines.Paging.Escalations;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>How far a message came.</summary>
public enum MessageState
{
    /// <summary>Intended; tried until it is settled.</summary>
    Pending,

    /// <summary>The receiver took it.</summary>
    Accepted,

    /// <summary>The receiver refused it, or patience ended.</summary>
    Failed,

    /// <summary>It was called off before the receiver took it.</summary>
    Cancelled,

    /// <summary>Shadow mode: it would have been sent, and never is.</summary>
    Shadow,
}

/// <summary>One message of a page.</summary>
/// <param name="Effect">Its delivery id.</param>
/// <param name="Contact">Where it went.</param>
/// <param name="Person">Who.</param>
/// <param name="Kind">Which way out.</param>
/// <param name="State">How far it came.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="Reason">What the receiver said last; empty before the first try.</param>
/// <param name="At">When that was; null before the first try.</param>
public sealed record PageMessage(
    string Effect, string Contact, string Person, string Kind, MessageState State, int Attempts, string Reason, Instant? At)
{
    /// <summary>When it was decided.</summary>
    public Instant IntendedAt { get; init; }

    /// <summary>When the first try was over; null before.</summary>
    public Instant? AttemptedAt { get; init; }

    /// <summary>When the provider had it; null before.</summary>
    public Instant? AcceptedAt { get; init; }

    /// <summary>When it was on the device; null before.</summary>
    public Instant? DeliveredAt { get; init; }

    /// <summary>When somebody opened it; null before.</summary>
    public Instant? SeenAt { get; init; }

    /// <summary>By when it must have come how far; null where nobody waits for it.</summary>
    public StageDeadlines? Due { get; init; }

    /// <summary>The first stage that it missed; null while it is in time.</summary>
    public ProofStage? Missed { get; init; }

    /// <summary>Other pages whose end it tells in the same line.</summary>
    public ImmutableList<string> Also { get; init; } = [];

    /// <summary>True where the page was over since: when it comes back, nobody waits for this one any more.</summary>
    public bool Closed { get; init; }

    /// <summary>True where this message cannot be counted on any more.</summary>
    public bool Lost => Missed is not null || State is MessageState.Failed or MessageState.Cancelled;

    /// <summary>The next deadline and its stage; null where it is past all of them, or lost.</summary>
    public (ProofStage Stage, Instant At)? NextDeadline
    {
        get
        {
            if (Due is not { } due || Lost || Closed) return null;
            if (AttemptedAt is null && AcceptedAt is null) return (ProofStage.Attempted, due.Attempted);
            if (AcceptedAt is null) return (ProofStage.Accepted, due.Accepted);
            if (due.Delivered is { } delivered && DeliveredAt is null && SeenAt is null) return (ProofStage.Delivered, delivered);
            return due.Seen is { } seen && SeenAt is null ? (ProofStage.Seen, seen) : null;
        }
    }
}

/// <summary>One time that people were told.</summary>
/// <param name="Cause">Why.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Reason">Why these people.</param>
/// <param name="Messages">What left.</param>
public sealed record PageNotice(PageCause Cause, Instant At, string Reason, ImmutableList<PageMessage> Messages)
{
    /// <summary>True where something was sent and nothing of it arrived.</summary>
    public bool Failed => Messages.Count > 0 && Messages.TrueForAll(m => m.State == MessageState.Failed);
}

/// <summary>A page from its first message to its end.</summary>
/// <param name="Id">The thread of its notifications.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Title">What burns.</param>
/// <param name="Alerts">The alerts that it is about.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="EndedAt">When nothing of it fired any more; null before.</param>
/// <param name="People">Everybody who was called.</param>
/// <param name="Unheard">Why it reached nobody; empty where it did.</param>
/// <param name="Notices">Each time that people were told, the newest last.</param>
public sealed record Page(
    string Id, AlertSeverity Severity, string Service, string Title, ImmutableList<string> Alerts, Instant OpenedAt, Instant? EndedAt,
    ImmutableList<string> People, string Unheard, ImmutableList<PageNotice> Notices)
{
    // A page that is repeated for a month shall not grow without bound; the journal has all of it.
    private const int NoticesKept = 50;

    // An old page must not ring for ever because it was once acknowledged and never ended.
    internal const int RingsAgainAtMost = 3;

    /// <summary>The escalation policy that its route names; empty for none.</summary>
    public string Escalation { get; init; } = "";

    /// <summary>The shadow mode under which it opened: nothing of it leaves the house; empty where people are called.</summary>
    public string Shadow { get; init; } = "";

    /// <summary>Where its escalation stands; null for a ticket or a test.</summary>
    public PageRun? Run { get; init; }

    /// <summary>Who took it on since it rang last.</summary>
    public ImmutableList<PageAcknowledgement> Acknowledgements { get; init; } = [];

    /// <summary>When enough people had taken it on; null before.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>Until when it sleeps; null where it does not.</summary>
    public Instant? SnoozedUntil { get; init; }

    /// <summary>The page that it became part of; empty for none.</summary>
    public string MergedInto { get; init; } = "";

    /// <summary>True where others became part of it: it ends when nothing of all fires.</summary>
    public bool Merged { get; init; }

    /// <summary>How often it rang again by itself after somebody had taken it on.</summary>
    public int RangAgain { get; init; }

    /// <summary>What happened to it, in words, the newest last.</summary>
    public ImmutableList<PageStory> Story { get; init; } = [];

    /// <summary>True while it looks for somebody: open, of severity page, and neither taken on nor asleep.</summary>
    public bool Rings => EndedAt is null && Run is not null && AcknowledgedAt is null && SnoozedUntil is null;

    /// <summary>When it rings again by itself although somebody took it on; null for never, and while it sleeps.</summary>
    public Instant? RingsAgainAt => EndedAt is null && SnoozedUntil is null && AcknowledgedAt is { } at && RangAgain < RingsAgainAtMost ? at + Run?.RingsAgainAfter : null;

    /// <summary>Every message, oldest first.</summary>
    public IEnumerable<PageMessage> Messages => Notices.SelectMany(n => n.Messages);

    /// <summary>Messages that ask somebody to come and have not settled.</summary>
    public IEnumerable<PageMessage> PendingCalls =>
        Notices.Where(n => n.Cause.Calls()).SelectMany(n => n.Messages).Where(m => m.State == MessageState.Pending);

    /// <summary>Messages that say what became of it and have not settled: whatever is said next says more.</summary>
    public IEnumerable<PageMessage> PendingNews =>
        Notices.Where(n => n.Cause == PageCause.Resolved || n.Cause.IsQuiet()).SelectMany(n => n.Messages).Where(m => m.State == MessageState.Pending);

    /// <summary>When time has something to do with it next; null for never. All that time does follows from this.</summary>
    public Instant? DueAt
    {
        get
        {
            if (EndedAt is not null || Run is null) return null;
            Instant? due = Earlier(SnoozedUntil, RingsAgainAt);
            foreach (var shift in Run.Shifts) due = Earlier(due, shift.Until);
            if (!Rings) return due;
            due = Earlier(due, Run.NextAt);
            foreach (var call in Run.Planned) due = Earlier(due, call.At);
            foreach (var message in Messages) due = Earlier(due, message.NextDeadline?.At);
            return due;
        }
    }

    /// <summary>The last message to a contact, which the next one must not overtake; null for none.</summary>
    public PageMessage? Last(string contact) => Messages.LastOrDefault(m => m.Contact == contact && m.State != MessageState.Shadow);

    /// <summary>The first message to a contact, to which later mails answer.</summary>
    public PageMessage? First(string contact) => Messages.FirstOrDefault(m => m.Contact == contact && m.State != MessageState.Shadow);

    internal Page Told(PageNotice notice)
    {
        var notices = Notices.Add(notice);
        // The first stays: later mails answer it. What is still on its way stays, too: whoever takes the page on calls it off.
        var forgotten = notices.Count <= NoticesKept ? -1 : notices.FindIndex(1, notices.Count - 2, n => n.Messages.TrueForAll(m => m.State != MessageState.Pending));
        return this with { Notices = forgotten < 0 ? notices : notices.RemoveAt(forgotten) };
    }

    /// <summary>It comes back after its end: whoever had it is asked anew, and what left before keeps nobody waiting.</summary>
    internal Page Anew() => this with
    {
        Acknowledgements = [],
        AcknowledgedAt = null,
        Notices = Notices.ConvertAll(n => n with { Messages = n.Messages.ConvertAll(m => m with { Closed = true }) }),
    };

    internal Page Tells(Instant at, string text, string person = "")
    {
        var story = Story.Add(new(at, text, person));
        return this with { Story = story.Count <= NoticesKept ? story : story.RemoveAt(0) };
    }

    internal Page Change(string effect, Func<PageMessage, PageMessage> change) => this with
    {
        Notices = Notices.ConvertAll(n => n.Messages.Exists(m => m.Effect == effect)
            ? n with { Messages = n.Messages.ConvertAll(m => m.Effect == effect ? change(m) : m) }
            : n),
    };

    private static Instant? Earlier(Instant? a, Instant? b) => a is null || b < a ? b ?? a : a;
}

/// <summary>Where an escalation stands.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Round">From 1.</param>
/// <param name="Step">The step taken last, from 1; beyond all where the last resort was called.</param>
/// <param name="RoundAt">When this round began.</param>
/// <param name="StepAt">When the step was taken.</param>
/// <param name="NextAt">When the next one is taken; null for none.</param>
/// <param name="LastResort">True once everybody was called in this round.</param>
/// <param name="Planned">Calls that follow by people's own rules.</param>
/// <param name="Shifts">Shifts that it relied on.</param>
/// <param name="Needs">How many people must acknowledge.</param>
/// <param name="RingsAgainAfter">When an acknowledged page rings again; null for never.</param>
public sealed record PageRun(
    string Policy, int Round, int Step, Instant RoundAt, Instant StepAt, Instant? NextAt, bool LastResort, ImmutableList<PlannedCall> Planned,
    ImmutableList<OnCallUntil> Shifts, int Needs, Duration? RingsAgainAfter)
{
    /// <summary>The step number behind every step: whoever is asked next begins a new round.</summary>
    public const int BeyondSteps = 1000;
}

/// <summary>Somebody took a page on.</summary>
/// <param name="Person">Opaque id, or a door's word.</param>
/// <param name="At">When.</param>
/// <param name="Via">Which way.</param>
public sealed record PageAcknowledgement(string Person, Instant At, string Via);

/// <summary>One line of what happened to a page.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What; <c>{0}</c> stands for the person.</param>
/// <param name="Person">Opaque id of the person; empty for none.</param>
public sealed record PageStory(Instant At, string Text, string Person);
