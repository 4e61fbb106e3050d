using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>One day of a component, as it was measured; a day of which nobody knows anything is drawn as such, never as good.</summary>
/// <param name="Day">The day, in the page's zone.</param>
/// <param name="Known">Minutes of which something is known.</param>
/// <param name="Partly">Minutes in which more than a twentieth failed.</param>
/// <param name="Down">Minutes in which more than half failed.</param>
/// <param name="Good">What users tried and got.</param>
/// <param name="Total">What users tried.</param>
/// <param name="Planned">Minutes of announced work.</param>
public sealed record DayBar(LocalDate Day, int Known, int Partly, int Down, double Good, double Total, int Planned = 0)
{
    /// <summary>The share that worked; null where nothing is known.</summary>
    public double? Share => Total > 0 ? Math.Clamp(Good / Total, 0, 1) : null;
}

/// <summary>A component's days.</summary>
/// <param name="Component">Its key.</param>
/// <param name="Days">The oldest first.</param>
public sealed record ComponentDays(string Component, IReadOnlyList<DayBar> Days)
{
    /// <summary>The share that worked over all days; null where nothing is known.</summary>
    public double? Share => Days.Sum(d => d.Total) is > 0 and var total ? Math.Clamp(Days.Sum(d => d.Good) / total, 0, 1) : null;
}

/// <summary>Counts the minutes of a day. Of several objectives the worst of a minute counts; what worked is the sum over all. Pure.</summary>
public static class DayRule
{
    /// <summary>One day from the minutes of a component's objectives.</summary>
    /// <param name="day">The day.</param>
    /// <param name="objectives">Bad and total of each minute of it, for each objective; NaN where nothing came.</param>
    public static DayBar Of(LocalDate day, IReadOnlyList<(double[] Bad, double[] Total)> objectives)
    {
        var (known, partly, down, good, all) = (0, 0, 0, 0.0, 0.0);
        var length = objectives.Count == 0 ? 0 : objectives.Max(o => o.Total.Length);
        for (var i = 0; i < length; i++)
        {
            var (worst, seen) = (0.0, false);
            foreach (var (bad, total) in objectives)
            {
                if (i >= total.Length || !double.IsFinite(total[i])) continue;
                seen = true;
                if (total[i] <= 0) continue;
                var failed = Math.Clamp(bad[i], 0, total[i]);
                (good, all) = (good + total[i] - failed, all + total[i]);
                worst = Math.Max(worst, failed / total[i]);
            }

            if (seen) known++;
            if (worst > ProposalRule.Down) down++;
            else if (worst > ProposalRule.Outage) partly++;
        }

        return new(day, known, partly, down, good, all);
    }

    /// <summary>Minutes of a stretch that announced work of a component took.</summary>
    public static int Planned(IEnumerable<Maintenance> maintenances, string component, Instant from, Instant until)
    {
        var minutes = 0.0;
        foreach (var work in maintenances)
        {
            if (work.StartedAt is not { } begun || !work.Components.Contains(component)) continue;
            var (first, last) = (Instant.Max(begun, from), Instant.Min(work.EndedAt ?? until, until));
            if (last > first) minutes += (last - first).TotalMinutes;
        }

        return (int)Math.Round(minutes);
    }
}
