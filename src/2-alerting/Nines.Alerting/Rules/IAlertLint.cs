using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Rules;

/// <summary>A slot of the lint: a higher floor knows runbooks that neither rule nor service names, and what is wrong with them.</summary>
public interface IAlertLint
{
    /// <summary>True where whoever is called about such an alert finds a runbook.</summary>
    bool HasRunbook(HouseState state, AlertLabels labels, string service);

    /// <summary>What else is wrong.</summary>
    IEnumerable<LintFinding> Findings(HouseState state, Instant now);
}
