using System.Collections.Immutable;
using NodaTime;

namespace Nines.Learning.Actions;

/// <summary>What an action is for (seed 003).</summary>
public enum ActionType
{
    /// <summary>It does not happen again.</summary>
    Prevent,

    /// <summary>It is seen sooner.</summary>
    Detect,

    /// <summary>It hurts less.</summary>
    Mitigate,

    /// <summary>People work in another way.</summary>
    Process,
}

/// <summary>Where an action stands (seed 003: open, in-progress, done).</summary>
public enum ActionState
{
    /// <summary>Nobody began.</summary>
    Open,

    /// <summary>Somebody is at it.</summary>
    InProgress,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It is not done, with a reason.</summary>
    Dropped,
}

/// <summary>How urgent.</summary>
public enum ActionPriority
{
    /// <summary>At once.</summary>
    P0,

    /// <summary>Soon.</summary>
    P1,

    /// <summary>In time.</summary>
    P2,
}

/// <summary>What Nines looks at by itself to say that an action is done.</summary>
public enum CheckKind
{
    /// <summary>An alert of that name is configured.</summary>
    AlertExists,

    /// <summary>An objective met its target over so many days.</summary>
    ObjectiveHolds,

    /// <summary>A probe was green for so many days.</summary>
    ProbeGreen,
}

/// <summary>A check that an action carries.</summary>
/// <param name="Kind">What is looked at.</param>
/// <param name="Target">Name of the alert, objective or probe.</param>
/// <param name="Days">For how long it must hold; 0 for at once.</param>
public sealed record ActionCheck(CheckKind Kind, string Target, int Days);

/// <summary>A tracker was told of an action.</summary>
/// <param name="Effect">The effect in the outbox.</param>
/// <param name="Tracker">Which tracker.</param>
/// <param name="Told"><c>open</c>, <c>update</c>, <c>close</c> or <c>reopen</c>.</param>
/// <param name="Outcome"><c>pending</c>, <c>accepted</c> or <c>failed</c>.</param>
/// <param name="Reason">What it answered; empty before.</param>
public sealed record TrackerTold(string Effect, string Tracker, string Told, string Outcome, string Reason);

/// <summary>One line of an action's history.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What happened; <c>{0}</c> stands for the person.</param>
/// <param name="By">Opaque id of the person; empty for the house itself.</param>
public sealed record ActionLine(Instant At, string Text, string By = "");

/// <summary>Something that is done so that an incident does not happen again.</summary>
public sealed record ActionItem
{
    // An action that is touched for years shall not grow without bound; the journal has all of it.
    private const int LinesKept = 50;

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its number, as people say it: <c>AI-12</c>.</summary>
    public required int Number { get; init; }

    /// <summary>What is done.</summary>
    public required string Title { get; init; }

    /// <summary>What for.</summary>
    public required ActionType Type { get; init; }

    /// <summary>How urgent.</summary>
    public required ActionPriority Priority { get; init; }

    /// <summary>By when.</summary>
    public required Instant Deadline { get; init; }

    /// <summary>Opaque id of whoever does it; empty for nobody.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Id of the incident that it follows from; empty for none.</summary>
    public string Incident { get; init; } = "";

    /// <summary>The service that it is about; empty for none.</summary>
    public string Service { get; init; } = "";

    /// <summary>A link to somebody else's list of work, as a person wrote it; empty for none.</summary>
    public string Link { get; init; } = "";

    /// <summary>What Nines looks at by itself; null for nothing.</summary>
    public ActionCheck? Check { get; init; }

    /// <summary>Since when what it looks at holds; null while it does not.</summary>
    public Instant? HoldsSince { get; init; }

    /// <summary>Where it stands.</summary>
    public ActionState State { get; init; }

    /// <summary>When it was written down.</summary>
    public required Instant AddedAt { get; init; }

    /// <summary>When it was done or dropped; null before.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>What proves that it is done, or why it was dropped; empty before.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>True where Nines itself closed it: then it goes on looking.</summary>
    public bool ByCheck { get; init; }

    /// <summary>When its owner was reminded last; null before.</summary>
    public Instant? RemindedAt { get; init; }

    /// <summary>What trackers were told.</summary>
    public ImmutableList<TrackerTold> Trackers { get; init; } = [];

    /// <summary>What happened, the newest last.</summary>
    public ImmutableList<ActionLine> Lines { get; init; } = [];

    /// <summary>As people say it.</summary>
    public string Name => $"AI-{Number}";

    /// <summary>True until it is done or dropped.</summary>
    public bool IsOpen => State is ActionState.Open or ActionState.InProgress;

    internal ActionItem Said(Instant at, string text, string by = "")
    {
        var lines = Lines.Add(new(at, text, by));
        return this with { Lines = lines.Count <= LinesKept ? lines : lines.RemoveAt(1) };
    }
}
