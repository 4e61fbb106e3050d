using Nines.Alerting.Alerts;
using Nines.Alerting.Rules;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Runbooks;

/// <summary>What runbooks say to the lint of alerts: who finds one here lacks none, and one that nobody keeps right is a finding.</summary>
internal sealed class RunbookLint(CompiledManifests manifests) : IAlertLint
{
    /// <inheritdoc />
    public string? RunbookOf(HouseState state, AlertLabels labels, string service) =>
        RunbookFit.For(manifests.For(state).Of<Runbook>(), labels, service) is [var closest, ..] ? "/runbooks/" + Uri.EscapeDataString(closest.Name) : null;

    /// <inheritdoc />
    public IEnumerable<LintFinding> Findings(HouseState state, Instant now)
    {
        foreach (var runbook in manifests.For(state).Of<Runbook>())
        {
            var use = state.Get<RunbookRuns>().UseOf(runbook.Name);
            if (RunbookFreshness.Word(runbook, use, now) != "fresh")
                yield return new("runbook", runbook.Name, runbook.Services.Count > 0 ? runbook.Services[0] : "", 1, AlertLint.Rules[0], RunbookFreshness.Findings(runbook, use, now)[0], $"Look it through, then: nines runbook reviewed {runbook.Name}");
        }
    }
}
