using Nines.Kernel;
using Nines.Responding.Runner;

namespace Nines.Responding.Runbooks;

/// <summary>A run begins: its incident hears of it, and a step that needs nobody begins.</summary>
internal sealed class OnRunStarted(RunnerCalls calls) : Reaction<RunStarted>
{
    protected override void React(RunStarted happened, JournalEntry entry, Deciding deciding)
    {
        RunTimeline.Tell(deciding, happened.Id, $"Runbook: {happened.Title}.", happened.By);
        StepCalls.CallUnapproved(deciding, calls, happened.Id);
    }
}

/// <summary>A step is done.</summary>
internal sealed class OnStepEnded(RunnerCalls calls) : Reaction<StepEnded>
{
    protected override void React(StepEnded happened, JournalEntry entry, Deciding deciding)
    {
        RunTimeline.Tell(deciding, happened.Id, run => RunTimeline.Of(run, happened), happened.By);
        StepCalls.CallUnapproved(deciding, calls, happened.Id);
    }
}

/// <summary>An option was chosen.</summary>
internal sealed class OnOptionChosen(RunnerCalls calls) : Reaction<OptionChosen>
{
    protected override void React(OptionChosen happened, JournalEntry entry, Deciding deciding)
    {
        RunTimeline.Tell(deciding, happened.Id, run => $"{run.Title}: {run.Plan.Option(happened.Option)?.Name ?? happened.Option} is chosen.", happened.By);
        StepCalls.CallUnapproved(deciding, calls, happened.Id);
    }
}

/// <summary>Somebody let Nines do a step.</summary>
internal sealed class OnStepCalled : Reaction<StepCalled>
{
    protected override void React(StepCalled happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.By.Length > 0 && deciding.State.Get<RunnerBook>().Calls.GetValueOrDefault(happened.Call) is { } call)
            RunTimeline.Tell(deciding, happened.Id, run => $"{run.Title}, {run.Plan.Find(happened.Step)?.Text ?? happened.Step}: approved, Nines does it: {call.Action.Words}", happened.By);
    }
}

/// <summary>It takes too long.</summary>
internal sealed class OnRunEscalationDue : Reaction<RunEscalationDue>
{
    protected override void React(RunEscalationDue happened, JournalEntry entry, Deciding deciding) =>
        RunTimeline.Tell(deciding, happened.Id, run => $"{run.Title} takes longer than {FieldDuration.Format(run.Plan.Escalation?.After ?? default)}: call {happened.Contact}.{(happened.Context.Length > 0 ? $" Tell them: {happened.Context}" : "")}", "");
}

/// <summary>A run is over.</summary>
internal sealed class OnRunFinished : Reaction<RunFinished>
{
    protected override void React(RunFinished happened, JournalEntry entry, Deciding deciding) =>
        RunTimeline.Tell(deciding, happened.Id, run => $"{run.Title}: it {(happened.Helped ? "helped" : "did not help")}.{(happened.Note.Length > 0 ? " " + happened.Note : "")}", happened.By);
}

/// <summary>A run was given up.</summary>
internal sealed class OnRunAbandoned : Reaction<RunAbandoned>
{
    protected override void React(RunAbandoned happened, JournalEntry entry, Deciding deciding) =>
        RunTimeline.Tell(deciding, happened.Id, run => $"{run.Title}: given up. {happened.Reason}", happened.By);
}

/// <summary>A call of a step ended: the step is done, or a person judges what came out.</summary>
internal sealed class OnStepCallEnded : Reaction<RunnerEnded>
{
    protected override void React(RunnerEnded happened, JournalEntry entry, Deciding deciding)
    {
        if (StepCalls.RunOf(happened.About) is not { } id || deciding.State.Get<RunbookRuns>().All.GetValueOrDefault(id) is not { Open: true } run || run.Call != happened.Id) return;
        if (happened.Verdict == RunnerVerdict.CalledOff) return;
        var observed = RunnerText.Cut(happened.Observed, RunRules.LongestObserved);
        // What is expected stands in words only: a person reads what came out.
        if (happened.Verdict == RunnerVerdict.AsExpected && run.Current is { Expected.Length: > 0, Run.Judges: false })
        {
            deciding.Write(RunbookRuns.StreamOf(id), new StepShown(id, run.Step, happened.Id, observed));
            return;
        }

        var outcome = happened.Verdict switch
        {
            RunnerVerdict.AsExpected => StepOutcome.Expected,
            RunnerVerdict.Unexpected => StepOutcome.Unexpected,
            RunnerVerdict.Unknown => StepOutcome.Unknown,
            _ => StepOutcome.Failed,
        };
        deciding.Write(RunbookRuns.StreamOf(id), new StepEnded(id, run.Step, outcome, observed, "", happened.Id));
    }
}
