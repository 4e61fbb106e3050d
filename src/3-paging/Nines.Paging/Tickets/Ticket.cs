using System.Collections.Immutable;
using NodaTime;

namespace Nines.Paging.Tickets;

/// <summary>One line of a ticket's history.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What happened.</param>
public sealed record TicketLine(Instant At, string Text);

/// <summary>What a tracker was told about a ticket, and what it answered.</summary>
/// <param name="Effect">The effect's id, which the tracker sees.</param>
/// <param name="Tracker">Which tracker.</param>
/// <param name="Action"><c>open</c>, <c>update</c>, <c>close</c> or <c>reopen</c>.</param>
/// <param name="Outcome"><c>pending</c>, <c>accepted</c> or <c>failed</c>.</param>
/// <param name="Reason">What it answered; empty before.</param>
public sealed record TrackerCall(string Effect, string Tracker, string Action, string Outcome, string Reason);

/// <summary>Something that waits for working hours, until its alerts end or somebody closes it.</summary>
public sealed record Ticket
{
    // A ticket that is updated for a year shall not grow without bound; the journal has all of it.
    private const int LinesKept = 50;

    /// <summary>The thread of its notifications.</summary>
    public required string Id { get; init; }

    /// <summary>Its number, as people say it: <c>T-12</c>.</summary>
    public required int Number { get; init; }

    /// <summary>What it is about.</summary>
    public required string Title { get; init; }

    /// <summary>Whose users feel it; empty where nobody said.</summary>
    public required string Service { get; init; }

    /// <summary>As the severity guide has it.</summary>
    public required string Priority { get; init; }

    /// <summary>When it was opened.</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>The alerts that it is about, by id.</summary>
    public ImmutableList<string> Alerts { get; init; } = [];

    /// <summary>When nothing of it fired any more; null while something does.</summary>
    public Instant? QuietAt { get; init; }

    /// <summary>When it was closed; null while it is open.</summary>
    public Instant? ClosedAt { get; init; }

    /// <summary>The opaque id of the person who has it; empty for nobody.</summary>
    public string Assignee { get; init; } = "";

    /// <summary>What happened, the newest last.</summary>
    public ImmutableList<TicketLine> Lines { get; init; } = [];

    /// <summary>What trackers were told, the newest last.</summary>
    public ImmutableList<TrackerCall> Calls { get; init; } = [];

    /// <summary>True while it waits for somebody.</summary>
    public bool Open => ClosedAt is null;

    internal Ticket Said(Instant at, string text)
    {
        var lines = Lines.Add(new(at, text));
        return this with { Lines = lines.Count <= LinesKept ? lines : lines.RemoveAt(1) };
    }
}
