using System.Collections.Immutable;
using Nines.Alerting.Rules;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Objectives;

namespace Nines.Alerting.Alerts;

/// <summary>How news of the rules reads as an alert: pure.</summary>
public static class RuleAlerts
{
    /// <summary>What identifies the alert of a rule.</summary>
    public static AlertLabels Labels(string rule, string service, GoldenSignal signal, AlertSeverity severity) => AlertLabels.Of(
        ("alertname", AlertName(signal)), ("rule", rule), ("service", service), ("severity", severity.Word()));

    /// <summary>A rule's condition holds.</summary>
    public static Incoming Fired(RuleFired e, AlertRule? rule, Service? service)
    {
        var notes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if ((rule?.Runbook ?? ObjectiveAlerts.Runbook(service, e.Rule, e.Rule)) is { } runbook) notes["runbook"] = runbook.ToString();
        if (rule?.Impact is { Length: > 0 } impact) notes["impact"] = impact;
        foreach (var (name, link) in service?.Links ?? new Dictionary<string, Uri>()) notes.TryAdd("link:" + name, link.ToString());
        return new()
        {
            Labels = Labels(e.Rule, e.Service, e.Signal, e.Severity),
            Severity = e.Severity,
            Source = "rules",
            Service = e.Service,
            Title = $"{Words(e.Signal, e.Value < e.Baseline)}: {e.Rule}",
            Reason = e.Reason,
            StartedAt = e.Since,
            Annotations = notes.ToImmutable(),
        };
    }

    private static string AlertName(GoldenSignal signal) => "Golden" + signal;

    private static string Words(GoldenSignal signal, bool less) => signal switch
    {
        GoldenSignal.Latency => "Requests are slower than usual",
        GoldenSignal.Traffic => less ? "Fewer requests than usual" : "More requests than usual",
        _ => "Nearly full",
    };
}

/// <summary>A golden-signal rule fires.</summary>
internal sealed class OnRuleFired(AlertRoutes routes, CompiledManifests manifests) : Reaction<RuleFired>
{
    protected override void React(RuleFired happened, JournalEntry entry, Deciding deciding)
    {
        var catalog = manifests.For(deciding.State);
        ReportInCommit.Report(deciding, routes.For(deciding.State), RuleAlerts.Fired(happened, catalog.Find<AlertRule>(happened.Rule), catalog.Find<Service>(happened.Service)));
    }
}

/// <summary>A golden-signal rule is quiet again.</summary>
internal sealed class OnRuleEnded(AlertRoutes routes) : Reaction<RuleEnded>
{
    protected override void React(RuleEnded happened, JournalEntry entry, Deciding deciding) => ReportInCommit.End(
        deciding, routes.For(deciding.State), RuleAlerts.Labels(happened.Rule, happened.Service, happened.Signal, happened.Severity), happened.At, happened.Reason);
}

/// <summary>An objective is no longer measured: nobody will ever report the end of its alerts, so they end here.</summary>
internal sealed class OnObjectiveRemoved(AlertRoutes routes) : Reaction<ObjectiveRemoved>
{
    protected override void React(ObjectiveRemoved happened, JournalEntry entry, Deciding deciding)
    {
        foreach (var alert in deciding.State.Get<AlertBook>().All.Values.Where(a => a.Firing && a.Source == "objectives").OrderBy(a => a.Id, StringComparer.Ordinal))
            if (alert.Labels["objective"] == happened.Objective)
                ReportInCommit.End(deciding, routes.For(deciding.State), alert.Labels, happened.At, $"The objective {happened.Objective} was removed.");
    }
}
