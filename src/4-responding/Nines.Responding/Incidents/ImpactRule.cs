using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>The minutes of one objective, and what its budget allows.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="From">Start of the first minute.</param>
/// <param name="Bad">Bad events of each minute; NaN where nothing came in.</param>
/// <param name="Total">All events of each minute; NaN where nothing came in.</param>
/// <param name="Budget">b, the share that may be bad.</param>
/// <param name="Allowed">b·N̂: bad events that the whole period may hold; 0 where nobody knows.</param>
public sealed record CountedMinutes(string Objective, Instant From, IReadOnlyList<double> Bad, IReadOnlyList<double> Total, double Budget, double Allowed);

/// <summary>
/// When users began and ceased to feel an incident, and what it cost, from the minutes of one objective
/// (semantics.md 9): runs of minutes with burn above 1, of which fewer than 30 good ones apart are one; the run that led
/// to the detection, and every later one. Pure.
/// </summary>
public static class ImpactRule
{
    private const int GoodMinutes = 30;

    /// <summary>What the minutes say; null where none of them burned near the incident.</summary>
    /// <param name="minutes">Minutes from some time before the detection until now.</param>
    /// <param name="detected">When it was detected.</param>
    public static MeasuredImpact? Of(CountedMinutes minutes, Instant detected)
    {
        var nearest = (int)Math.Floor((detected - minutes.From).TotalMinutes) - GoodMinutes;
        (int First, int Last)? run = null;
        for (var i = 0; i < minutes.Bad.Count; i++)
        {
            if (!Burns(minutes, i)) continue;
            // What was over half an hour before the detection is another story.
            if (run is { } known && i - known.Last > GoodMinutes && known.Last < nearest) run = null;
            run = (run?.First ?? i, i);
        }

        if (run is not { } felt || felt.Last < nearest) return null;
        var bad = 0.0;
        for (var i = felt.First; i <= felt.Last; i++) bad += double.IsFinite(minutes.Bad[i]) ? minutes.Bad[i] : 0;
        var clean = 0;
        for (var i = felt.Last + 1; i < minutes.Bad.Count; i++) clean += double.IsFinite(minutes.Total[i]) ? 1 : 0;
        return new(
            minutes.Objective, minutes.From + Duration.FromMinutes(felt.First), minutes.From + Duration.FromMinutes(felt.Last + 1), bad,
            minutes.Allowed > 0 ? bad / minutes.Allowed : 0, clean);
    }

    private static bool Burns(CountedMinutes minutes, int i) => minutes.Total[i] > 0 && minutes.Bad[i] / minutes.Total[i] / minutes.Budget > 1 + 1e-12;
}
