using System.Collections.Immutable;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>How a time that the law gives is counted.</summary>
public enum SpanUnit
{
    /// <summary>Hours, one after the other, through nights in which clocks change.</summary>
    Hours,

    /// <summary>Days by the calendar of the zone: the same time of day.</summary>
    Days,

    /// <summary>Months by the calendar of the zone: the same day of the month, or its last one.</summary>
    Months,

    /// <summary>Days on which people work in the zone.</summary>
    BusinessDays,
}

/// <summary>A time that the law gives.</summary>
/// <param name="Count">How many.</param>
/// <param name="Unit">Of what.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct LegalSpan(int Count, SpanUnit Unit)
{
    /// <summary>As people write it: <c>72 hours</c>.</summary>
    public string Words => $"{Count} {(Unit == SpanUnit.BusinessDays ? "business day" : Unit.ToString().ToLowerInvariant()[..^1])}{(Count == 1 ? "" : "s")}";
}

/// <summary>What must be so for a duty to count. What nobody knows yet counts, except where a clock of its own begins it.</summary>
public enum DutyNeeds
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Data of people is affected.</summary>
    PersonalData,

    /// <summary>It is a high risk for them: counts once somebody says so.</summary>
    HighRisk,

    /// <summary>Data about health is affected.</summary>
    HealthData,

    /// <summary>Data about the health of 500 people or more is affected.</summary>
    HealthDataOf500,
}

/// <summary>Somebody whom the law wants told: data, not code.</summary>
/// <param name="Key">Its short name: <c>gdpr-33</c>.</param>
/// <param name="Regime">The law: <c>gdpr</c>.</param>
/// <param name="Title">What is owed, to whom.</param>
/// <param name="Source">Where that stands, in the law's own numbering.</param>
/// <param name="Within">How long one has; null where the law names no number.</param>
public sealed record BreachDuty(string Key, string Regime, string Title, string Source, LegalSpan? Within)
{
    /// <summary>Which clock it runs on, where <see cref="After"/> is empty.</summary>
    public ClockStart From { get; init; }

    /// <summary>The duty whose being told begins it; empty for a clock.</summary>
    public string After { get; init; } = "";

    /// <summary>At most so long after somebody knew, whatever else it runs on; null for no such end.</summary>
    public LegalSpan? AtMostAfterAware { get; init; }

    /// <summary>What must be so.</summary>
    public DutyNeeds Needs { get; init; }

    /// <summary>The zone in which days and months are counted; null for the house's.</summary>
    public string? Zone { get; init; }

    /// <summary>The time of day at which a business day ends; null for midnight.</summary>
    public LocalTime? EndsAt { get; init; }
}

/// <summary>The regimes that ship. Data to start from, no legal advice: whoever answers for the house checks them.</summary>
public static class BreachRegimes
{
    /// <summary>Every duty that ships.</summary>
    public static ImmutableArray<BreachDuty> Shipped { get; } =
    [
        new("gdpr-33", "gdpr", "Tell the data protection authority", "Regulation (EU) 2016/679, Art. 33(1): not later than 72 hours after having become aware of it", new(72, SpanUnit.Hours)) { Needs = DutyNeeds.PersonalData },
        new("gdpr-34", "gdpr", "Tell the people whose data it is", "Regulation (EU) 2016/679, Art. 34(1): without undue delay, where a high risk is likely; the law names no number", null) { Needs = DutyNeeds.HighRisk },
        new("uk-gdpr-33", "uk-gdpr", "Tell the Information Commissioner", "UK GDPR, Art. 33(1): not later than 72 hours after having become aware of it", new(72, SpanUnit.Hours)) { Needs = DutyNeeds.PersonalData },
        new("uk-gdpr-34", "uk-gdpr", "Tell the people whose data it is", "UK GDPR, Art. 34(1): without undue delay, where a high risk is likely; the law names no number", null) { Needs = DutyNeeds.HighRisk },
        new("nis2-early", "nis2", "Early warning to the CSIRT or the authority", "Directive (EU) 2022/2555, Art. 23(4)(a): within 24 hours of becoming aware", new(24, SpanUnit.Hours)),
        new("nis2-notification", "nis2", "Incident notification to the CSIRT or the authority", "Directive (EU) 2022/2555, Art. 23(4)(b): within 72 hours of becoming aware", new(72, SpanUnit.Hours)),
        new("nis2-final", "nis2", "Final report to the CSIRT or the authority", "Directive (EU) 2022/2555, Art. 23(4)(d): not later than one month after the incident notification", new(1, SpanUnit.Months)) { After = "nis2-notification" },
        new("dora-initial", "dora", "Initial notification of a major incident", "Delegated Regulation (EU) 2025/301, Art. 5: within 4 hours of its classification as major, not later than 24 hours after becoming aware", new(4, SpanUnit.Hours)) { From = ClockStart.Major, AtMostAfterAware = new(24, SpanUnit.Hours) },
        new("dora-intermediate", "dora", "Intermediate report", "Delegated Regulation (EU) 2025/301, Art. 5: within 72 hours of the initial notification", new(72, SpanUnit.Hours)) { After = "dora-initial" },
        new("dora-final", "dora", "Final report", "Delegated Regulation (EU) 2025/301, Art. 5: not later than one month after the intermediate report", new(1, SpanUnit.Months)) { After = "dora-intermediate" },
        new("hipaa-404", "hipaa", "Tell the people whose health data it is", "45 CFR 164.404(b): no later than 60 calendar days after discovery", new(60, SpanUnit.Days)) { Needs = DutyNeeds.HealthData },
        new("hipaa-408", "hipaa", "Tell the Secretary of Health and Human Services", "45 CFR 164.408(b): of 500 people or more, together with the notice to them; of fewer, within 60 days after the end of the year", new(60, SpanUnit.Days)) { Needs = DutyNeeds.HealthDataOf500 },
        new("sec-8k", "sec-8k", "File Form 8-K, Item 1.05", "Form 8-K, General Instruction B.1: within four business days of determining that it is material", new(4, SpanUnit.BusinessDays)) { From = ClockStart.Material, Zone = "America/New_York", EndsAt = new(17, 30) },
    ];

    /// <summary>Names of the regimes that ship.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Shipped.Select(d => d.Regime).Distinct(StringComparer.Ordinal)];
}
