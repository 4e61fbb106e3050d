using Nines.Catalog;
using Nines.Kernel;
using Nines.Responding.Incidents;
using Nines.Responding.Runner;
using NodaTime;

namespace Nines.Responding.Runbooks;

/// <summary>A step that was done, as doors show it.</summary>
/// <param name="Step">Its key.</param>
/// <param name="Text">What was done.</param>
/// <param name="Command">What a person types; empty for nothing.</param>
/// <param name="Expected">What should come out.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Observed">What was seen.</param>
/// <param name="By">Who did it, by handle; empty for Nines itself.</param>
/// <param name="StartedAt">When it became the current one.</param>
/// <param name="EndedAt">When it was done.</param>
/// <param name="Call">The call with which Nines did it; empty for a person's.</param>
public sealed record RecordView(string Step, string Text, string Command, string Expected, StepOutcome Outcome, string Observed, string By, Instant StartedAt, Instant EndedAt, string Call)
{
    /// <summary>How long it took.</summary>
    public Duration Took => EndedAt - StartedAt;
}

/// <summary>A run as doors show it, with people by name.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">As people say it: <c>RUN-3</c>.</param>
/// <param name="Runbook">The runbook.</param>
/// <param name="Title">Its title.</param>
/// <param name="Stage">Where it stands.</param>
public sealed record RunView(string Id, string Name, string Runbook, string Title, RunStage Stage)
{
    /// <summary>The incident that it belongs to; empty for none.</summary>
    public string Incident { get; init; } = "";

    /// <summary>The incident as people say it; empty for none.</summary>
    public string IncidentName { get; init; } = "";

    /// <summary>The alert that it is about; empty for none.</summary>
    public string Alert { get; init; } = "";

    /// <summary>True within a drill.</summary>
    public bool Drill { get; init; }

    /// <summary>Who began it, by handle.</summary>
    public string By { get; init; } = "";

    /// <summary>When.</summary>
    public Instant StartedAt { get; init; }

    /// <summary>The current step; null where there is none.</summary>
    public StepView? Step { get; init; }

    /// <summary>Since when it is the current one.</summary>
    public Instant StepAt { get; init; }

    /// <summary>What Nines would do, or does, with its labels filled in; empty for nothing.</summary>
    public string Does { get; init; } = "";

    /// <summary>Why Nines cannot do it; empty where it can, or has nothing to do.</summary>
    public string Cannot { get; init; } = "";

    /// <summary>The call that is under way, or whose output waits for a person; empty for none.</summary>
    public string Call { get; init; } = "";

    /// <summary>What that call showed; empty while it runs.</summary>
    public string Shown { get; init; } = "";

    /// <summary>Which step it is among how many; 0 where it is none.</summary>
    public int Place { get; init; }

    /// <summary>How many steps this part has.</summary>
    public int Of { get; init; }

    /// <summary>What can be chosen.</summary>
    public IReadOnlyList<OptionView> Options { get; init; } = [];

    /// <summary>What was chosen.</summary>
    public IReadOnlyList<string> Chosen { get; init; } = [];

    /// <summary>What was done.</summary>
    public IReadOnlyList<RecordView> Records { get; init; } = [];

    /// <summary>What is still to be done behind the current step.</summary>
    public IReadOnlyList<StepView> Next { get; init; } = [];

    /// <summary>Whom to call when it takes too long; null for nobody.</summary>
    public RunbookEscalation? Escalation { get; init; }

    /// <summary>When that is, or was; null for never.</summary>
    public Instant? EscalatesAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Whether it helped; null before, and where it was given up.</summary>
    public bool? Helped { get; init; }

    /// <summary>What whoever ended it says.</summary>
    public string Note { get; init; } = "";

    /// <summary><c>open</c>, <c>helped</c>, <c>notHelped</c> or <c>abandoned</c>.</summary>
    public string State => EndedAt is null ? "open" : Helped switch { true => "helped", false => "notHelped", _ => "abandoned" };

    /// <summary>The view of a run.</summary>
    public static RunView From(RunbookRun run, RunbookUse use, RunnerBook runner, IncidentBook incidents, CatalogView catalog, Func<RunnerAction, IReadOnlyList<Problem>> check)
    {
        var part = run.Current is null ? [] : run.Plan.Mitigation.FirstOrDefault(m => m.Steps.Any(s => s.Key == run.Step))?.Steps ?? run.Plan.Diagnosis;
        var place = part.TakeWhile(s => s.Key != run.Step).Count();
        var filled = run.Current?.Run is { } action ? RunnerText.Fill(action, run.Labels) : null;
        var wrong = filled is null ? [] : filled.Ok ? check(filled.Value) : filled.Problems;
        return new(run.Id, run.Name, run.Runbook, run.Title, run.Stage)
        {
            Incident = run.Incident,
            IncidentName = run.Incident.Length > 0 ? incidents.All.GetValueOrDefault(run.Incident)?.Name ?? run.Incident : "",
            Alert = run.Alert,
            Drill = run.Drill,
            By = Name(run.By),
            StartedAt = run.StartedAt,
            Step = run.Current is { } current ? StepView.Of(current, use) : null,
            StepAt = run.StepAt,
            Does = run.Call.Length > 0 ? runner.Calls.GetValueOrDefault(run.Call)?.Action.Words ?? "" : filled is { Ok: true } ? filled.Value.Words : run.Current?.Run?.Words ?? "",
            Cannot = string.Join(" ", wrong.Select(p => $"{p.What} {p.Remedy}".Trim())),
            Call = run.Call,
            Shown = run.Shown,
            Place = run.Current is null ? 0 : place + 1,
            Of = part.Count,
            Options = run.Open ? [.. run.Plan.Mitigation.Select(m => new OptionView(m.Key, m.Name, m.When, [.. m.Steps.Select(s => StepView.Of(s, use))]))] : [],
            Chosen = [.. run.Chosen.Select(c => run.Plan.Option(c)?.Name ?? c)],
            Records = [.. run.Records.Select(r => new RecordView(r.Step, run.Plan.Find(r.Step)?.Text ?? r.Step, run.Plan.Find(r.Step)?.Command ?? "", run.Plan.Find(r.Step)?.Expected ?? "", r.Outcome, r.Observed, Name(r.By), r.StartedAt, r.EndedAt, r.Call))],
            Next = run.Current is null ? [] : [.. part.Skip(place + 1).Select(s => StepView.Of(s, use))],
            Escalation = run.Plan.Escalation,
            EscalatesAt = run.Plan.Escalation is { } escalation ? run.StartedAt + escalation.After : null,
            EndedAt = run.EndedAt,
            Helped = run.Helped,
            Note = run.Note,
        };

        string Name(string person) => person.Length > 0 ? catalog.PersonById(person)?.Name ?? person : "";
    }
}
