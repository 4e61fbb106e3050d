using Nines.Shell;
using Spectre.Console;

namespace Nines.Learning.Postmortems.Cli;

/// <summary>A postmortem in a terminal.</summary>
internal static class PostmortemWords
{
    /// <summary>Where it stands, in one line.</summary>
    public static string State(PostmortemView postmortem) => postmortem.State switch
    {
        "final" => $"Final since {postmortem.FinalAt:yyyy-MM-dd HH:mm}Z.",
        _ when postmortem.Due is { } due => $"{(postmortem.State == "draft" ? "A draft" : "In review")}, {(postmortem.Overdue ? "was due" : "due")} {due:yyyy-MM-dd HH:mm}Z ({postmortem.Zone}).",
        _ => "A draft; its incident is still open.",
    };

    /// <summary>All of it: figures, what is written, what judges, actions.</summary>
    public static void Write(PostmortemView postmortem, IAnsiConsole screen)
    {
        screen.MarkupLineInterpolated($"[bold]{postmortem.Name} {postmortem.Facts?.Severity} {postmortem.Title}[/]");
        screen.WriteLine(State(postmortem));
        var figures = new TextTable().Column("figure").Column("value").Column("from", cut: true);
        foreach (var figure in postmortem.Figures) figures.Row(figure.Name, figure.Words, figure.From);
        if (postmortem.Figures.Count > 0) figures.Write(screen);
        foreach (var section in postmortem.Sections)
        {
            if (section.Text.Length == 0 && section.Others.Count == 0) continue;
            screen.MarkupLineInterpolated($"\n[bold]{section.Kind.Title}[/] ({section.Kind.Key}, version {section.Version})");
            screen.WriteLine(section.Text);
            foreach (var other in section.Others) screen.MarkupLineInterpolated($"[yellow]Beside it, from version {other.BasedOn}, by {other.By} ({other.Id}):[/] {other.Text}");
            foreach (var finding in section.Findings) screen.MarkupLineInterpolated($"[yellow]\"{finding.Words}\": {finding.Why} {finding.Better}[/]");
        }

        if (postmortem.Sections.Where(s => s.Text.Length == 0).Select(s => s.Kind.Key).ToArray() is { Length: > 0 } empty) screen.WriteLine($"\nNobody wrote: {string.Join(", ", empty)}.");
        if (postmortem.Actions.Count == 0) return;
        screen.WriteLine();
        var actions = new TextTable().Column("action").Column("state").Column("priority").Column("owner").Column("due").Column("title", cut: true);
        foreach (var action in postmortem.Actions) actions.Row(action.Name, TextCell.Of(action.State), action.Priority, action.Owner, action.DeadlineDay, action.Title);
        actions.Write(screen);
    }
}
