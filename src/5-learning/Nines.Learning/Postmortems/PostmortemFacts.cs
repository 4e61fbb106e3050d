using Nines.Catalog;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>What an outage cost one service: minutes × what a minute costs.</summary>
/// <param name="Service">The service.</param>
/// <param name="Minutes">Minutes in which its users felt it.</param>
/// <param name="PerMinute">What a minute costs, as the policy declares it.</param>
/// <param name="Lost">Both together.</param>
public sealed record LostRevenue(string Service, double Minutes, Money PerMinute, Money Lost);

/// <summary>The impact on one objective, with its service.</summary>
/// <param name="Service">Whose users felt it.</param>
/// <param name="Measured">What its minutes say.</param>
public sealed record ServiceImpact(string Service, MeasuredImpact Measured);

/// <summary>
/// All that Nines knows about an incident and a postmortem needs: nobody types it. While the postmortem is open it is
/// read anew each time; once it is final it stands in its event, and later loss of data changes nothing.
/// </summary>
public sealed record PostmortemFacts
{
    /// <summary>What was wrong.</summary>
    public required string Title { get; init; }

    /// <summary><c>SEV1</c> to <c>SEV4</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>Whose users felt it.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>True for an exercise.</summary>
    public bool Drill { get; init; }

    /// <summary>The clocks.</summary>
    public required IncidentClocks Clocks { get; init; }

    /// <summary>What the indicators say, the objective that paid most first.</summary>
    public required IReadOnlyList<ServiceImpact> Impact { get; init; }

    /// <summary>What it cost, for services of which the policy says what a minute costs.</summary>
    public required IReadOnlyList<LostRevenue> Revenue { get; init; }

    /// <summary><c>alert</c> where one fired before anybody reported it, else <c>report</c>.</summary>
    public required string Detection { get; init; }

    /// <summary>What it was, as whoever resolved it said; empty before.</summary>
    public string Cause { get; init; } = "";

    /// <summary>What helped, as whoever mitigated it said; empty before.</summary>
    public string Helped { get; init; } = "";

    /// <summary>What happened, in the order in which it happened; people by opaque id.</summary>
    public required IReadOnlyList<TimelineLine> Timeline { get; init; }

    /// <summary>Minutes from the first that users felt to the last; null where no indicator says so.</summary>
    public double? Minutes => Clocks.ToRestore?.TotalMinutes;

    /// <summary>Events that failed; null where no indicator says so.</summary>
    public double? Failed => Impact.Count > 0 ? Impact.Sum(i => i.Measured.Bad) : null;

    /// <summary>The largest share of a budget that it spent; null where no indicator says so.</summary>
    public double? Spent => Impact.Count > 0 ? Impact.Max(i => i.Measured.Spent) : null;

    /// <summary>When it began, as far as known: the first minute that users felt, else the detection.</summary>
    public Instant BeganAt => Clocks.ImpactFrom ?? Clocks.Detected;

    /// <summary>The facts of an incident. Pure.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="measured">What the indicators say.</param>
    /// <param name="serviceOf">The service of an objective; null where it is gone.</param>
    /// <param name="policy">What a minute costs.</param>
    public static PostmortemFacts Of(Incident incident, IReadOnlyList<MeasuredImpact> measured, Func<string, string?> serviceOf, PostmortemPolicy policy)
    {
        ServiceImpact[] impact = [.. measured.OrderByDescending(m => m.Spent).ThenBy(m => m.Objective, StringComparer.Ordinal)
            .Select(m => new ServiceImpact(serviceOf(m.Objective) ?? incident.Services.FirstOrDefault() ?? "", m))];
        return new()
        {
            Title = incident.Title,
            Severity = incident.Severity.Word(),
            Services = incident.Services,
            Drill = incident.Drill,
            Clocks = IncidentClocks.Of(incident, measured),
            Impact = impact,
            Revenue = [.. impact.GroupBy(i => i.Service, StringComparer.Ordinal).Where(g => policy.CostPerMinute.ContainsKey(g.Key)).Select(g => Lost(g.Key, [.. g], policy.CostPerMinute[g.Key]))],
            Detection = incident.Alerts.Count > 0 && incident.DetectedAt < incident.DeclaredAt ? "alert" : "report",
            Cause = incident.Cause,
            Helped = incident.Helped,
            Timeline = [.. incident.Timeline.OrderBy(l => l.At)],
        };
    }

    private static LostRevenue Lost(string service, IReadOnlyList<ServiceImpact> impact, Money perMinute)
    {
        var minutes = (impact.Max(i => i.Measured.Until) - impact.Min(i => i.Measured.From)).TotalMinutes;
        return new(service, minutes, perMinute, new(Math.Round((decimal)minutes * perMinute.Amount, 2), perMinute.Currency));
    }
}
