using Nines.Measuring.Objectives;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>Reads what the indicators of some services say about an incident.</summary>
public class ImpactReading(ObjectiveQueries objectives)
{
    // As far back as an incident's first minute is looked for.
    private static readonly Duration LooksBack = Duration.FromHours(24);

    /// <summary>What each objective of the services says, as far as any of it burned; the one that cost most first.</summary>
    /// <param name="services">Services whose users feel it.</param>
    /// <param name="detected">When it was detected.</param>
    /// <param name="until">Until when; now, or the end of the incident.</param>
    public virtual IReadOnlyList<MeasuredImpact> Of(IReadOnlyCollection<string> services, Instant detected, Instant until)
    {
        var measured = new List<MeasuredImpact>();
        foreach (var status in objectives.Of(services, until))
        {
            // The members of a composite by occurrences say it themselves; added up they have no burn of a minute.
            if (objectives.Minutes(status.Name, detected - LooksBack, until) is not { Members: null } minutes) continue;
            var counted = new CountedMinutes(status.Name, minutes.From, minutes.Bad, minutes.Total, 1 - status.Target, status.Budget.Allowed ?? 0);
            if (ImpactRule.Of(counted, detected) is { } impact) measured.Add(impact);
        }

        return [.. measured.OrderByDescending(m => m.Spent).ThenBy(m => m.Objective, StringComparer.Ordinal)];
    }
}
