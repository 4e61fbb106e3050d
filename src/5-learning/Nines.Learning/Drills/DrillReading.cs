using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Learning.Actions;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>Drills as doors show them. What comes is in no answer, except to whoever leads.</summary>
public sealed class DrillReading(IHouse house, CompiledManifests manifests, SignedLinks links)
{
    private const string Purpose = "drill.lead";
    private static readonly Duration KeyLives = Duration.FromDays(30);

    /// <summary>Every drill, by title.</summary>
    public IReadOnlyList<DrillView> All()
    {
        var (state, book) = (house.State, house.State.Get<DrillBook>());
        return [.. manifests.For(state).Of<Drill>().OrderBy(d => d.Title, StringComparer.OrdinalIgnoreCase).Select(d => View(d, book))];
    }

    /// <summary>The drill of that name; null for none.</summary>
    public DrillView? Find(string name) => manifests.For(house.State).Find<Drill>(name) is { } drill ? View(drill, house.State.Get<DrillBook>()) : null;

    /// <summary>Runs under way, then those that are over, the newest first; nothing of what is still to come.</summary>
    public IReadOnlyList<RunView> Runs()
    {
        var state = house.State;
        return [.. state.Get<DrillBook>().All.Values.OrderByDescending(r => r.Open).ThenByDescending(r => r.Start.Number).Select(r => View(state, r, leads: false))];
    }

    /// <summary>The run of that id or number as somebody may see it; null for none.</summary>
    /// <param name="name">Id or number.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="key">The leader's key; null for none.</param>
    /// <param name="now">The time.</param>
    public RunView? Run(string name, Actor viewer, string? key, Instant now) =>
        house.State is var state && state.Get<DrillBook>().Find(name) is { } run ? View(state, run, Leads(run, viewer, key, now)) : null;

    /// <summary>A run as those who take part see it; null for none.</summary>
    public RunView? Run(string name) => house.State is var state && state.Get<DrillBook>().Find(name) is { } run ? View(state, run, leads: false) : null;

    /// <summary>The key with which whoever leads sees what comes, where nobody signs in; null for somebody who takes part themselves.</summary>
    public async ValueTask<string?> KeyAsync(string run, Actor actor, Instant now, CancellationToken stop) =>
        house.State.Get<DrillBook>().Find(run) is not { } found || (actor.PersonId is { } person && found.Leader != person && found.RoleOf(person) is not null)
            ? null : await links.SignAsync(Purpose, found.Id, now + KeyLives, now, stop);

    /// <summary>The training of everybody who trains, or ever had a drill: those that are overdue first.</summary>
    public IReadOnlyList<TrainingView> Record(Instant now)
    {
        var (state, set) = (house.State, manifests.For(house.State));
        var (book, policy, catalog) = (state.Get<DrillBook>(), DrillPolicies.Of(set), CatalogView.Of(set));
        return
        [
            .. catalog.People.Select(p => TrainingView.Of(p, book.Had.GetValueOrDefault(p.Id, []), policy, catalog, now)).Where(t => t.State != "not asked" || t.Had.Count > 0)
                .OrderBy(t => t.State switch { "overdue" => 0, "never" => 1, "trained" => 2, _ => 3 }).ThenBy(t => t.LastAt).ThenBy(t => t.Person, StringComparer.Ordinal),
        ];
    }

    /// <summary>How often people train.</summary>
    public DrillPolicy Policy => DrillPolicies.Of(manifests.For(house.State));

    /// <summary>What the wheel chose last for somebody, by handle; null for nothing.</summary>
    public WheelSpun? Spun(string person) => manifests.For(house.State).Find<Person>(person) is { } found ? house.State.Get<DrillBook>().Spins.GetValueOrDefault(found.Id) : null;

    /// <summary>A drill as a manifest, from a past incident.</summary>
    public Outcome<string> Draft(string incident) => house.State.Get<IncidentBook>().Find(incident) switch
    {
        null => Problem.NotFound($"There is no incident {incident}.", "List them with \"nines incident list\"."),
        { Open: true } open => Problem.Conflict($"{open.Name} is still open.", "Draft a drill from it once it is over."),
        { Drill: true } drill => Problem.Conflict($"{drill.Name} was a drill itself.", "Name an incident that was real."),
        var past => DrillDraft.Of(past),
    };

    private bool Leads(DrillRun run, Actor viewer, string? key, Instant now) =>
        viewer.PersonId == run.Leader || (key is { Length: > 0 } && links.Check(Purpose, run.Id, key, now).Ok);

    private static DrillView View(Drill drill, DrillBook book)
    {
        var scored = book.All.Values.Where(r => r.Start.Drill == drill.Name && r is { Open: false, CalledOff: false }).ToArray();
        return new(
            drill.Name, drill.Title, drill.Service, drill.Injects.Count > 0 ? "written" : "replay", drill.Injects.Count > 0 ? drill.Injects.Count : null, drill.Speed, drill.GameDay, drill.Least, drill.Teams,
            scored.Length, scored.Length > 0 ? scored.Max(r => r.EndedAt) : null, scored.Average(r => r.Score));
    }

    private RunView View(HouseState state, DrillRun run, bool leads)
    {
        var (catalog, start) = (CatalogView.Of(manifests.For(state)), run.Start);
        var actions = state.Get<ActionBook>();
        var incident = run.Incident.Length > 0 ? state.Get<IncidentBook>().Find(run.Incident) : null;
        return new(run.Id, run.Name, start.Drill, start.Title, start.Service, run.Open ? "open" : run.CalledOff ? "called-off" : "ended", run.StartedAt, run.EndedAt, start.Speed)
        {
            People = [.. start.People.Select(p => new InDrill(Name(p.Person), p.Role, run.Reached.Contains(p.Person)))],
            Came = [.. run.Came.Select(c => new CameView(
                c.Inject.Key, c.At, c.Inject.Kind, c.Inject.Name, c.Inject.Text, c.Inject.Kind == InjectKind.Alert ? Word(c.Inject.Severity) : "", c.AcknowledgedAt, Name(c.AcknowledgedBy),
                [.. c.Answers.Select(a => new AnswerView(a.At, a.Text, a.Right, Name(a.By)))]))],
            Behind = leads || !run.Open ? new(start.Story, start.From, start.Severity.Word(), run.EndsAt, [.. run.Coming.OrderBy(i => i.At).Select(i => new ComingView(i.Key, run.DueAt(i), i.Kind, i.Text, i.Answers ?? []))]) : null,
            Incident = run.Incident,
            IncidentName = incident?.Name ?? "",
            Checklist = start.GameDay ? [.. GameDay.Checklist.Select(c => new CheckView(c.Key, c.Part, c.Text, run.Done.Contains(c.Key)))] : [],
            EndReason = run.EndReason,
            Score = run.Score,
            Items = run.Items,
            WentWell = run.WentWell,
            ToLearn = run.ToLearn,
            Actions = [.. run.Actions.Select(a => actions.Find(a)).OfType<ActionItem>().Select(a => new DrillActionView(a.Id, a.Name, a.Title, ActionReading.Word(a.State)))],
        };

        string Name(string person) => catalog.PersonById(person)?.Name ?? person;
    }

    private static string Word(AlertSeverity severity) => severity switch { AlertSeverity.Page => "page", AlertSeverity.Ticket => "ticket", _ => "log" };
}
