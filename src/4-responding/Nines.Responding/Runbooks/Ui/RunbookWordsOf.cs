using Nines.Shell.Components;
using NodaTime;

namespace Nines.Responding.Runbooks.Ui;

/// <summary>States of runbooks, runs and steps as people see them.</summary>
internal static class RunbookWordsOf
{
    public static StateWord Freshness(RunbookView runbook) => runbook.Freshness switch
    {
        "fresh" => new("good", "ok", "Fresh"),
        "stale" => new("warn", "clock", "Stale"),
        _ => new("none", "none", "Nobody says"),
    };

    public static StateWord State(RunView run) => run.State switch
    {
        "helped" => new("good", "ok", "Helped"),
        "notHelped" => new("warn", "warn", "Did not help"),
        "abandoned" => new("none", "back", "Given up"),
        _ when run.Call.Length > 0 && run.Shown.Length == 0 => new("plan", "run", "Nines is at it"),
        _ => new("plan", "book", "Under way"),
    };

    public static StateWord Outcome(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Expected => new("good", "ok", "As expected"),
        StepOutcome.Unexpected => new("warn", "warn", "Not as expected"),
        StepOutcome.Skipped => new("none", "none", "Skipped"),
        StepOutcome.Failed => new("crit", "crit", "Failed"),
        _ => new("warn", "eye", "Unknown, look"),
    };

    /// <summary>The answer: what is to be done now.</summary>
    public static IReadOnlyList<Phrase> Answer(RunView run, Reader reader) => run.Stage switch
    {
        RunStage.Step when run.Call.Length > 0 && run.Shown.Length == 0 => [Phrase.Bold("Nines is at it: "), run.Step?.Text ?? ""],
        RunStage.Step => [Phrase.Bold($"Step {run.Place} of {run.Of}: "), run.Step?.Text ?? ""],
        RunStage.Choose => ["The diagnosis is over. ", Phrase.Bold("What stops the bleeding?")],
        RunStage.Finish => ["Every step is done. ", Phrase.Bold("Did it help?")],
        _ => run.State switch
        {
            "helped" => [Phrase.Bold("It helped"), ", after ", Figures.Span(run.EndedAt!.Value - run.StartedAt), "."],
            "notHelped" => [Phrase.Bold("It did not help"), ". It ended ", Phrase.Time(run.EndedAt!.Value, TimeForm.Sentence, reader), "."],
            _ => [Phrase.Bold("It was given up"), " ", Phrase.Time(run.EndedAt!.Value, TimeForm.Sentence, reader), "."],
        },
    };

    /// <summary>True where somebody else is to be called by now.</summary>
    public static bool Late(RunView run, Instant now) => run.EndedAt is null && run.EscalatesAt <= now;
}
