using NodaTime;

namespace Nines.Learning.Knowledge;

/// <summary>A part of something written, and how much a word in it counts.</summary>
/// <param name="Text">The text.</param>
/// <param name="Weight">A word of a title counts more than one of a chat.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct KnownPart(string Text, float Weight);

/// <summary>Something that was written in this house and can be found again.</summary>
/// <param name="Id">What it is: <c>incident/ID</c>, <c>postmortem/ID</c>, <c>runbook/NAME</c>, <c>action/ID</c>.</param>
/// <param name="Kind">Its first word.</param>
/// <param name="Name">As people say it: <c>INC-12</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="Address">Where it stands.</param>
/// <param name="At">When it happened, or was written last; null for what has no time.</param>
/// <param name="Services">What it is about.</param>
/// <param name="Parts">Reads all that is written there; asked only of what is new, changed or found.</param>
/// <param name="Version">Another object where anything of it is another: what was indexed is compared by it.</param>
public sealed record KnownText(
    string Id, string Kind, string Name, string Title, string Address, Instant? At, IReadOnlyList<string> Services, Func<IReadOnlyList<KnownPart>> Parts, object Version);

/// <summary>Something that was found.</summary>
/// <param name="Kind">incident, postmortem, runbook or action.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Title">Its title.</param>
/// <param name="Address">Where it stands.</param>
/// <param name="At">When it happened, or was written last.</param>
/// <param name="Services">What it is about.</param>
/// <param name="Excerpt">Where the words stand, as far as the title does not say it.</param>
/// <param name="Score">How well it fits; only the order counts.</param>
public sealed record Found(string Kind, string Name, string Title, string Address, Instant? At, IReadOnlyList<string> Services, string Excerpt, double Score);
