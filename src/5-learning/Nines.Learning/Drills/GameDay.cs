namespace Nines.Learning.Drills;

/// <summary>One thing to do on a game day.</summary>
/// <param name="Key">Its short name, by which it is ticked off.</param>
/// <param name="Part"><c>before</c>, <c>day</c> or <c>after</c>.</param>
/// <param name="Text">What to do.</param>
public sealed record GameDayItem(string Key, string Part, string Text);

/// <summary>The checklist of a game day (seed 003, phase 7: Game Day Runbook).</summary>
public static class GameDay
{
    /// <summary>What to do, in order.</summary>
    public static IReadOnlyList<GameDayItem> Checklist { get; } =
    [
        new("designed", "before", "Experiment designed and reviewed"),
        new("metrics", "before", "Steady-state metrics identified"),
        new("abort", "before", "Abort conditions defined"),
        new("briefed", "before", "All participants briefed"),
        new("rollbacks", "before", "Rollbacks tested in staging"),
        new("told", "before", "Stakeholders notified"),
        new("steady", "day", "Steady state verified for 15 minutes"),
        new("announced", "day", "Start announced to everybody"),
        new("injected", "day", "Fault injected"),
        new("observed", "day", "Observed and written down"),
        new("watched", "day", "Abort conditions watched: rolled back at once where one was met"),
        new("ran", "day", "Ran for the planned time"),
        new("removed", "day", "Fault removed"),
        new("recovered", "day", "Back at steady state"),
        new("results", "after", "Results documented"),
        new("surprises", "after", "Surprises noted"),
        new("actions", "after", "Actions written down"),
        new("shared", "after", "Shared in the team's meeting"),
    ];

    /// <summary>A part in words.</summary>
    public static string Words(string part) => part switch { "before" => "A week before", "day" => "On the day", _ => "The same day, after it" };
}
