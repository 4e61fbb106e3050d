using System.Globalization;
using System.Text;
using NodaTime;

namespace Nines.Paging.Handoffs;

/// <summary>One line of a handoff.</summary>
/// <param name="At">When; null where it has no time.</param>
/// <param name="What">What.</param>
/// <param name="More">What stands beside it; empty for nothing.</param>
/// <param name="Address">Where more is told; null for nowhere.</param>
public sealed record HandoffLine(Instant? At, string What, string More = "", string? Address = null);

/// <summary>A part of a handoff.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="None">What is said where there is nothing.</param>
/// <param name="Lines">What there is.</param>
public sealed record HandoffPart(string Title, string None, IReadOnlyList<HandoffLine> Lines);

/// <summary>What whoever goes tells whoever comes.</summary>
/// <param name="Id">The handoff; empty for one that is yet to come.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="From">When the shift began.</param>
/// <param name="Until">When it ended or ends; null where nothing ends it.</param>
/// <param name="Leaving">Names of those who go.</param>
/// <param name="Coming">Names of those who come.</param>
/// <param name="Drawn">The time that it tells of.</param>
/// <param name="Parts">Its parts.</param>
public sealed record HandoffDocument(
    string Id, string Schedule, Instant From, Instant? Until, IReadOnlyList<string> Leaving, IReadOnlyList<string> Coming, Instant Drawn, IReadOnlyList<HandoffPart> Parts)
{
    /// <summary>As Markdown, for a chat or a wiki.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# On-call handoff: {Plain(Schedule)}, {Drawn.InUtc():yyyy-MM-dd}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{People(Leaving)} → {People(Coming)}. The shift began {Time(From)}{(Until is { } end ? $" and ends {Time(end)}" : "")}.\n");
        foreach (var part in Parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {Plain(part.Title)}\n");
            if (part.Lines.Count == 0) text.Append(CultureInfo.InvariantCulture, $"{Plain(part.None)}\n");
            foreach (var line in part.Lines) text.Append(CultureInfo.InvariantCulture, $"- {(line.At is { } at ? Time(at) + ": " : "")}{Plain(line.What)}{(line.More.Length > 0 ? ". " + Plain(line.More) : "")}\n");
        }

        return text.ToString();
    }

    private static string People(IReadOnlyList<string> names) => names.Count == 0 ? "nobody" : Plain(string.Join(", ", names));

    private static string Time(Instant at) => at.InUtc().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    // What an alert is called was sent by somebody: it must not become a link or an image where this is pasted.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '!') plain.Append('\\');
            plain.Append(c < ' ' ? ' ' : c);
        }

        return plain.ToString();
    }
}
