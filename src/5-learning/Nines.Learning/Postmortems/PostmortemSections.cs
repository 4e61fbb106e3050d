namespace Nines.Learning.Postmortems;

/// <summary>How a section is written.</summary>
public enum SectionForm
{
    /// <summary>Paragraphs.</summary>
    Prose,

    /// <summary>One point a line.</summary>
    Points,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    YesNo,
}

/// <summary>A section that people write.</summary>
/// <param name="Key">By which edits name it.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Ask">What belongs there.</param>
/// <param name="Form">How it is written.</param>
/// <param name="Group">Sections that stand together.</param>
public sealed record SectionKind(string Key, string Title, string Ask, SectionForm Form, string Group = "");

/// <summary>The sections of seed 003's template that people write; everything else is known. Pure.</summary>
public static class PostmortemSections
{
    /// <summary>What happened.</summary>
    public const string Summary = "summary";

    /// <summary>Why it happened.</summary>
    public const string RootCause = "root-cause";

    /// <summary>The five whys.</summary>
    public const string Whys = "whys";

    /// <summary>What the public may read.</summary>
    public const string Public = "public";

    /// <summary>Begins the key of a bone of the fishbone.</summary>
    public const string Bone = "fishbone-";

    /// <summary>Begins the key of a contributing factor.</summary>
    public const string Factor = "factor-";

    /// <summary>Every section, in the order of the document.</summary>
    public static IReadOnlyList<SectionKind> Of(PostmortemPolicy policy) =>
    [
        new(Summary, "What happened", "One paragraph: what happened, what users felt, how it was resolved.", SectionForm.Prose),
        new("users-affected", "Users affected", "How many users felt it.", SectionForm.Number, "impact"),
        new("customer-tickets", "Customer tickets", "How many customers wrote.", SectionForm.Number, "impact"),
        new("data-loss", "Data lost", "Whether data was lost.", SectionForm.YesNo, "impact"),
        new(RootCause, "Root cause", "The technical explanation of why it happened. Surface causes are no root causes.", SectionForm.Prose),
        new(Whys, "Five whys", "One a line; each asks why of the one before it.", SectionForm.Points),
        .. policy.Fishbone.Select(c => new SectionKind(Bone + c.Key, c.Name, c.Ask, SectionForm.Points, "fishbone")),
        .. policy.Factors.Select(c => new SectionKind(Factor + c.Key, c.Name, c.Ask, SectionForm.Points, "factors")),
        new("detected-sooner", "Could it have been detected sooner?", "What would have shown it earlier.", SectionForm.Prose),
        new("resolution", "How it was resolved", "What ended it, beside what the timeline says.", SectionForm.Prose),
        new("went-well", "What went well", "What worked, said explicitly. One point a line.", SectionForm.Points),
        new("went-wrong", "What went wrong", "One point a line.", SectionForm.Points),
        new("lucky", "Where we got lucky", "What could have made it worse. One point a line.", SectionForm.Points),
        new(Public, "For the public", "What may stand on the status page.", SectionForm.Prose),
    ];

    /// <summary>The points of a text: its lines, without marks of a list.</summary>
    public static IReadOnlyList<string> Points(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Bare).Where(l => l.Length > 0)];

    private static string Bare(string line)
    {
        if (line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("* ", StringComparison.Ordinal)) return line[2..].Trim();
        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 3 && line.Length > digits + 1 && line[digits] is '.' or ')' && line[digits + 1] == ' ' ? line[(digits + 2)..].Trim() : line;
    }
}
