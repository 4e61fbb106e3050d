using Nines.Alerting.Alerts;
using Nines.Alerting.Rules;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>What remediation says to the lint of alerts: a rule whose runbook was changed under it does nothing any more.</summary>
internal sealed class RemediationLint(CompiledManifests manifests) : IAlertLint
{
    // Every alert is actionable.
    private const int Actionable = 2;

    /// <inheritdoc />
    public string? RunbookOf(HouseState state, AlertLabels labels, string service) => null;

    /// <inheritdoc />
    public IEnumerable<LintFinding> Findings(HouseState state, Instant now)
    {
        var all = manifests.For(state);
        foreach (var rule in all.Of<RemediationRule>())
            foreach (var problem in RuleDeed.Of(rule, all).Problems)
                yield return new("remediation", rule.Name, rule.Services.Count > 0 ? rule.Services[0] : "", Actionable, AlertLint.Rules[Actionable - 1], $"It does nothing: {problem.What}", problem.Remedy);
    }
}
