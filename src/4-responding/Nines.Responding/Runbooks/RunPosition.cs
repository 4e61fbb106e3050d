namespace Nines.Responding.Runbooks;

/// <summary>Which step follows: a function of the plan, the step and its outcome. Pure.</summary>
public static class RunPosition
{
    /// <summary>Where a run begins.</summary>
    public static (RunStage Stage, string Step) First(RunbookPlan plan) => plan.Diagnosis.Count > 0 ? (RunStage.Step, plan.Diagnosis[0].Key) : AfterDiagnosis(plan);

    /// <summary>Where it goes once an option is chosen.</summary>
    public static (RunStage Stage, string Step) Of(RunbookOption option) => option.Steps.Count > 0 ? (RunStage.Step, option.Steps[0].Key) : (RunStage.Finish, "");

    /// <summary>
    /// What failed, and what nobody knows, stays the current step: somebody tries again, skips it, or goes another way. What came out
    /// otherwise than expected goes where the step says.
    /// </summary>
    public static (RunStage Stage, string Step) After(RunbookPlan plan, string step, StepOutcome outcome)
    {
        if (plan.Find(step) is null) return (RunStage.Finish, "");
        if (outcome is StepOutcome.Failed or StepOutcome.Unknown) return (RunStage.Step, step);
        if (outcome == StepOutcome.Unexpected && plan.Find(step) is { GoTo.Length: > 0 } branch)
        {
            if (plan.Find(branch.GoTo) is { } target) return (RunStage.Step, target.Key);
            if (plan.Option(branch.GoTo) is { } option) return Of(option);
        }

        if (Next(plan.Diagnosis, step) is { } next) return next.Length > 0 ? (RunStage.Step, next) : AfterDiagnosis(plan);
        foreach (var option in plan.Mitigation)
            if (Next(option.Steps, step) is { } following) return following.Length > 0 ? (RunStage.Step, following) : (RunStage.Finish, "");
        return (RunStage.Finish, "");
    }

    private static (RunStage Stage, string Step) AfterDiagnosis(RunbookPlan plan) => (plan.Mitigation.Count > 0 ? RunStage.Choose : RunStage.Finish, "");

    /// <summary>The step behind another one; empty behind the last; null where it is not in the list.</summary>
    private static string? Next(IReadOnlyList<RunbookStep> steps, string key)
    {
        for (var i = 0; i < steps.Count; i++)
            if (steps[i].Key == key) return i + 1 < steps.Count ? steps[i + 1].Key : "";
        return null;
    }
}
