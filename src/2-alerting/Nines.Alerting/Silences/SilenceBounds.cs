using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Alerting.Silences;

/// <summary>What ends a silence before its time: nothing fires any more, or it hides more than was meant.</summary>
/// <param name="UntilResolved">It ends as soon as nothing that it chooses fires any more.</param>
/// <param name="MaxBudget">It breaks when one of the budgets falls by more than this share; null for never.</param>
/// <param name="MaxAlerts">It breaks when it holds back more alerts than this; null for never.</param>
/// <param name="Budgets">What was left of each error budget that it hides when it was asked for.</param>
public sealed record SilenceBounds(bool UntilResolved, double? MaxBudget, int? MaxAlerts, IReadOnlyDictionary<string, double> Budgets)
{
    internal static SilenceBounds? Of(SilenceRequest asked, IReadOnlyDictionary<string, double>? budgets) =>
        asked is { UntilResolved: false, MaxBudget: null, MaxAlerts: null }
            ? null
            : new(asked.UntilResolved, asked.MaxBudget, asked.MaxAlerts, asked.MaxBudget is null ? new Dictionary<string, double>() : new SortedDictionary<string, double>(budgets!.ToDictionary(), StringComparer.Ordinal));
}

/// <summary>Decides when a bound is reached. Pure.</summary>
public static class SilenceBreaks
{
    /// <summary>An alert is held back by a silence: is that one too many?</summary>
    public static SilenceEnded? TooMany(Silence silence, HeldBook held) =>
        silence.Bounds?.MaxAlerts is { } most && held.HeldBy("silence/" + silence.Id).Count is var count && count > most
            ? new(silence.Id, $"It broke: it holds back {count} alerts, and {most} were meant. What still fires is told.", Broke: true)
            : null;

    /// <summary>A budget moved: did it cost too much?</summary>
    /// <param name="silence">The silence.</param>
    /// <param name="left">What is left of each budget now.</param>
    public static SilenceEnded? TooDear(Silence silence, IReadOnlyDictionary<string, double> left)
    {
        if (silence.Bounds is not { MaxBudget: { } most } bounds) return null;
        foreach (var (objective, before) in bounds.Budgets)
            if (left.TryGetValue(objective, out var now) && before - now > most)
                return new(silence.Id, $"It broke: the error budget of {objective} fell from {Share(before)} to {Share(now)} since it was asked for, and {Share(most)} were meant. What still fires is told.", Broke: true);
        return null;
    }

    /// <summary>An alert ended: does a silence that lasts until then end with it?</summary>
    public static SilenceEnded? Resolved(Silence silence, AlertBook book, Alert ended, Instant now) =>
        silence.Bounds is { UntilResolved: true } && silence.ActiveAt(now) && silence.Matches(ended.Labels) && !book.All.Values.Any(a => a.Firing && silence.Matches(a.Labels))
            ? new(silence.Id, "Nothing that it chooses fires any more.")
            : null;

    /// <summary>The objectives that a silence would hide: those whose alerts its matchers about service and objective choose.</summary>
    /// <param name="matchers">The silence's.</param>
    /// <param name="objective">Name of an objective.</param>
    /// <param name="service">Its service.</param>
    /// <param name="hidden">Services whose alerts fire and are chosen now.</param>
    public static bool Hides(IReadOnlyList<Matcher> matchers, string objective, string service, IReadOnlySet<string> hidden)
    {
        var about = false;
        foreach (var matcher in matchers)
        {
            if (matcher.Label is not ("service" or "objective")) continue;
            about = true;
            if (!matcher.Matches(matcher.Label == "service" ? service : objective)) return false;
        }

        return about || hidden.Contains(service);
    }

    private static string Share(double share) => (share * 100).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture) + " %";
}
