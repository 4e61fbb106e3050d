using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using Spectre.Console;

namespace Nines.Responding.Runbooks.Cli;

/// <summary>Runbooks and runs on a terminal: what is to be done now first.</summary>
internal static class RunWords
{
    private const int Width = 14;

    public static void Write(RunbookView runbook, IAnsiConsole screen)
    {
        screen.MarkupLineInterpolated($"[bold]{runbook.Title}[/]");
        foreach (var finding in runbook.Findings) Hanging.Write(screen, "finding", finding, Width, "yellow");
        Line(screen, "alerts", string.Join(", ", runbook.AlertNames.Concat(runbook.Match)));
        Line(screen, "services", string.Join(", ", runbook.Services));
        Line(screen, "owner", runbook.Owner);
        Line(screen, "overview", runbook.Overview);
        Line(screen, "impact", runbook.Impact);
        foreach (var step in runbook.Diagnosis) Write(step, screen);
        foreach (var option in runbook.Mitigation)
        {
            Line(screen, "option", $"{option.Name} ({option.Key}){(option.When.Length > 0 ? $": {option.When}" : "")}");
            foreach (var step in option.Steps) Write(step, screen);
        }

        if (runbook.Escalation is { } escalation) Line(screen, "escalate", $"After {FieldDuration.Format(escalation.After)}: {escalation.Contact}. {escalation.Context}".Trim());
        screen.WriteLine(runbook.Uses == 0 ? "Never used." : $"Used {runbook.Uses} times; it helped in {runbook.Helped} of {runbook.Helped + runbook.NotHelped} runs.");
    }

    public static void Write(RunView run, IAnsiConsole screen)
    {
        screen.MarkupLineInterpolated($"[bold]{run.Name} {run.Title}[/]");
        foreach (var done in run.Records) Hanging.Write(screen, RunTimeline.Words(done.Outcome), $"{done.Text}{(done.Observed.Length > 0 ? ": " + done.Observed : "")} ({(done.By.Length > 0 ? done.By : "Nines")}, {Figures.Span(done.Took)})", Width);
        screen.WriteLine(State(run));
        if (run.Step is { } step) Write(step, screen);
        if (run.Does.Length > 0) Line(screen, run.Call.Length > 0 ? "Nines does" : "Nines can", run.Cannot.Length > 0 ? $"{run.Does}, but: {run.Cannot}" : run.Does);
        if (run.Shown.Length > 0) Line(screen, "it showed", run.Shown);
        if (run.Stage == RunStage.Choose)
            foreach (var option in run.Options) Line(screen, option.Key, $"{option.Name}{(option.When.Length > 0 ? $": {option.When}" : "")}");
    }

    /// <summary>Where it stands, in one sentence.</summary>
    public static string State(RunView run) => run.Stage switch
    {
        RunStage.Step => $"Step {run.Place} of {run.Of}{(run.Call.Length > 0 && run.Shown.Length == 0 ? ": Nines is at it." : ".")}",
        RunStage.Choose => $"The diagnosis is over. Choose: nines runbook choose {run.Name} OPTION",
        RunStage.Finish => $"Every step is done. Did it help? nines runbook finish {run.Name} yes",
        _ => run.State switch { "helped" => "It is over: it helped.", "notHelped" => $"It is over: it did not help. {run.Note}".Trim(), _ => $"It was given up. {run.Note}".Trim() },
    };

    private static void Write(StepView step, IAnsiConsole screen)
    {
        Line(screen, step.Key, step.Text);
        Line(screen, "  type", step.Command);
        Line(screen, "  expected", step.Expected);
        Line(screen, "  else", string.Join(" ", new[] { step.IfUnexpected, step.GoTo.Length > 0 ? $"Go to {step.GoTo}." : "" }.Where(t => t.Length > 0)));
        if (step.Does.Length > 0) Line(screen, "  Nines can", step.Does + (step.Approval ? " (asks first)" : ""));
    }

    private static void Line(IAnsiConsole screen, string word, string text)
    {
        if (text.Length > 0) Hanging.Write(screen, word, text, Width);
    }
}
