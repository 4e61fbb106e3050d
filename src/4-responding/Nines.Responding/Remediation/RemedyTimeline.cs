using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Responding.Incidents;
using Nines.Responding.Runner;

namespace Nines.Responding.Remediation;

/// <summary>What remediation does, as lines of the open incident of that alert or service.</summary>
internal static class RemedyTimeline
{
    private const int Longest = 300;

    /// <summary>The incident that hears of it; empty for none.</summary>
    public static string IncidentOf(HouseState state, Alert alert) =>
        state.Get<IncidentBook>().Open.Where(i => !i.Drill).FirstOrDefault(i => i.Alerts.Contains(alert.Id) || (alert.Service.Length > 0 && i.Services.Contains(alert.Service)))?.Id ?? "";

    public static void Tell(Deciding deciding, string remedy, Func<Remedy, string> text, string by)
    {
        if (deciding.State.Get<RemedyBook>().All.GetValueOrDefault(remedy) is { Incident.Length: > 0 } known) Tell(deciding, known.Incident, text(known), by);
    }

    public static void Tell(Deciding deciding, string incident, string text, string by)
    {
        if (incident.Length > 0) deciding.Write(IncidentDesk.StreamOf(incident), new IncidentTold(incident, TimelineKind.Runbook, RunnerText.Cut(text, Longest), by, ""));
    }
}
