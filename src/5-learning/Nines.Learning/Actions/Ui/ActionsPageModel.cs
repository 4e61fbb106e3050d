using Nines.Shell.Components;

namespace Nines.Learning.Actions.Ui;

/// <summary>All that the board of actions shows.</summary>
public sealed record ActionsPageModel(IReadOnlyList<ActionView> All, TableRows<ActionView> Table, TableQuery Query)
{
    /// <summary>Cards of a lane; a filter reaches the others.</summary>
    public const int Most = 50;

    /// <summary>The lanes: what is overdue first, so that nobody has to look for it.</summary>
    public IReadOnlyList<(string Key, string Title, IReadOnlyList<ActionView> Cards)> Lanes =>
    [
        ("overdue", "Overdue", [.. Table.Rows.Where(a => a.Overdue)]),
        ("open", "Open", [.. Table.Rows.Where(a => a is { State: "open", Overdue: false })]),
        ("in-progress", "In progress", [.. Table.Rows.Where(a => a is { State: "in-progress", Overdue: false })]),
        ("over", "Done or dropped", [.. Table.Rows.Where(a => !a.IsOpen)]),
    ];

    /// <summary>The answer in words.</summary>
    public IReadOnlyList<Phrase> Headline(Reader reader)
    {
        var open = All.Where(a => a.IsOpen).ToArray();
        if (All.Count == 0) return ["No action so far."];
        if (open.Length == 0) return [Phrase.Bold("Nothing is left to do"), $": {Figures.Of(All.Count, "action")} done or dropped."];
        var late = open.Where(a => a.Overdue).ToArray();
        if (late.Length > 0) return [Phrase.Bold($"{Figures.Of(late.Length, "action")} {(late.Length == 1 ? "is" : "are")} overdue"), $" of {open.Length} that are open; the oldest, {late[0].Name}, since ", Phrase.Time(late[0].Deadline, TimeForm.Day, reader), "."];
        return [Phrase.Bold($"{Figures.Of(open.Length, "action")} {(open.Length == 1 ? "is" : "are")} open"), ", none overdue; the next is due ", Phrase.Time(ActionDay.Of(open[0]), TimeForm.Sentence, reader), "."];
    }
}

/// <summary>The day that people call the deadline.</summary>
internal static class ActionDay
{
    public static NodaTime.Instant Of(ActionView action) => action.Deadline - NodaTime.Duration.FromMinutes(1);
}
