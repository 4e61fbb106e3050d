using Spectre.Console;

namespace Nines.Learning.Actions.Cli;

/// <summary>An action in a terminal.</summary>
internal static class ActionPrint
{
    /// <summary>Two lines: what it is, where it stands.</summary>
    public static void Short(ActionView action, IAnsiConsole screen)
    {
        screen.MarkupLineInterpolated($"[bold]{action.Name} {action.Priority} {action.Title}[/]");
        screen.WriteLine($"{action.State}{(action.Overdue ? ", overdue" : "")}, {(action.Owner.Length > 0 ? action.Owner : "nobody has it")}, due {action.DeadlineDay} ({action.Zone}).");
    }

    /// <summary>All of it.</summary>
    public static void Long(ActionView action, IAnsiConsole screen)
    {
        Short(action, screen);
        if (action.Incident.Length > 0) screen.WriteLine($"It follows from {action.Incident}.");
        if (action.Check.Length > 0) screen.WriteLine($"Nines looks at: {action.Check}{(action.HoldsSince is { } since ? $", holds since {since:yyyy-MM-dd HH:mm}Z" : "")}.");
        if (action.Link.Length > 0) screen.WriteLine($"Ticket: {action.Link}");
        foreach (var tracked in action.Tracked) screen.WriteLine($"{tracked.Tracker}: {tracked.Key} {tracked.Url} {tracked.Outcome}".TrimEnd());
        foreach (var line in action.Lines) screen.WriteLine($"{line.At:yyyy-MM-dd HH:mm}Z {line.Text}");
    }
}
