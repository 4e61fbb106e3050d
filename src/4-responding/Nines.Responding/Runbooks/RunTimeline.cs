using Nines.Kernel;
using Nines.Responding.Incidents;
using Nines.Responding.Runner;

namespace Nines.Responding.Runbooks;

/// <summary>What a run does, as lines of its incident's timeline.</summary>
internal static class RunTimeline
{
    // A line, not a log: the run's own page has the rest.
    private const int Longest = 300;

    public static void Tell(Deciding deciding, string id, string text, string by) => Tell(deciding, id, _ => text, by);

    public static void Tell(Deciding deciding, string id, Func<RunbookRun, string> text, string by)
    {
        if (deciding.State.Get<RunbookRuns>().All.GetValueOrDefault(id) is { Incident.Length: > 0 } run)
            deciding.Write(IncidentDesk.StreamOf(run.Incident), new IncidentTold(run.Incident, TimelineKind.Runbook, RunnerText.Cut(text(run), Longest), by, "run/" + id));
    }

    /// <summary>A step that is done, in one line.</summary>
    public static string Of(RunbookRun run, StepEnded step)
    {
        var seen = step.Observed.Split('\n', 2)[0].Trim();
        return $"{run.Title}, {run.Plan.Find(step.Step)?.Text ?? step.Step}: {Words(step.Outcome)}{(seen.Length > 0 ? $", {seen}" : "")}";
    }

    /// <summary>An outcome within a sentence.</summary>
    public static string Words(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Expected => "as expected",
        StepOutcome.Unexpected => "not as expected",
        StepOutcome.Skipped => "skipped",
        StepOutcome.Failed => "failed",
        _ => "unknown, look",
    };
}
