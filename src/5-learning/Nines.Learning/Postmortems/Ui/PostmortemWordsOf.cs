using Nines.Shell.Components;
using NodaTime;

namespace Nines.Learning.Postmortems.Ui;

/// <summary>States of postmortems as people see them, and what they say in one sentence.</summary>
internal static class PostmortemWordsOf
{
    public static StateWord State(PostmortemView postmortem) => postmortem.State switch
    {
        "final" => new("good", "ok", "Final"),
        "in-review" => new("plan", "eye", "In review"),
        "merged" => new("none", "done", "Merged"),
        _ => new("warn", "todo", "Draft"),
    };

    public static StateWord Severity(PostmortemView postmortem) => new(postmortem.Facts?.Severity is "SEV1" or "SEV2" ? "crit" : "warn", "fire", postmortem.Facts?.Severity ?? "");

    /// <summary>What it cost whom, in one sentence.</summary>
    public static IReadOnlyList<Phrase> Answer(PostmortemView postmortem)
    {
        if (postmortem.Facts is not { } facts) return [postmortem.Name];
        var title = facts.Title.TrimEnd('.');
        if (facts.Clocks.ToRestore is not { } felt) return [title, ". No indicator of its services says that users felt it."];
        return facts.Failed is { } failed and > 0
            ? [title, ": ", Phrase.Bold($"users felt it for {Figures.Span(felt)}"), $", {Figures.Rounded(failed)} events failed."]
            : [title, ": ", Phrase.Bold($"users felt it for {Figures.Span(felt)}"), "."];
    }

    /// <summary>The end of the day on which it is due, as the day that people know.</summary>
    public static Instant LastMoment(Instant due) => due - Duration.FromMinutes(1);

    /// <summary>Points as a Markdown list.</summary>
    public static string List(IEnumerable<string> points, string mark = "- ") => string.Join('\n', points.Select(p => mark + p));
}
