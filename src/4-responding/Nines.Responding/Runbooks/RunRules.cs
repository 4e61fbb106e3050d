using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents;
using Nines.Responding.Runner;

namespace Nines.Responding.Runbooks;

/// <summary>What a run is decided from.</summary>
public sealed record RunContext
{
    /// <summary>The runs so far.</summary>
    public required RunbookRuns Runs { get; init; }

    /// <summary>Runbooks, services and people.</summary>
    public required ManifestSet Catalog { get; init; }

    /// <summary>All incidents.</summary>
    public required IncidentBook Incidents { get; init; }

    /// <summary>All alerts.</summary>
    public required AlertBook Alerts { get; init; }

    /// <summary>All pages.</summary>
    public required PageBook Pages { get; init; }

    /// <summary>Makes ids.</summary>
    public required Func<string> NewId { get; init; }

    /// <summary>The run of that name that is not over, or why there is none.</summary>
    public Outcome<RunbookRun> OpenOne(string name) => Runs.Find(name) switch
    {
        null => Problem.NotFound($"There is no run {name}.", "List them with \"nines runbook runs\"."),
        { Open: false } over => Problem.Conflict($"{over.Name} is over.", $"Begin another one with \"nines runbook run {over.Runbook}\"."),
        var open => open,
    };
}

/// <summary>What is asked to begin a run.</summary>
/// <param name="Runbook">Which runbook.</param>
/// <param name="Incident">The incident that it belongs to; empty for that of the page or the alert, or none.</param>
/// <param name="Alert">The alert that it is about; empty for none.</param>
/// <param name="Page">The page that it is about; empty for none.</param>
/// <param name="Labels">Values that its actions need, beside those of the alert.</param>
public sealed record RunRequest(string Runbook = "", string Incident = "", string Alert = "", string Page = "", IReadOnlyDictionary<string, string>? Labels = null);

/// <summary>What is asked to end a step.</summary>
/// <param name="Step">Its key; empty for the current one.</param>
/// <param name="Outcome">What came of it: expected, unexpected, skipped, failed.</param>
/// <param name="Observed">What was seen.</param>
public sealed record StepRequest(string Step = "", string Outcome = "", string Observed = "");

/// <summary>What people may do with runs, and what follows. Pure.</summary>
public static class RunRules
{
    /// <summary>So long is what somebody observed at most; the output of a call is kept whole beside it.</summary>
    public const int LongestObserved = 4_000;

    private const int MostLabels = 50;

    /// <summary>Begins a run.</summary>
    public static Outcome<RunStarted> Start(RunContext context, RunRequest asked, string by)
    {
        var wrong = new List<Problem>();
        var runbook = context.Catalog.Find<Runbook>(asked.Runbook);
        if (runbook is null) wrong.Add(Problem.NotFound($"There is no runbook \"{asked.Runbook}\".", $"{context.Catalog.DidYouMean<Runbook>(asked.Runbook)}List them with \"nines runbook list\".", "runbook"));
        var page = asked.Page.Length > 0 ? context.Pages.OfThread(asked.Page) : null;
        if (asked.Page.Length > 0 && page is null) wrong.Add(Problem.NotFound($"There is no page {asked.Page}.", "List them with \"nines page list\".", "page"));
        var incident = asked.Incident.Length > 0 ? context.Incidents.Find(asked.Incident) : page is null ? null : context.Incidents.OfPage(page.Id);
        if (asked.Incident.Length > 0 && incident is null) wrong.Add(Problem.NotFound($"There is no incident {asked.Incident}.", "List them with \"nines incident list\".", "incident"));
        else if (asked.Incident.Length > 0 && !incident!.Open) wrong.Add(Problem.Conflict($"{incident.Name} is not open any more.", "Name another one, or none.", "incident"));
        if (asked.Alert.Length > 0 && !context.Alerts.All.ContainsKey(asked.Alert)) wrong.Add(Problem.NotFound($"There is no alert {asked.Alert}.", "List them with \"nines alerts list\".", "alert"));
        if (asked.Labels?.Count > MostLabels) wrong.Add(Problem.Invalid($"There are {asked.Labels.Count} labels.", $"Give {MostLabels} at most.", "labels"));
        if (wrong.Count > 0) return Outcome<RunStarted>.Failed(wrong);
        var alert = context.Alerts.All.GetValueOrDefault(asked.Alert) ?? Closest(context, runbook!, (page?.Alerts ?? []).Concat(incident?.Alerts ?? []));
        incident ??= alert is null ? null : context.Incidents.Open.FirstOrDefault(i => i.Alerts.Contains(alert.Id));
        if (incident is { Open: false }) incident = null;
        if (context.Runs.Open.FirstOrDefault(r => r.Runbook == runbook!.Name && r.Incident.Length > 0 && r.Incident == incident?.Id) is { } same)
            return Problem.Conflict($"{same.Name} goes through this runbook in {incident!.Name} already.", "Go on there, or give it up first.", "runbook");
        var labels = AlertLabels.Of((alert?.Labels.Pairs ?? []).Concat(asked.Labels ?? new Dictionary<string, string>()));
        return new RunStarted(context.NewId(), context.Runs.Numbers + 1, runbook!.Name, runbook.Title, runbook.Plan, incident?.Id ?? "", alert?.Id ?? "", labels, incident?.Drill ?? false, by);
    }

    /// <summary>A person says what came of the current step.</summary>
    public static Outcome<StepEnded> Record(RunContext context, string name, StepRequest asked, string by) => context.OpenOne(name).Then(run =>
    {
        var wrong = new List<Problem>();
        if (AtStep(run, asked.Step) is { } elsewhere) return Outcome<StepEnded>.Failed(elsewhere);
        if (int.TryParse(asked.Outcome, out _) || !Enum.TryParse<StepOutcome>(asked.Outcome, ignoreCase: true, out var outcome) || outcome == StepOutcome.Unknown)
        {
            outcome = StepOutcome.Expected;
            wrong.Add(Problem.Invalid(asked.Outcome.Length == 0 ? "It does not say what came of the step." : $"\"{asked.Outcome}\" is nothing that comes of a step.", "Write expected, unexpected, skipped or failed.", "outcome"));
        }

        var observed = asked.Observed.Trim();
        if (observed.Length == 0 && outcome == StepOutcome.Unexpected && run.Shown.Length == 0) wrong.Add(Problem.Invalid("It does not say what was seen instead.", "Write it in a few words: whoever reads this next was not there.", "observed"));
        if (observed.Length > LongestObserved) wrong.Add(Problem.Invalid($"The text has {observed.Length} characters.", $"Write at most {LongestObserved}; put the rest into a document and link it.", "observed"));
        if (run.Call.Length > 0 && run.Shown.Length == 0) wrong.Add(Problem.Conflict("Nines is at this step.", "Wait until it is done, or give the run up.", "step"));
        if (wrong.Count > 0) return Outcome<StepEnded>.Failed(wrong);
        return new StepEnded(run.Id, run.Step, outcome, observed.Length > 0 ? observed : RunnerText.Cut(run.Shown, LongestObserved), by, run.Call);
    });

    /// <summary>The action of the current step with its labels filled in, for whoever approves it.</summary>
    public static Outcome<(RunbookRun Run, RunnerAction Action)> Approve(RunContext context, string name, string step) => context.OpenOne(name).Then(run =>
    {
        if (AtStep(run, step) is { } elsewhere) return Outcome<(RunbookRun, RunnerAction)>.Failed(elsewhere);
        if (run.Call.Length > 0 && run.Shown.Length == 0) return Problem.Conflict("Nines is at this step already.", "Wait until it is done.", "step");
        return run.Current!.Run is { } action
            ? RunnerText.Fill(action, run.Labels).Map(filled => (run, filled))
            : Problem.Conflict("Nines cannot do this step itself.", "Do it, and say what came of it.", "step");
    });

    /// <summary>Somebody chooses how to stop the bleeding; also before the diagnosis is over.</summary>
    public static Outcome<OptionChosen> Choose(RunContext context, string name, string option, string by) => context.OpenOne(name).Then(run =>
        run.Call.Length > 0 && run.Shown.Length == 0 ? Outcome<OptionChosen>.Failed(Problem.Conflict("Nines is at a step.", "Wait until it is done, or give the run up.", "option"))
        : run.Plan.OptionCalled(option) is { } known ? new OptionChosen(run.Id, known.Key, by)
        : Problem.NotFound($"The runbook has no option \"{option}\".", run.Plan.Mitigation.Count == 0 ? "It has none." : $"It has {string.Join(", ", run.Plan.Mitigation.Select(m => m.Key))}.", "option"));

    /// <summary>Somebody says whether it helped.</summary>
    public static Outcome<RunFinished> Finish(RunContext context, string name, bool? helped, string note, string by) => context.OpenOne(name).Then(run =>
    {
        var wrong = new List<Problem>();
        if (helped is null) wrong.Add(Problem.Invalid("It does not say whether it helped.", "Write helped: true or false.", "helped"));
        if (note.Trim().Length > LongestObserved) wrong.Add(Problem.Invalid($"The text has {note.Trim().Length} characters.", $"Write at most {LongestObserved}.", "note"));
        if (helped == false && note.Trim().Length == 0) wrong.Add(Problem.Invalid("It does not say what was missing.", "Write it in a few words: the runbook gets better by it.", "note"));
        if (run.Call.Length > 0 && run.Shown.Length == 0) wrong.Add(Problem.Conflict("Nines is at a step.", "Wait until it is done, or give the run up.", "step"));
        return wrong.Count > 0 ? Outcome<RunFinished>.Failed(wrong) : new RunFinished(run.Id, helped!.Value, note.Trim(), by);
    });

    /// <summary>Somebody gives it up.</summary>
    public static Outcome<RunAbandoned> Abandon(RunContext context, string name, string reason, string by) => context.OpenOne(name).Then(run => reason.Trim() switch
    {
        "" => Outcome<RunAbandoned>.Failed(Problem.Invalid("A run is given up with a reason.", "Say in a few words why.", "reason")),
        { Length: > LongestObserved } => Problem.Invalid("The reason is too long.", $"Write at most {LongestObserved} characters.", "reason"),
        var said => new RunAbandoned(run.Id, said, by),
    });

    /// <summary>Why the run is not at a step; null where it is.</summary>
    private static Problem? AtStep(RunbookRun run, string step) =>
        run.Current is null ? Problem.Conflict(run.Stage == RunStage.Choose ? "The diagnosis is over." : "Every step is done.", run.Stage == RunStage.Choose ? "Choose an option, or finish the run." : "Say whether it helped.", "step")
        : step.Length > 0 && step != run.Step ? Problem.Conflict($"{run.Name} is at the step {run.Step} by now, not at {step}.", "Look again: somebody else went on.", "step")
        : null;

    /// <summary>Of some alerts the one that fits the runbook best.</summary>
    private static Alert? Closest(RunContext context, Runbook runbook, IEnumerable<string> alerts) =>
        alerts.Select(id => context.Alerts.All.GetValueOrDefault(id)).OfType<Alert>().OrderByDescending(a => RunbookFit.Of(runbook, a.Labels, a.Service)).ThenByDescending(a => a.Firing).FirstOrDefault();
}
