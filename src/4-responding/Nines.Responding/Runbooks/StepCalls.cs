using Nines.Kernel;
using Nines.Responding.Runner;

namespace Nines.Responding.Runbooks;

/// <summary>Steps that Nines does itself, as calls of the runner.</summary>
internal static class StepCalls
{
    private const string Prefix = "run/";

    /// <summary>Intends the call of a run's current step; the run's id.</summary>
    public static Outcome<string> Call(Deciding deciding, RunnerCalls calls, RunbookRun run, RunnerAction action, string by)
    {
        var call = calls.Call(deciding, action, $"{Prefix}{run.Id}/{run.Step}", by, "/runs/" + run.Id);
        if (!call.Ok) return Outcome<string>.Failed(call.Problems);
        deciding.Write(RunbookRuns.StreamOf(run.Id), new StepCalled(run.Id, run.Step, call.Value, by));
        return run.Id;
    }

    /// <summary>What only reads and needs nobody's approval begins as soon as its step is the current one.</summary>
    public static void CallUnapproved(Deciding deciding, RunnerCalls calls, string id)
    {
        if (deciding.State.Get<RunbookRuns>().All.GetValueOrDefault(id) is not { Open: true, Call.Length: 0, Current.Run: { Unapproved: true, Reads: true } action } run) return;
        // Once: what did not come out is for a person, or a tight circle would ask for ever.
        if (run.Records.Count > 0 && run.Records[^1] is { Call.Length: > 0, Outcome: StepOutcome.Failed or StepOutcome.Unknown } last && last.Step == run.Step) return;
        var visits = run.Records.Count(r => r.Step == run.Step && r.Call.Length > 0);
        if (visits >= MostVisits) return;
        var filled = RunnerText.Fill(action, run.Labels);
        if (filled.Ok) _ = Call(deciding, calls, run, filled.Value, "");
    }

    /// <summary>The run of a call; null where it is another's.</summary>
    public static string? RunOf(string about) => about.StartsWith(Prefix, StringComparison.Ordinal) && about.Split('/') is [_, var id, ..] ? id : null;

    // A branch that leads back to itself asks so often by itself, then waits for a person.
    private const int MostVisits = 5;
}
