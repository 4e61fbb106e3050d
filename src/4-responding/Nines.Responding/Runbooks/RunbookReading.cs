using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents;
using Nines.Responding.Runner;
using NodaTime;

namespace Nines.Responding.Runbooks;

/// <summary>Runbooks and runs as doors show them.</summary>
public sealed class RunbookReading(IHouse house, CompiledManifests manifests, RunnerCalls calls)
{
    private const int MostIncidents = 5;

    /// <summary>Every runbook, by name.</summary>
    public IReadOnlyList<RunbookView> All(Instant now) => house.State is var state ? [.. Runbooks(state).Select(r => View(state, r, now))] : [];

    /// <summary>The runbook of that name, or null.</summary>
    public RunbookView? Find(string name, Instant now) => house.State is var state && manifests.For(state).Find<Runbook>(name) is { } runbook ? View(state, runbook, now) : null;

    /// <summary>The runbooks that fit an alert, the closest first.</summary>
    public IReadOnlyList<RunbookView> OfAlert(string alert, Instant now)
    {
        var state = house.State;
        return state.Get<AlertBook>().All.GetValueOrDefault(alert) is { } known ? [.. RunbookFit.For(Runbooks(state), known.Labels, known.Service).Select(r => View(state, r, now))] : [];
    }

    /// <summary>The runbooks that fit a page, the closest first.</summary>
    public IReadOnlyList<RunbookView> OfPage(string page, Instant now)
    {
        var state = house.State;
        return state.Get<PageBook>().OfThread(page) is { } known ? Fitting(state, known.Alerts, known.Service.Length > 0 ? [known.Service] : [], now) : [];
    }

    /// <summary>The runbooks that fit an incident, the closest first.</summary>
    public IReadOnlyList<RunbookView> OfIncident(IncidentView incident, Instant now) => Fitting(house.State, incident.Alerts, incident.Services, now);

    /// <summary>Runs, the open ones first, then the newest.</summary>
    public IReadOnlyList<RunView> Runs()
    {
        var state = house.State;
        return [.. state.Get<RunbookRuns>().All.Values.OrderByDescending(r => r.Open).ThenByDescending(r => r.Number).Select(r => View(state, r))];
    }

    /// <summary>The run of that id or number, or null.</summary>
    public RunView? Run(string name) => house.State is var state && state.Get<RunbookRuns>().Find(name) is { } run ? View(state, run) : null;

    /// <summary>Runs of an incident, the newest first.</summary>
    public IReadOnlyList<RunView> RunsOf(string incident) => house.State is var state ? [.. state.Get<RunbookRuns>().All.Values.Where(r => r.Incident == incident).OrderByDescending(r => r.Number).Select(r => View(state, r))] : [];

    /// <summary>Alerts without a runbook, those that paged most first.</summary>
    public IReadOnlyList<RunbookGap> Missing(Instant now) => house.State is var state ? RunbookGaps.Of(Runbooks(state), state.Get<AlertBook>(), state.Get<PageBook>(), now) : [];

    /// <summary>A first runbook from an incident, or from all incidents with alerts of a name.</summary>
    public Outcome<string> Draft(string incident, string alert, Instant now)
    {
        var state = house.State;
        var (book, alerts) = (state.Get<IncidentBook>(), state.Get<AlertBook>());
        if (incident.Length == 0 && alert.Length == 0) return Problem.Invalid("It does not say what to draft from.", "Name an incident (--from INC-12) or an alert (--alert NAME).");
        var from = incident.Length > 0 ? book.Find(incident) : null;
        if (incident.Length > 0 && from is null) return Problem.NotFound($"There is no incident {incident}.", "List them with \"nines incident list\".", "from");
        var seen = alerts.All.Values.Where(a => alert.Length > 0 ? a.Labels["alertname"] == alert : from!.Alerts.Contains(a.Id)).OrderByDescending(a => a.StartedAt).ToArray();
        if (from is null && seen.Length == 0) return Problem.NotFound($"No alert {alert} is known.", "Its name must be that of an alert that fired; list them with \"nines alerts list\".", "alert");
        var names = alert.Length > 0 ? [alert] : seen.Select(a => a.Labels["alertname"]).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        Incident[] incidents = from is not null ? [from] : [.. book.All.Values.Where(i => !i.Drill && seen.Any(a => i.Alerts.Contains(a.Id))).OrderByDescending(i => i.Number).Take(MostIncidents)];
        return RunbookDraft.Of(names, [.. seen.DistinctBy(a => a.Title).Take(MostIncidents)], incidents, now);
    }

    private Runbook[] Runbooks(HouseState state) => [.. manifests.For(state).Of<Runbook>()];

    private IReadOnlyList<RunbookView> Fitting(HouseState state, IEnumerable<string> alerts, IReadOnlyCollection<string> services, Instant now) =>
        [.. RunbookFit.For(Runbooks(state), alerts.Select(a => state.Get<AlertBook>().All.GetValueOrDefault(a)).OfType<Alert>(), services).Select(r => View(state, r, now))];

    private static RunbookView View(HouseState state, Runbook runbook, Instant now) => RunbookView.Of(runbook, state.Get<RunbookRuns>().UseOf(runbook.Name), now);

    private RunView View(HouseState state, RunbookRun run) => RunView.From(
        run, state.Get<RunbookRuns>().UseOf(run.Runbook), state.Get<RunnerBook>(), state.Get<IncidentBook>(), CatalogView.Of(manifests.For(state)), action => calls.Check(state, action));
}
