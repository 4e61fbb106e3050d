using Microsoft.AspNetCore.Http;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Shell.Components;

namespace Nines.Alerting.Rules.Api;

/// <summary>Rules and the lint of all alerts over HTTP.</summary>
internal static class RulesApi
{
    public static IReadOnlyList<Column<LintFinding>> LintColumns { get; } =
    [
        new("subject", "Subject", f => f.Subject),
        new("name", "Name", f => f.Name),
        new("service", "Service", f => f.Service),
        new("rule", "Rule", f => f.Rule),
        new("text", "In words", f => f.RuleText),
        new("what", "What is wrong", f => f.What),
        new("remedy", "What to do", f => f.Remedy),
    ];

    public static IReadOnlyList<Column<RuleView>> RuleColumns { get; } =
    [
        new("name", "Name", r => r.Name),
        new("service", "Service", r => r.Service),
        new("signal", "Signal", r => r.Signal.ToString().ToLowerInvariant()),
        new("severity", "Severity", r => r.Severity.Word()),
        new("state", "State", r => r.State),
        new("reason", "Reason", r => r.Reason),
        new("learnt", "Hours learnt", r => r.HoursLearnt),
    ];

    public static IResult List(HttpRequest request, IHouse house, RuleEngine engine)
    {
        var book = house.State.Get<RuleBook>();
        RuleView[] rows = [.. engine.Rules.Select(r => RuleView.Of(r, book.Of(r.Name)))];
        return TableExport.List(request, rows, RuleColumns, "rules");
    }

    public static IResult Lint(HttpRequest request, IHouse house, CompiledManifests manifests, ObjectiveEngine objectives, IEnumerable<IAlertLint> higher, TimeProvider clock)
    {
        var state = house.State;
        var catalog = manifests.For(state);
        IAlertLint[] more = [.. higher];
        LintFinding[] rows =
        [
            .. objectives.Set.All.SelectMany(w => AlertLint.Of(w.Objective, catalog.Find<Service>(w.Objective.Service)).Where(f => f.Rule != 1 || !HasRunbook(ObjectiveAlerts.BurnLabels(w.Objective.Name, w.Objective.Service, BurnSeverity.Page), w.Objective.Service))),
            .. catalog.Of<AlertRule>().SelectMany(r => AlertLint.Of(r, catalog.Find<Service>(r.Service)).Where(f => f.Rule != 1 || !HasRunbook(RuleAlerts.Labels(r.Name, r.Service, r.Signal, r.Severity), r.Service))),
            .. AlertLint.OfPages(state.Get<AlertBook>(), clock.Now()),
            .. more.SelectMany(l => l.Findings(state, clock.Now())),
        ];
        return TableExport.List(request, rows, LintColumns, "alert-lint");

        bool HasRunbook(AlertLabels labels, string service) => Array.Exists(more, l => l.RunbookOf(state, labels, service) is not null);
    }
}
