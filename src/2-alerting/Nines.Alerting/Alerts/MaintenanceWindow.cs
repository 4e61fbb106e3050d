using Nines.Alerting.Silences;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Planned quiet, once: the work on it is known, and somebody answers for it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Services">Alerts of these services; none for what the matchers choose alone.</param>
/// <param name="Match">Alerts that all of them choose; none for the services alone.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when; what still fires then goes through the rest of the pipeline.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Reason">What is done.</param>
public sealed record MaintenanceWindow(
    string Name, IReadOnlyList<string> Services, IReadOnlyList<Matcher> Match, Instant From, Instant Until, string Owner, string Reason)
{
    /// <summary>True where it holds an alert back at an instant.</summary>
    public bool Holds(Alert alert, Instant now)
    {
        if (now < From || now >= Until) return false;
        if (Services.Count > 0 && !Services.Contains(alert.Service, StringComparer.Ordinal)) return false;
        var facts = RouteFacts.Of(alert);
        foreach (var matcher in Match)
            if (!matcher.Matches(facts[matcher.Label])) return false;
        return true;
    }
}
