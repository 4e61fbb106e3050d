using System.Text.Json;
using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Runbooks;
using Nines.Responding.Runner;

namespace Nines.Responding.Remediation;

/// <summary>What a rule does, as it is written now: one action, or the steps of a runbook's option. Pure.</summary>
/// <param name="Action">The action; nothing where there is a plan.</param>
/// <param name="Plan">The steps; null where it is one action.</param>
/// <param name="Version">Its fingerprint: another action, or another step, begins anew.</param>
public sealed record RuleDeed(RunnerAction Action, RemedyPlan? Plan, string Version)
{
    /// <summary>Everything that is done, in order.</summary>
    public IReadOnlyList<RunnerAction> Actions => Plan is { } plan ? [.. plan.Steps.Select(s => s.Action)] : [Action];

    /// <summary>What a rule does, or everything why it can do nothing; each problem's path is <c>name</c> or <c>option</c>.</summary>
    public static Outcome<RuleDeed> Of(RemediationRule rule, ManifestSet all) => rule.Runbook is { } choice
        ? OptionOf(choice, all).Map(option => new RuleDeed(new(), new(choice.Runbook, option.Key, option.Name, [.. option.Steps.Select(Step)]), VersionOf(choice.Runbook, option)))
        : new RuleDeed(rule.Action, null, VersionOf(rule.Action));

    /// <summary>With the labels of an alert filled in, or everything that is missing.</summary>
    public Outcome<RuleDeed> Fill(AlertLabels labels)
    {
        if (Plan is not { } plan) return RunnerText.Fill(Action, labels).Map(action => this with { Action = action });
        var filled = plan.Steps.Select(s => RunnerText.Fill(s.Action, labels)).ToArray();
        var wrong = filled.SelectMany(f => f.Problems).Where(p => p.IsError).Distinct().ToArray();
        return wrong.Length > 0 ? Outcome<RuleDeed>.Failed(wrong) : this with { Plan = plan with { Steps = [.. plan.Steps.Zip(filled, (step, action) => step with { Action = action.Value })] } };
    }

    private static Outcome<RunbookOption> OptionOf(RunbookChoice choice, ManifestSet all)
    {
        if (all.Find<Runbook>(choice.Runbook) is not { } runbook)
            return all.Has("nines/v1", "Runbook", choice.Runbook)
                ? Problem.NotFound($"The runbook \"{choice.Runbook}\" has errors of its own.", "Mend it first.", "name")
                : Problem.NotFound($"There is no runbook \"{choice.Runbook}\".", $"{all.DidYouMean<Runbook>(choice.Runbook)}Write a Runbook of that name, or name another one.", "name");
        if (runbook.Plan.OptionCalled(choice.Option) is not { } option)
            return Problem.Invalid($"The runbook {runbook.Name} has no option \"{choice.Option}\".", runbook.Plan.Mitigation.Count == 0 ? "It has none: write it there, under mitigation." : $"It has {string.Join(", ", runbook.Plan.Mitigation.Select(m => m.Key))}.", "option");
        var wrong = Wrong(runbook, option).ToArray();
        return wrong.Length > 0 ? Outcome<RunbookOption>.Failed(wrong) : option;
    }

    /// <summary>Why nobody but a person can follow an option.</summary>
    private static IEnumerable<Problem> Wrong(Runbook runbook, RunbookOption option)
    {
        if (option.Steps.Count == 0) yield return Problem.Invalid($"The option {option.Key} of the runbook {runbook.Name} has no step.", "Write its steps there, each with run:, or name another option.", "option");
        foreach (var step in option.Steps)
            if (step.Run is null) yield return Problem.Invalid($"The step {step.Key} (\"{step.Text}\") of the runbook {runbook.Name} is for a person: it has no run:.", "Write run: into that step, or name another option.", "option");
            else if (step is { Expected.Length: > 0, Run.Judges: false })
                yield return Problem.Invalid($"What comes out of the step {step.Key} (\"{step.Text}\") of the runbook {runbook.Name} is judged by a person: what is expected stands in words only.", "Write expect: into its run:, or take expected: out.", "option");
        if (option.Steps.Count > 0 && option.Steps.All(s => s.Run is { Reads: true })) yield return Problem.Invalid($"The option {option.Key} of the runbook {runbook.Name} changes nothing, so it mends nothing.", "Name another option.", "option");
    }

    private static RemedyStep Step(RunbookStep step) => new(step.Key, step.Text, step.Expected, step.Run!);

    private static string VersionOf(RunnerAction action) => RemedyTrust.VersionOf(JsonSerializer.Serialize(action, HouseJson.Options));

    private static string VersionOf(string runbook, RunbookOption option) => RemedyTrust.VersionOf($"{runbook}/{JsonSerializer.Serialize(option, HouseJson.Options)}");
}
