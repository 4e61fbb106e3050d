using Nines.Measuring.Indicators;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>How the budget is counted (OpenSLO's three methods).</summary>
public enum BudgetingMethod
{
    /// <summary>Bad events over all events.</summary>
    Occurrences,

    /// <summary>Bad slices over all slices of the window.</summary>
    Timeslices,

    /// <summary>The mean of the slices' ratios.</summary>
    RatioTimeslices,
}

/// <summary>What a minute or slice without data counts as (semantics.md 3).</summary>
public enum NoDataPolicy
{
    /// <summary>It leaves the sums; the default.</summary>
    Ignore,

    /// <summary>It counts as bad.</summary>
    Bad,

    /// <summary>It counts as good.</summary>
    Good,
}

/// <summary>
/// One objective, complete: a target over a window of one indicator, or a composite of other objectives. An SLO
/// document with several <c>objectives</c> becomes several of these.
/// </summary>
public sealed record Objective
{
    /// <summary>Its address: the SLO's name, or <c>NAME.displayName-or-index</c> for a further objective of one SLO.</summary>
    public required string Name { get; init; }

    /// <summary>The SLO document that it came from; equal to <see cref="Name"/> for the first or only one.</summary>
    public required string Slo { get; init; }

    /// <summary>What people call it; empty where the document gives none.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>What it promises, in words; empty where the document gives none.</summary>
    public string Description { get; init; } = "";

    /// <summary>The service whose users feel it.</summary>
    public required string Service { get; init; }

    /// <summary>T, above 0 and below 1.</summary>
    public required double Target { get; init; }

    /// <summary>The window of the budget.</summary>
    public ObjectiveWindow Window { get; init; } = ObjectiveWindow.Default;

    /// <summary>How the budget is counted.</summary>
    public BudgetingMethod Method { get; init; }

    /// <summary>The least ratio of a good slice (Timeslices), above 0 up to 1.</summary>
    public double TimeSliceTarget { get; init; } = 1;

    /// <summary>Length of a slice for both slice methods; whole minutes.</summary>
    public Duration TimeSliceWindow { get; init; } = Duration.FromMinutes(1);

    /// <summary>What is measured; null exactly where <see cref="Composite"/> is set.</summary>
    public IndicatorSpec? Indicator { get; init; }

    /// <summary>Members with their weights; empty unless this is a composite.</summary>
    public IReadOnlyList<CompositeMember> Composite { get; init; } = [];

    /// <summary>What a minute without data counts as.</summary>
    public NoDataPolicy NoData { get; init; }

    /// <summary>Silence longer than this is absence; null means 3 intervals, at least a minute (semantics.md 3).</summary>
    public Duration? StaleAfter { get; init; }

    /// <summary>Fewer failures in the long window page nobody (semantics.md 5).</summary>
    public int MinFailures { get; init; } = 3;

    /// <summary>Minutes taken out, planned and owned.</summary>
    public IReadOnlyList<Exclusion> Exclusions { get; init; } = [];

    /// <summary>When to alert.</summary>
    public BurnPolicy Policy { get; init; } = BurnPolicy.Shipped;

    /// <summary>b = 1 − T, without the noise of binary fractions: 1 − 0.999 is 0.001.</summary>
    public double Budget => Math.Round(1 - Target, 15);
}

/// <summary>A member of a composite.</summary>
/// <param name="Objective">The member's name.</param>
/// <param name="Weight">Above 0; OpenSLO's default is 1.</param>
public sealed record CompositeMember(string Objective, double Weight = 1);
