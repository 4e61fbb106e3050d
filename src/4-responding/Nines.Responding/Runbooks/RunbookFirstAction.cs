using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Briefs;

namespace Nines.Responding.Runbooks;

/// <summary>Tells a brief which runbook fits, by its address.</summary>
internal sealed class RunbookFirstAction(CompiledManifests manifests) : IFirstAction
{
    public string Of(HouseState state, IReadOnlyCollection<string> services, IReadOnlyCollection<string> alerts)
    {
        var found = RunbookFit.For(
            [.. manifests.For(state).Of<Runbook>()], alerts.Select(a => state.Get<AlertBook>().All.GetValueOrDefault(a)).OfType<Alert>(), services);
        return found.Count > 0 ? $"{found[0].Title} (/runbooks/{Uri.EscapeDataString(found[0].Name)})" : "";
    }
}
