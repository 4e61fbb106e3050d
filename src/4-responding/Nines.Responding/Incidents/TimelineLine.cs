using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>What a line of the timeline is about.</summary>
public enum TimelineKind
{
    /// <summary>The indicators: users begin, or cease, to feel it.</summary>
    Impact,

    /// <summary>An alert fires or ends.</summary>
    Alert,

    /// <summary>Somebody is called, or takes a page on.</summary>
    Page,

    /// <summary>A deploy, a flag, a setting.</summary>
    Change,

    /// <summary>The incident itself: declared, raised, mitigated, resolved.</summary>
    State,

    /// <summary>Somebody has a role, or has it no more.</summary>
    Role,

    /// <summary>Somebody decided.</summary>
    Decision,

    /// <summary>Somebody wrote.</summary>
    Note,

    /// <summary>Somebody corrects an earlier line, which stays.</summary>
    Correction,

    /// <summary>Those who wait, inside or outside the house, are told how it stands.</summary>
    Update,

    /// <summary>A step of a runbook, or what the house did by itself.</summary>
    Runbook,

    /// <summary>Somebody wrote in the incident's channel.</summary>
    Chat,
}

/// <summary>One line of a timeline. Lines are added, never rewritten.</summary>
/// <param name="Id">Its id; corrections name it.</param>
/// <param name="At">When it happened.</param>
/// <param name="WrittenAt">When it was written down.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">What happened; <c>{0}</c> stands for the person.</param>
/// <param name="By">Opaque id of the person, or a door's word; empty for the house itself.</param>
/// <param name="About">What it is about: <c>page/ID</c>, <c>alert/ID</c>, <c>change/ID</c>, any other place by its word and id, or the line that it corrects; empty for nothing.</param>
public sealed record TimelineLine(string Id, Instant At, Instant WrittenAt, TimelineKind Kind, string Text, string By = "", string About = "")
{
    /// <summary>The text with whoever did it; whoever sits at an open house without a name is somebody.</summary>
    public string Said(Func<string, string> name) => Text.Replace("{0}", By == Actor.Local.Text ? "Somebody" : name(By), StringComparison.Ordinal);
}
