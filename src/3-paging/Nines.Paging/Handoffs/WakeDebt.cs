using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Paging.Handoffs;

/// <summary>What waking people for one cause has cost.</summary>
/// <param name="Service">The service.</param>
/// <param name="Title">The cause.</param>
/// <param name="Wakes">How often a night's sleep ended.</param>
/// <param name="People">Opaque ids of those who were woken.</param>
/// <param name="Minutes">Minutes awake, all people together.</param>
/// <param name="Last">The last time.</param>
public sealed record WakeCost(string Service, string Title, int Wakes, IReadOnlyList<string> People, double Minutes, Instant Last)
{
    /// <summary>How often it came back after the first time: each could have been prevented.</summary>
    public int Repeats => Wakes - 1;
}

/// <summary>Wake debt: each page in somebody's sleep hours has a price, in people, minutes and repeats.</summary>
public static class WakeDebt
{
    // Nobody is asleep again at once: half an hour is what falling asleep anew takes at the least.
    private static readonly Duration AsleepAgain = Duration.FromMinutes(30);

    // A page that nobody ended does not keep somebody awake for days.
    private static readonly Duration Longest = Duration.FromHours(4);

    /// <summary>The costs, the dearest first.</summary>
    /// <param name="book">Calls.</param>
    /// <param name="subject">Of whom.</param>
    /// <param name="zones">Where a person lives, by opaque id.</param>
    /// <param name="since">Since when.</param>
    /// <param name="until">Until when.</param>
    public static IReadOnlyList<WakeCost> Of(HandoffBook book, HealthSubject subject, Func<string, DateTimeZone> zones, Instant since, Instant until)
    {
        var wakes = from call in book.Calls.Values
                    where call.Severity == AlertSeverity.Page && call.At >= since && call.At < until && subject.Has(call)
                    let woken = call.People.Where(p => (subject.People?.Contains(p) ?? true) && OnCallHours.KindOf(call.At, zones(p)) == HourKind.Sleep).ToArray()
                    where woken.Length > 0
                    select (Call: call, Woken: woken);
        return [.. wakes.GroupBy(w => (w.Call.Service, w.Call.Title))
            .Select(g => new WakeCost(
                g.Key.Service, g.Key.Title, g.Count(), [.. g.SelectMany(w => w.Woken).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                Math.Round(g.Sum(w => w.Woken.Length * Awake(w.Call, until).TotalMinutes), 1), g.Max(w => w.Call.At)))
            .OrderByDescending(c => c.Minutes).ThenBy(c => c.Title, StringComparer.Ordinal)];
    }

    /// <summary>How long somebody is awake for a page: until it is over, and asleep again.</summary>
    public static Duration Awake(CallRecord call, Instant until) => Duration.Min(Longest, (call.Ended ?? call.Acknowledged ?? Instant.Min(until, call.At + Longest)) - call.At + AsleepAgain);
}
