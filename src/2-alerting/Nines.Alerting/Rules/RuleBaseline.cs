using System.Collections.Immutable;

namespace Nines.Alerting.Rules;

/// <summary>What an hour of a rule's signal came to.</summary>
/// <param name="Hour">Hours since 1970, in UTC.</param>
/// <param name="Value">Median of its minutes: the quantile, or events a minute.</param>
public readonly record struct LearntHour(long Hour, double Value);

/// <summary>
/// What is usual, from whole hours that were learnt: for latency the median of the last seven days, for traffic the median
/// of the same hour of the day (of the same day of the week, once a week is known). Medians, because the hours in which
/// something burnt must not become what is usual. Pure.
/// </summary>
public static class RuleBaseline
{
    /// <summary>So many hours are kept: two weeks.</summary>
    public const int HoursKept = 336;

    private const int Week = 168;
    private const int Day = 24;

    /// <summary>What is usual at an hour; null where too little is learnt.</summary>
    public static double? At(GoldenSignal signal, ImmutableList<LearntHour> learnt, long hour) => signal switch
    {
        GoldenSignal.Latency => Median(learnt.Where(h => h.Hour < hour && h.Hour >= hour - Week).Select(h => h.Value)),
        GoldenSignal.Traffic => Median(learnt.Where(h => h.Hour < hour && (hour - h.Hour) % Week == 0).Select(h => h.Value))
            ?? Median(learnt.Where(h => h.Hour < hour && (hour - h.Hour) % Day == 0).Select(h => h.Value)),
        _ => null,
    };

    /// <summary>An hour's value from its minutes; null where fewer than half were heard.</summary>
    public static double? Learn(AlertRule rule, RuleMinutes minutes, long hour)
    {
        var heard = new List<double>(60);
        for (var minute = hour * 60; minute < (hour + 1) * 60; minute++)
            if (RuleCondition.Measure(rule, minutes, minute) is { } value) heard.Add(value);
        return heard.Count >= 30 ? Median(heard) : null;
    }

    private static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) return null;
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
