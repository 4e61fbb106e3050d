using System.Collections.Immutable;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>Where a postmortem stands (seed 003: draft, in-review, final).</summary>
public enum PostmortemState
{
    /// <summary>It is written.</summary>
    Draft,

    /// <summary>Its reviewers read it.</summary>
    InReview,

    /// <summary>It is finished, and its figures stand for good.</summary>
    Final,
}

/// <summary>What somebody wrote for a section while another had changed it: kept beside it until a person settles it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">What they wrote.</param>
/// <param name="BasedOn">The version that they had read.</param>
/// <param name="At">When.</param>
/// <param name="By">Opaque id of the person, or a door's word.</param>
public sealed record OtherText(string Id, string Text, int BasedOn, Instant At, string By);

/// <summary>A section as it stands.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Version">How often it was written; an edit names the one that it was made from.</param>
/// <param name="At">When it was written last.</param>
/// <param name="By">Opaque id of whoever wrote it, or a door's word.</param>
/// <param name="Others">Edits that met a newer version.</param>
public sealed record SectionText(string Text, int Version, Instant At, string By, ImmutableList<OtherText> Others)
{
    /// <summary>Nothing was written yet.</summary>
    public static SectionText Empty { get; } = new("", 0, Instant.MinValue, "", []);
}

/// <summary>Somebody was asked to review.</summary>
/// <param name="Person">Opaque id of the person.</param>
/// <param name="ApprovedAt">When they approved what stands there; null before, and again after an edit.</param>
public sealed record Reviewer(string Person, Instant? ApprovedAt);

/// <summary>What an incident taught, from its draft until it is final. It has the id and the number of its incident.</summary>
public sealed record Postmortem
{
    /// <summary>The incident's id.</summary>
    public required string Id { get; init; }

    /// <summary>The incident's number: <c>PM-12</c> is about <c>INC-12</c>.</summary>
    public required int Number { get; init; }

    /// <summary>When it was opened.</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public PostmortemState State { get; init; }

    /// <summary>When its incident was resolved; null while it is open.</summary>
    public Instant? ResolvedAt { get; init; }

    /// <summary>The sections that somebody wrote, by key.</summary>
    public ImmutableSortedDictionary<string, SectionText> Sections { get; init; } = ImmutableSortedDictionary.Create<string, SectionText>(StringComparer.Ordinal);

    /// <summary>Opaque ids of those who wrote it, in the order in which they came.</summary>
    public ImmutableList<string> Authors { get; init; } = [];

    /// <summary>Who reviews it.</summary>
    public ImmutableList<Reviewer> Reviewers { get; init; } = [];

    /// <summary>True once somebody was told that it is overdue.</summary>
    public bool Overdue { get; init; }

    /// <summary>The incident that its own became part of; empty for none.</summary>
    public string MergedInto { get; init; } = "";

    /// <summary>When it became final; null before.</summary>
    public Instant? FinalAt { get; init; }

    /// <summary>Its figures for good, once it is final; null before.</summary>
    public PostmortemFacts? Facts { get; init; }

    /// <summary>Why it is final although the lint had something to say; empty where it had nothing.</summary>
    public string Despite { get; init; } = "";

    /// <summary>As people say it.</summary>
    public string Name => $"PM-{Number}";

    /// <summary>True while somebody has to work on it.</summary>
    public bool Open => State != PostmortemState.Final && MergedInto.Length == 0;

    /// <summary>A section; an empty one where nobody wrote it.</summary>
    public SectionText Section(string key) => Sections.GetValueOrDefault(key, SectionText.Empty);
}
