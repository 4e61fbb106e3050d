using Nines.Learning.Actions;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>A figure of a postmortem, and where it comes from.</summary>
/// <param name="Key">Its name in exports.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Words">The figure in words; <c>—</c> where nobody knows.</param>
/// <param name="From">Where it comes from.</param>
public sealed record PostmortemFigure(string Key, string Name, string Words, string From);

/// <summary>A text beside a section.</summary>
/// <param name="Id">By which it is settled.</param>
/// <param name="Text">What somebody wrote.</param>
/// <param name="BasedOn">The version that they had read.</param>
/// <param name="At">When.</param>
/// <param name="By">Who, by handle.</param>
public sealed record OtherView(string Id, string Text, int BasedOn, Instant At, string By);

/// <summary>A section with what stands in it.</summary>
/// <param name="Kind">What belongs there.</param>
/// <param name="Text">What stands there.</param>
/// <param name="Version">Its version; an edit names it.</param>
/// <param name="At">When it was written last; null before.</param>
/// <param name="By">Who wrote it last, by handle; empty before.</param>
/// <param name="Others">Edits that met a newer version.</param>
/// <param name="Findings">Sentences that judge.</param>
public sealed record SectionView(SectionKind Kind, string Text, int Version, Instant? At, string By, IReadOnlyList<OtherView> Others, IReadOnlyList<LintFinding> Findings)
{
    /// <summary>Its points, where it is written in points.</summary>
    public IReadOnlyList<string> Points => PostmortemSections.Points(Text);
}

/// <summary>Who reviews.</summary>
/// <param name="Person">By handle.</param>
/// <param name="ApprovedAt">When they approved; null before.</param>
public sealed record ReviewerView(string Person, Instant? ApprovedAt);

/// <summary>A postmortem as doors show it, with people by name.</summary>
/// <param name="Id">The incident's id.</param>
/// <param name="Name">As people say it: <c>PM-12</c>.</param>
/// <param name="Incident">The incident, as people say it.</param>
/// <param name="State"><c>draft</c>, <c>in-review</c>, <c>final</c> or <c>merged</c>.</param>
/// <param name="OpenedAt">When it was opened.</param>
public sealed record PostmortemView(string Id, string Name, string Incident, string State, Instant OpenedAt)
{
    /// <summary>All that is known about the incident; null where it is kept in the journal only.</summary>
    public PostmortemFacts? Facts { get; init; }

    /// <summary>True where the figures stand for good.</summary>
    public bool Frozen { get; init; }

    /// <summary>Its figures, each with where it comes from.</summary>
    public IReadOnlyList<PostmortemFigure> Figures { get; init; } = [];

    /// <summary>What happened, people by name.</summary>
    public IReadOnlyList<LineView> Timeline { get; init; } = [];

    /// <summary>Who wrote it, by handle.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>Who reviews it.</summary>
    public IReadOnlyList<ReviewerView> Reviewers { get; init; } = [];

    /// <summary>By when it must be final; null while its incident is open, and once it is.</summary>
    public Instant? Due { get; init; }

    /// <summary>True where that is past.</summary>
    public bool Overdue { get; init; }

    /// <summary>The IANA zone in which its days are counted.</summary>
    public string Zone { get; init; } = "Etc/UTC";

    /// <summary>When its incident was resolved; null while it is open.</summary>
    public Instant? ResolvedAt { get; init; }

    /// <summary>When it became final; null before.</summary>
    public Instant? FinalAt { get; init; }

    /// <summary>Why it is final although the lint had something to say.</summary>
    public string Despite { get; init; } = "";

    /// <summary>Its sections, in the order of the document.</summary>
    public IReadOnlyList<SectionView> Sections { get; init; } = [];

    /// <summary>What is done so that it does not happen again.</summary>
    public IReadOnlyList<ActionView> Actions { get; init; } = [];

    /// <summary>What was wrong.</summary>
    public string Title => Facts?.Title ?? Name;

    /// <summary>Sentences that judge, in all sections.</summary>
    public IEnumerable<LintFinding> Findings => Sections.SelectMany(s => s.Findings);

    /// <summary>A section by its key.</summary>
    public SectionView Of(string key) => Sections.First(s => s.Kind.Key == key);

    /// <summary>The text of a section; empty where there is none of that key.</summary>
    public string Text(string key) => Sections.FirstOrDefault(s => s.Kind.Key == key)?.Text ?? "";
}
