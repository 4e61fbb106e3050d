using System.Globalization;
using System.Text;
using Nines.Responding.Incidents;

namespace Nines.Learning.Postmortems;

/// <summary>A postmortem as Markdown: what people wrote as they wrote it, what Nines knows escaped. Pure.</summary>
public static class PostmortemMarkdown
{
    /// <summary>The whole document.</summary>
    public static string Write(PostmortemView postmortem)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {postmortem.Name}: {Plain(postmortem.Title)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{postmortem.Facts?.Severity ?? "—"}, {postmortem.State}");
        if (postmortem.Facts is { } facts) text.Append(CultureInfo.InvariantCulture, $", {facts.BeganAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        text.Append(CultureInfo.InvariantCulture, $". Incident {postmortem.Incident}. Written by {Names(postmortem.Authors)}, reviewed by {Names([.. postmortem.Reviewers.Select(r => r.Person)])}.\n");
        if (postmortem.Despite.Length > 0) text.Append(CultureInfo.InvariantCulture, $"\nFinal although the lint had something to say: {Plain(postmortem.Despite)}\n");
        Prose(text, postmortem, PostmortemSections.Summary);
        Figures(text, postmortem);
        Prose(text, postmortem, PostmortemSections.RootCause);
        Points(text, postmortem, PostmortemSections.Whys, "1. ");
        Group(text, postmortem, "fishbone", "Fishbone");
        Group(text, postmortem, "factors", "Contributing factors");
        Prose(text, postmortem, "detected-sooner");
        Prose(text, postmortem, "resolution");
        foreach (var key in (ReadOnlySpan<string>)["went-well", "went-wrong", "lucky"]) Points(text, postmortem, key, "- ");
        Actions(text, postmortem);
        Timeline(text, postmortem.Timeline);
        return text.ToString();
    }

    /// <summary>An agenda as Markdown.</summary>
    public static string Agenda(PostmortemView postmortem, IReadOnlyList<AgendaItem> agenda)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Review of {postmortem.Name}: {Plain(postmortem.Title)} ({agenda.Sum(a => a.Minutes)} min)\n");
        for (var i = 0; i < agenda.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {i + 1}. {Plain(agenda[i].Title)} ({agenda[i].Minutes} min)\n");
            foreach (var ask in agenda[i].Ask) text.Append(CultureInfo.InvariantCulture, $"- {Plain(ask)}\n");
            foreach (var point in agenda[i].Points) text.Append(CultureInfo.InvariantCulture, $"  - {Plain(point)}\n");
        }

        return text.ToString();
    }

    private static void Figures(StringBuilder text, PostmortemView postmortem)
    {
        text.Append("\n## Impact\n\n| figure | value | from |\n|---|---|---|\n");
        foreach (var figure in postmortem.Figures) text.Append(CultureInfo.InvariantCulture, $"| {Plain(figure.Name)} | {Plain(figure.Words)} | {Plain(figure.From)} |\n");
        foreach (var section in postmortem.Sections.Where(s => s.Kind.Group == "impact"))
            text.Append(CultureInfo.InvariantCulture, $"| {section.Kind.Title} | {(section.Text.Length > 0 ? Plain(section.Text) : "—")} | {(section.By.Length > 0 ? "written by " + Plain(section.By) : "nobody wrote it")} |\n");
    }

    private static void Prose(StringBuilder text, PostmortemView postmortem, string key)
    {
        if (postmortem.Of(key) is { Text.Length: > 0 } section) text.Append(CultureInfo.InvariantCulture, $"\n## {section.Kind.Title}\n\n{section.Text}\n");
    }

    private static void Points(StringBuilder text, PostmortemView postmortem, string key, string mark)
    {
        if (postmortem.Of(key) is not { Points.Count: > 0 } section) return;
        text.Append(CultureInfo.InvariantCulture, $"\n## {section.Kind.Title}\n\n");
        foreach (var point in section.Points) text.Append(mark).Append(point).Append('\n');
    }

    private static void Group(StringBuilder text, PostmortemView postmortem, string group, string title)
    {
        SectionView[] written = [.. postmortem.Sections.Where(s => s.Kind.Group == group && s.Points.Count > 0)];
        if (written.Length == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
        foreach (var section in written)
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{section.Kind.Title}**\n");
            foreach (var point in section.Points) text.Append("  - ").Append(point).Append('\n');
        }
    }

    private static void Actions(StringBuilder text, PostmortemView postmortem)
    {
        text.Append("\n## Actions\n\n");
        if (postmortem.Actions.Count == 0)
        {
            text.Append("None.\n");
            return;
        }

        text.Append("| id | action | type | owner | priority | deadline | state |\n|---|---|---|---|---|---|---|\n");
        foreach (var a in postmortem.Actions)
            text.Append(CultureInfo.InvariantCulture, $"| {a.Name} | {Plain(a.Title)} | {a.Type} | {Plain(a.Owner)} | {a.Priority} | {a.DeadlineDay} | {a.State} |\n");
    }

    private static void Timeline(StringBuilder text, IReadOnlyList<LineView> lines)
    {
        text.Append("\n## Timeline\n\n| time (UTC) | event |\n|---|---|\n");
        foreach (var line in lines) text.Append(CultureInfo.InvariantCulture, $"| {line.At.InUtc().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} | {Plain(line.Text)} |\n");
    }

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "nobody yet" : Plain(string.Join(", ", names));

    /// <summary>Text that no reader takes for Markdown or HTML: on one line, its marks escaped.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '&' or '!' or '~') plain.Append('\\');
            plain.Append(c);
        }

        return plain.ToString();
    }
}
