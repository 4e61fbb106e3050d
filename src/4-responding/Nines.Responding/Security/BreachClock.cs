using NodaTime;

namespace Nines.Responding.Security;

/// <summary>Where a duty stands.</summary>
public enum DutyState
{
    /// <summary>Its clock has not begun.</summary>
    Waiting,

    /// <summary>Its clock runs.</summary>
    Running,

    /// <summary>Its time is over, and nobody was told.</summary>
    Overdue,

    /// <summary>Those who must know were told.</summary>
    Told,

    /// <summary>Nobody need be told.</summary>
    NotNeeded,
}

/// <summary>A duty of a case, as it stands at a moment.</summary>
/// <param name="Duty">The duty.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">When its clock began; null before.</param>
/// <param name="Due">Its deadline; null where it has none, or none yet.</param>
/// <param name="Why">What it waits for, or why it is not needed; empty otherwise.</param>
/// <param name="Outcome">What became of it; null while it is open.</param>
public sealed record DutyStanding(BreachDuty Duty, DutyState State, Instant? Since, Instant? Due, string Why, DutyOutcome? Outcome)
{
    /// <summary>True while its deadline comes nearer, or is over.</summary>
    public bool Open => State is DutyState.Running or DutyState.Overdue;
}

/// <summary>Who must be told of a case by when: a function of the case, the policy and the time. Pure.</summary>
public static class BreachClock
{
    private static readonly ReminderMark[] Marks = Enum.GetValues<ReminderMark>();

    /// <summary>Every duty of the policy's regimes, the next deadline first.</summary>
    public static IReadOnlyList<DutyStanding> Of(SecurityCase one, SecurityPolicy policy, Instant now) =>
    [
        .. policy.Duties.Select(d => Standing(one, d, policy, now))
            .OrderBy(d => d.Open ? 0 : d.State == DutyState.Waiting ? 1 : 2).ThenBy(d => d.Due ?? Instant.MaxValue),
    ];

    /// <summary>Where one duty stands.</summary>
    public static DutyStanding Standing(SecurityCase one, BreachDuty duty, SecurityPolicy policy, Instant now)
    {
        var outcome = one.Outcomes.GetValueOrDefault(duty.Key);
        var since = Since(one, duty);
        var due = since is { } start ? Due(one, duty, policy, start) : null;
        if (outcome?.At is not null) return new(duty, DutyState.Told, since, due, "", outcome);
        if (outcome is not null) return new(duty, DutyState.NotNeeded, since, due, outcome.Reference, outcome);
        if (one.State == CaseState.Dismissed) return new(duty, DutyState.NotNeeded, since, due, "It is a false alarm.", null);
        if (Unneeded(one.Data, duty.Needs) is { } why) return new(duty, DutyState.NotNeeded, since, due, why, null);
        if (since is null) return new(duty, DutyState.Waiting, null, null, WaitsFor(duty), null);
        if (duty.Needs == DutyNeeds.HighRisk && one.Data?.HighRisk is null) return new(duty, DutyState.Waiting, since, null, "Nobody has judged yet whether it is a high risk for people.", null);
        return new(duty, due < now ? DutyState.Overdue : DutyState.Running, since, due, "", null);
    }

    /// <summary>The newest reminder that is due and was not given; null for none.</summary>
    public static ReminderMark? Reminder(SecurityCase one, DutyStanding standing, Instant now) =>
        Marks.Cast<ReminderMark?>().LastOrDefault(m => IsLeft(one, standing, m!.Value) && At(standing, m.Value) is { } at && at <= now);

    /// <summary>When the next reminder is due; null for none.</summary>
    public static Instant? NextReminder(SecurityCase one, DutyStanding standing) =>
        Marks.Where(m => IsLeft(one, standing, m)).Min(m => At(standing, m));

    /// <summary>When a reminder is due; null where the time is too short for it.</summary>
    public static Instant? At(DutyStanding standing, ReminderMark mark)
    {
        if (!standing.Open || standing.Since is not { } since || standing.Due is not { } due) return null;
        var whole = due - since;
        // Of a time of four hours, "12 hours left" would come before its beginning.
        return mark switch
        {
            ReminderMark.Half => since + (whole / 2),
            ReminderMark.TwelveHours => whole > Duration.FromHours(24) ? due - Duration.FromHours(12) : null,
            ReminderMark.TwoHours => whole > Duration.FromHours(4) ? due - Duration.FromHours(2) : null,
            _ => due,
        };
    }

    // A deadline that moved reminds anew.
    private static bool IsLeft(SecurityCase one, DutyStanding standing, ReminderMark mark) =>
        one.Reminders.GetValueOrDefault(standing.Duty.Key) is not { } told || told.Due != standing.Due || told.Mark < mark;

    private static Instant? Since(SecurityCase one, BreachDuty duty) => duty.After.Length > 0
        ? one.Outcomes.GetValueOrDefault(duty.After)?.At
        : one.Starts.TryGetValue(duty.From, out var at) ? at : null;

    private static Instant? Due(SecurityCase one, BreachDuty duty, SecurityPolicy policy, Instant since)
    {
        if (duty.Within is not { } within) return null;
        var zone = duty.Zone is { } named ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(named) ?? policy.Zone : policy.Zone;
        var due = LegalTime.End(since, within, zone, duty.EndsAt, policy.Holidays);
        if (duty.AtMostAfterAware is not { } most || !one.Starts.TryGetValue(ClockStart.Aware, out var aware)) return due;
        var last = LegalTime.End(aware, most, zone, duty.EndsAt, policy.Holidays);
        // What was classified only after that end has its own time from then on.
        return last < since ? due : Instant.Min(due, last);
    }

    // What nobody knows yet counts: in doubt somebody must be told.
    private static string? Unneeded(AffectedData? data, DutyNeeds needs) => needs switch
    {
        DutyNeeds.PersonalData or DutyNeeds.HighRisk when data is { Personal: false } => "No data of people is affected.",
        DutyNeeds.HighRisk when data is { HighRisk: false } => "It is no high risk for people.",
        DutyNeeds.HealthData or DutyNeeds.HealthDataOf500 when data is not null && !data.Kinds.Contains("health", StringComparer.OrdinalIgnoreCase) => "No data about health is affected.",
        DutyNeeds.HealthDataOf500 when data is { People: < 500 } => "Fewer than 500 people are affected: it is told within 60 days after the end of the year.",
        _ => null,
    };

    private static string WaitsFor(BreachDuty duty) => duty switch
    {
        { After.Length: > 0 } => $"It begins when {duty.After} was told.",
        { From: ClockStart.Major } => "Nobody has classified it as major.",
        { From: ClockStart.Material } => "Nobody has determined that it is material.",
        _ => "Nobody has said since when it is known.",
    };
}
