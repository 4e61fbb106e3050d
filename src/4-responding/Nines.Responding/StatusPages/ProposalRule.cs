using Nines.Measuring.Objectives;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>What the house knows about one objective of a component.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pages">True where it burns so fast that somebody was called.</param>
/// <param name="Burns">True where it burns so that a ticket was opened.</param>
/// <param name="Failing">The failed share of the last minutes; null where nothing came.</param>
public sealed record ObjectiveFact(string Name, bool Pages, bool Burns, double? Failing);

/// <summary>What the house knows about an open incident of a component.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Severity">1 to 4.</param>
/// <param name="Mitigated">True where users are said to feel it no more.</param>
public sealed record IncidentFact(string Id, string Name, int Severity, bool Mitigated);

/// <summary>What should be said of a component, and why.</summary>
/// <param name="Component">Its key.</param>
/// <param name="Proposed">What follows from what the house knows.</param>
/// <param name="Published">What is said now.</param>
/// <param name="Reason">Why, for people of the house.</param>
public sealed record ComponentProposal(string Component, ComponentStatus Proposed, ComponentStatus Published, string Reason);

/// <summary>From what is measured to what should be said. It proposes; only people publish. Pure.</summary>
public static class ProposalRule
{
    /// <summary>Above this failed share of a component it is down, and not partly (half of all that users try).</summary>
    public const double Down = 0.5;

    /// <summary>Above this failed share users call it an outage (the error rate at which cloud agreements begin to count downtime).</summary>
    public const double Outage = 0.05;

    /// <summary>So many of the last minutes are looked at.</summary>
    public static Duration Looks { get; } = Duration.FromMinutes(5);

    /// <summary>What should be said of a component.</summary>
    public static ComponentProposal Of(string component, IReadOnlyList<ObjectiveFact> objectives, IReadOnlyList<IncidentFact> incidents, ComponentStatus published)
    {
        var (worst, reason) = (ComponentStatus.Operational, "Nothing burns, and no incident is open.");
        foreach (var incident in incidents.Where(i => !i.Mitigated)) Worse(OfIncident(incident), $"{incident.Name} is open, SEV{incident.Severity}.");
        // What burned and has failed nothing for minutes is over for users, however long its windows remember it.
        foreach (var objective in objectives.Where(o => o.Failing is null or > 0))
        {
            if (objective.Pages) Worse(OfShare(objective.Failing), $"{objective.Name} burns so fast that somebody was called{Share(objective.Failing)}.");
            else if (objective.Burns) Worse(ComponentStatus.DegradedPerformance, $"{objective.Name} burns{Share(objective.Failing)}.");
        }

        if (worst == ComponentStatus.Operational && incidents.Count > 0) reason = $"{incidents[0].Name} is mitigated, and nothing burns.";
        if (published == ComponentStatus.UnderMaintenance && worst == ComponentStatus.Operational) return new(component, published, published, "Announced work is under way.");
        return new(component, worst, published, reason);

        void Worse(ComponentStatus status, string why)
        {
            if (status > worst) (worst, reason) = (status, why);
        }
    }

    /// <summary>The failed share of some minutes; null where nothing came.</summary>
    public static double? Failing(ObjectiveMinutes? minutes)
    {
        if (minutes is null) return null;
        var (bad, total) = (0.0, 0.0);
        for (var i = 0; i < minutes.Total.Length; i++)
            if (double.IsFinite(minutes.Total[i])) (bad, total) = (bad + minutes.Bad[i], total + minutes.Total[i]);
        return total > 0 ? Math.Clamp(bad / total, 0, 1) : null;
    }

    private static ComponentStatus OfIncident(IncidentFact incident) => incident.Severity switch
    {
        1 => ComponentStatus.MajorOutage,
        2 => ComponentStatus.PartialOutage,
        _ => ComponentStatus.DegradedPerformance,
    };

    private static ComponentStatus OfShare(double? failing) =>
        failing > Down ? ComponentStatus.MajorOutage : failing > Outage ? ComponentStatus.PartialOutage : ComponentStatus.DegradedPerformance;

    private static string Share(double? failing) => failing is { } share ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $": {share * 100:0.#} % fails") : "";
}
