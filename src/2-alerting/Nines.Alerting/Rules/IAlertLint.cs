using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Rules;

/// <summary>A slot of the lint: a higher floor knows runbooks that neither rule nor service links, and what is wrong with them.</summary>
public interface IAlertLint
{
    /// <summary>The path of the page on which whoever is called about such an alert finds its runbook; null for none.</summary>
    string? RunbookOf(HouseState state, AlertLabels labels, string service);

    /// <summary>What else is wrong.</summary>
    IEnumerable<LintFinding> Findings(HouseState state, Instant now);
}
