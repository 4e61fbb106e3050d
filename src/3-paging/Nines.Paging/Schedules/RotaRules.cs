using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>A rule that schedules are held against: shipped, each with where it comes from.</summary>
/// <param name="Name">Its name in findings.</param>
/// <param name="Words">The rule.</param>
/// <param name="Source">Who says so.</param>
public sealed record RotaRule(string Name, string Words, string Source);

/// <summary>The shipped rules and their figures.</summary>
public static class RotaRules
{
    private const string Practices = "on-call rotation best practices of the SRE platform guide";

    /// <summary>Fewer people and everybody is on call too often.</summary>
    public const int LeastPeople = 5;

    /// <summary>How far gaps are looked for.</summary>
    public static Duration GapsAhead { get; } = Duration.FromDays(400);

    /// <summary>Shares are compared over the next quarter.</summary>
    public static Duration SharesAhead { get; } = Duration.FromDays(91);

    /// <summary>A week, and the hour that a week may have more, and a day's grace.</summary>
    public static Duration LongestStretch { get; } = Duration.FromDays(8) + Duration.FromHours(1);

    /// <summary>More than so many times the mean, by more than one turn, is not fair.</summary>
    public const double Unfair = 1.5;

    /// <summary>Sleep hours begin, in the person's own zone.</summary>
    public const int NightFrom = 22;

    /// <summary>Sleep hours end.</summary>
    public const int NightUntil = 8;

    /// <summary>From so large a share of the nights on, somebody else could be awake instead.</summary>
    public const double AvoidableNights = 0.25;

    /// <summary>At least five.</summary>
    public static RotaRule Size { get; } = new("size", "A rotation has at least 5 people: one week on, four weeks off.", Practices);

    /// <summary>Rest between.</summary>
    public static RotaRule BackToBack { get; } = new("back-to-back", "Nobody is on call for two weeks in a row.", Practices);

    /// <summary>Equal shares.</summary>
    public static RotaRule Fairness { get; } = new("fairness", "Hours, nights and weekends are shared.", Practices);

    /// <summary>Follow the sun.</summary>
    public static RotaRule FollowTheSun { get; } = new("follow-the-sun", "Nobody is paged at 3 AM where somebody else is awake.", Practices);

    /// <summary>Two levels.</summary>
    public static RotaRule Second { get; } = new("second", "There is always a primary and a secondary, and they are two people.", Practices);

    /// <summary>No hole.</summary>
    public static RotaRule Gaps { get; } = new("gaps", "Somebody is on call at every minute of the next 400 days.", "semantics of on-call time, section 10");

    /// <summary>Reachable.</summary>
    public static RotaRule Reachable { get; } = new("reachable", "Whoever is on call can be called.", "coverage proof");

    /// <summary>Zones fit people.</summary>
    public static RotaRule Zones { get; } = new("zones", "A layer's hours are waking hours where its people live.", Practices);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RotaRule> All { get; } = [Size, BackToBack, Fairness, FollowTheSun, Second, Gaps, Reachable, Zones];
}
