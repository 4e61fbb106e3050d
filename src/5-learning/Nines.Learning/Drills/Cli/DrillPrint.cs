using Nines.Kernel;
using Spectre.Console;

namespace Nines.Learning.Drills.Cli;

/// <summary>Drills in a terminal.</summary>
internal static class DrillPrint
{
    public static void Run(RunView run, IAnsiConsole screen)
    {
        screen.MarkupLineInterpolated($"[bold]DRILL {run.Name} {run.Title}[/]");
        screen.WriteLine($"{State(run)}; {run.Leader} leads, {string.Join(", ", run.People.Skip(1).Select(p => p.Person + (p.Role == DrillRole.OnCall ? " (on call)" : "")))} {(run.People.Count == 2 ? "takes" : "take")} part.");
        if (run.Behind is { } behind && run.Open)
        {
            screen.WriteLine($"What is behind it ({behind.Severity}): {(behind.Story.Length > 0 ? behind.Story : "nobody wrote it")}");
            foreach (var next in behind.Coming) screen.WriteLine($"  comes {next.DueAt:HH:mm:ss}Z {Kind(next.Kind)}: {next.Text}{(next.Answers.Count > 0 ? $" [{string.Join(", ", next.Answers)}]" : "")}");
        }

        foreach (var came in run.Came)
        {
            screen.WriteLine($"{came.At:HH:mm:ss}Z {Kind(came.Kind)} {came.Key}: {came.Text}{(came.AcknowledgedAt is { } at ? $" ({came.AcknowledgedBy} has it since {at:HH:mm:ss}Z)" : "")}");
            foreach (var answer in came.Answers) screen.WriteLine($"  {answer.By}: {answer.Text} ({(answer.Right ? "right" : "not it")})");
        }

        foreach (var part in run.Checklist.GroupBy(c => c.Part))
            screen.WriteLine($"{GameDay.Words(part.Key)}: {string.Join(", ", part.Select(c => (c.Done ? "[x] " : "[ ] ") + c.Key))}");
        if (run.Incident.Length > 0) screen.WriteLine($"Declared as {run.IncidentName}.");
        Score(run, screen);
        if (run.WentWell.Length > 0) screen.WriteLine($"What went well: {run.WentWell}");
        if (run.ToLearn.Length > 0) screen.WriteLine($"To learn: {run.ToLearn}");
        foreach (var action in run.Actions) screen.WriteLine($"{action.Name} {action.Title} ({action.State})");
    }

    private static void Score(RunView run, IAnsiConsole screen)
    {
        if (run.Items.Count == 0) return;
        screen.WriteLine(run.Score is { } score ? $"Score: {score} of 100." : "Nothing could be measured.");
        foreach (var item in run.Items)
            screen.WriteLine($"  {Points(item),-7} {item.Words}: {item.Why}{(item.Took is { } took ? $" {FieldDuration.Format(Whole(took))}" : "")}{(item.Target is { } target ? $" (target {FieldDuration.Format(Whole(target))})" : "")}");
    }

    /// <summary>Points of those that there are; a dash for what nobody measured.</summary>
    public static string Points(ScoreItem item) => item.Verdict == ScoreVerdict.Unmeasured ? "-" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{item.Points:0.#}/{item.Of}");

    private static NodaTime.Duration Whole(NodaTime.Duration length) => NodaTime.Duration.FromSeconds(Math.Round(length.TotalSeconds));

    private static string State(RunView run) => run.State switch { "open" => $"Under way since {run.StartedAt:HH:mm:ss}Z", "called-off" => $"Broken off: {run.EndReason}", _ => $"Over since {run.EndedAt:HH:mm:ss}Z" };

    private static string Kind(InjectKind kind) => kind switch { InjectKind.Alert => "alert", InjectKind.Clue => "question", _ => "says" };
}
