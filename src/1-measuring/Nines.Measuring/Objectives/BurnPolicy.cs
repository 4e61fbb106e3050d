using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>How loud an alert is.</summary>
public enum BurnSeverity
{
    /// <summary>Wakes somebody.</summary>
    Page,

    /// <summary>Waits for working hours.</summary>
    Ticket,
}

/// <summary>
/// One pair of windows. It holds when long and short window both burn above the factor. Exactly one of
/// <see cref="Share"/>, <see cref="Factor"/> and <see cref="ErrorRatio"/> is set.
/// </summary>
/// <param name="Severity">What firing means.</param>
/// <param name="Long">Whole minutes.</param>
/// <param name="Short">Whole minutes, shorter than <paramref name="Long"/>.</param>
public sealed record BurnPair(BurnSeverity Severity, Duration Long, Duration Short)
{
    /// <summary>s: the share of the period's budget that the long window may spend; the factor is s·P/W.</summary>
    public double? Share { get; init; }

    /// <summary>f: the burn above which both windows must be.</summary>
    public double? Factor { get; init; }

    /// <summary>Holds from this error ratio on, whatever the budget: the pair added for coarse targets.</summary>
    public double? ErrorRatio { get; init; }

    /// <summary>How long both windows must burn before the pair holds; zero for at once (OpenSLO's alertAfter).</summary>
    public Duration After { get; init; }

    /// <summary>A guard of its own, above the objective's.</summary>
    public int MinFailures { get; init; }
}

/// <summary>When an objective alerts: a named or inline list of window pairs.</summary>
/// <param name="Name">As findings and alerts name it.</param>
/// <param name="Pairs">The pairs.</param>
public sealed record BurnPolicy(string Name, IReadOnlyList<BurnPair> Pairs)
{
    /// <summary>True where a person wrote the pairs: an unreachable one is refused instead of dropped, and windows stay as written.</summary>
    public bool Written { get; init; }

    /// <summary>Asks the event-true rule bad(W) &gt; s·b·N̂(P) (semantics.md 5).</summary>
    public bool BudgetConsumed { get; init; }

    /// <summary>The default: 2 % in 1 h, 5 % in 6 h page; 10 % in 1 d, 10 % in 3 d ticket (semantics.md 4; SRE Workbook ch. 5).</summary>
    public static BurnPolicy Shipped { get; } = new("shipped",
    [
        ByShare(BurnSeverity.Page, 0.02, 60, 5),
        ByShare(BurnSeverity.Page, 0.05, 360, 30),
        ByShare(BurnSeverity.Ticket, 0.10, 1440, 120),
        ByShare(BurnSeverity.Ticket, 0.10, 4320, 360),
    ]);

    /// <summary>Fast 14.4, medium 6, slow 1 over 28 d.</summary>
    public static BurnPolicy FastMediumSlow { get; } = new("fast-medium-slow",
    [
        ByFactor(BurnSeverity.Page, 14.4, 60, 5),
        ByFactor(BurnSeverity.Page, 6, 360, 30),
        ByFactor(BurnSeverity.Ticket, 1, 4320, 360),
    ]);

    /// <summary>No alerts at all.</summary>
    public static BurnPolicy None { get; } = new("none", []);

    /// <summary>The policies that a manifest may name without defining them.</summary>
    public static IReadOnlyList<BurnPolicy> Named { get; } = [Shipped, FastMediumSlow, None];

    private static BurnPair ByShare(BurnSeverity severity, double share, int longMinutes, int shortMinutes) =>
        new(severity, Duration.FromMinutes(longMinutes), Duration.FromMinutes(shortMinutes)) { Share = share };

    private static BurnPair ByFactor(BurnSeverity severity, double factor, int longMinutes, int shortMinutes) =>
        new(severity, Duration.FromMinutes(longMinutes), Duration.FromMinutes(shortMinutes)) { Factor = factor };
}
