using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Responding.Runner;

namespace Nines.Responding.Remediation;

/// <summary>Rules and remedies as doors show them.</summary>
public sealed class RemediationReading(IHouse house, CompiledManifests manifests, RunnerCalls calls)
{
    /// <summary>All of it.</summary>
    public RemediationView All()
    {
        var state = house.State;
        return new(state.Get<RemedyBook>().StopOf("")?.Reason ?? "", [.. manifests.For(state).Of<RemediationRule>().Select(r => View(state, r))]);
    }

    /// <summary>The rule of that name, or null.</summary>
    public RuleView? Rule(string name) => house.State is var state && manifests.For(state).Find<RemediationRule>(name) is { } rule ? View(state, rule) : null;

    /// <summary>Remedies, the open ones first, then the newest.</summary>
    public IReadOnlyList<RemedyView> Remedies() => house.State is var state ? [.. state.Get<RemedyBook>().All.Values.OrderByDescending(r => r.Open).ThenByDescending(r => r.Number).Select(r => View(state, r))] : [];

    /// <summary>The remedy of that id or number, or null.</summary>
    public RemedyView? Remedy(string name) => house.State is var state && state.Get<RemedyBook>().Find(name) is { } remedy ? View(state, remedy) : null;

    /// <summary>Remedies of an alert, the newest first.</summary>
    public IReadOnlyList<RemedyView> OfAlert(string alert) => [.. Remedies().Where(r => r.Alert == alert)];

    /// <summary>Remedies of a page's alerts, the newest first.</summary>
    public IReadOnlyList<RemedyView> OfPage(string page) => house.State.Get<PageBook>().OfThread(page) is { } known ? [.. Remedies().Where(r => known.Alerts.Contains(r.Alert))] : [];

    private RuleView View(HouseState state, RemediationRule rule)
    {
        var deed = RuleDeed.Of(rule, manifests.For(state));
        return RuleView.Of(rule, state.Get<RemedyBook>(), deed, deed.Ok ? [.. deed.Value.Actions.SelectMany(a => Cannot(state, a)).Distinct()] : deed.Problems);
    }

    /// <summary>Why an action cannot be done in this house; what needs labels of an alert is known only with that alert.</summary>
    private IReadOnlyList<Problem> Cannot(HouseState state, RunnerAction action) =>
        RunnerText.Needs(action).Count == 0 || action.Command is { } command && !calls.Allowed.ContainsKey(command.Name) ? calls.Check(state, action) : [];

    private RemedyView View(HouseState state, Remedy remedy) => new(remedy.Id, remedy.Name, remedy.Rule, remedy.State)
    {
        Alert = remedy.Alert,
        AlertTitle = state.Get<AlertBook>().All.GetValueOrDefault(remedy.Alert)?.Title ?? "",
        Service = remedy.Service,
        Target = remedy.Target,
        Action = remedy.Does,
        Runbook = remedy.Plan?.Runbook ?? "",
        Option = remedy.Plan?.Option ?? "",
        Steps = RemedyStepView.Of(remedy),
        Level = remedy.Level,
        Reason = remedy.Reason,
        By = remedy.By.Length > 0 ? CatalogView.Of(manifests.For(state)).PersonById(remedy.By)?.Name ?? remedy.By : "",
        Call = remedy.Call,
        ProposedAt = remedy.ProposedAt,
        JudgedBy = remedy.JudgedBy,
        EndedAt = remedy.EndedAt,
        Observed = remedy.Observed,
    };
}
