using Nines.Kernel;

namespace Nines.Alerting.Alerts;

/// <summary>Decides on acknowledgements of alerts.</summary>
public static class Acknowledging
{
    /// <summary>The events of "somebody is at these": one for each that fires and nobody is at yet.</summary>
    public static Outcome<IReadOnlyList<AlertAcknowledged>> Decide(AlertBook book, IReadOnlyList<string> alerts, string by, string via)
    {
        var known = alerts.Distinct(StringComparer.Ordinal).Select(id => book.All.GetValueOrDefault(id)).OfType<Alert>().ToArray();
        if (known.Length == 0 && alerts.Count > 0)
            return Problem.NotFound($"There is no alert {alerts[0]}.", "List them with \"nines alerts list\".");
        return Outcome<IReadOnlyList<AlertAcknowledged>>.Of([.. known.Where(a => a.Firing && a.AcknowledgedAt is null).Select(a => new AlertAcknowledged(a.Id, by, via))]);
    }
}
