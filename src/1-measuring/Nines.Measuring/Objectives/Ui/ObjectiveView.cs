using Nines.Shell.Components;
using NodaTime;

namespace Nines.Measuring.Objectives.Ui;

/// <summary>Burn of one window, as a page shows it; <paramref name="Rate"/> null is "no data".</summary>
public sealed record BurnView(string Window, double? Rate, bool Partial = false);

/// <summary>One pair of windows against its limit.</summary>
public sealed record PairView(string Long, string Short, bool Page, double? LongBurn, double? ShortBurn, double Limit, bool Firing, bool Partial = false);

/// <summary>When the budget is gone if one window's burn goes on; <paramref name="At"/> null is "never", within the period.</summary>
public sealed record GoneView(string Window, double? Rate, Instant? At);

/// <summary>One alert of an objective, firing or ended or held back.</summary>
public sealed record AlertView(bool Page, bool Firing, bool Held, Instant Since, Instant? Until, string Reason);

/// <summary>One objective as pages show it: the engine's figures beside their words, nothing computed twice.</summary>
public sealed record ObjectiveView
{
    /// <summary>Its address: the objective's name.</summary>
    public required string Name { get; init; }

    public required string Service { get; init; }

    /// <summary>What it is called beside its service's name: <c>availability</c>.</summary>
    public required string Label { get; init; }

    /// <summary>What it promises: <c>99.9 %</c>, <c>99 % under 800 ms</c>.</summary>
    public required string Promise { get; init; }

    public required double Target { get; init; }

    /// <summary>The period in the field's notation: <c>30d</c>.</summary>
    public required string Window { get; init; }

    public bool Calendar { get; init; }

    /// <summary>How the budget is counted: <c>occurrences</c> and so on.</summary>
    public string Method { get; init; } = "occurrences";

    public StateWord State { get; init; } = StateWord.NoData;

    /// <summary>Budget left as a fraction; null where nobody knows.</summary>
    public double? Left { get; init; }

    /// <summary>The plain figure beside it (semantics.md 6).</summary>
    public double? PlainLeft { get; init; }

    public double? LeftMinutes { get; init; }

    public double? Spent7d { get; init; }

    public double? Sli { get; init; }

    public double? Total { get; init; }

    public double? Bad { get; init; }

    /// <summary>Events that may fail in the whole period, b·N̂.</summary>
    public double? Allowed { get; init; }

    /// <summary>Share of the period's minutes that hold data.</summary>
    public double? Covered { get; init; }

    public IReadOnlyList<BurnView> Burn { get; init; } = [];

    public IReadOnlyList<PairView> Pairs { get; init; } = [];

    public IReadOnlyList<GoneView> Gone { get; init; } = [];

    public IReadOnlyList<AlertView> Alerts { get; init; } = [];

    /// <summary>Burn over the last day on an even grid, oldest first; NaN is "no data". Read only when it is shown.</summary>
    public IReadOnlyList<double> Day => DayRead.Value;

    /// <summary>Reads <see cref="Day"/> once, when asked.</summary>
    public Lazy<IReadOnlyList<double>> DayRead { get; init; } = new([]);

    /// <summary>Since when nothing has come in, where that is so.</summary>
    public Instant? SilentSince { get; init; }

    /// <summary>The members of a composite; empty for a plain objective.</summary>
    public IReadOnlyList<MemberStatus> Members { get; init; } = [];

    /// <summary>What is worth knowing about its manifest: a target finer than the traffic, a pair that cannot fire.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    public string Address => "/objectives/" + Uri.EscapeDataString(Name);

    /// <summary>Service and label in one: <c>payments availability</c>; a label that names its service stands alone.</summary>
    public string Title => Label.Contains(Service, StringComparison.OrdinalIgnoreCase) ? Label : $"{Service} {Inside(Label)}";

    public double? BurnOf(string window) => Burn.FirstOrDefault(b => b.Window == window)?.Rate;

    public bool IsFiring => Alerts.Any(a => a.Firing && !a.Held);

    /// <summary>The loudest alert that fires now, as a word; null when none does.</summary>
    public StateWord? Loudest => !IsFiring ? null : Alerts.Any(a => a is { Firing: true, Held: false, Page: true }) ? StateWord.Page : StateWord.Ticket;

    /// <summary>The earliest date at which it is gone, by the burn of any window; null when none leads there.</summary>
    public Instant? GoneFirst => Gone.Where(g => g.At is not null).Select(g => g.At).Min();

    /// <summary>Worst first: no budget, then what burns, then little budget, then what nobody knows; healthy last.</summary>
    public double Rank => (IsFiring ? Math.Min(Standing, 2) - 0.5 : Standing) + (Math.Clamp(Left ?? 0.5, -9, 1) / 100);

    // Inside a name a sentence's capital goes; an abbreviation's stays.
    private static string Inside(string label) =>
        label.Length > 1 && char.IsUpper(label[0]) && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;

    private double Standing => State.Word switch
    {
        "Exhausted" => 0,
        "Frozen" => 1,
        "Critical" => 2,
        "Warning" => 4,
        "No data" => 5,
        _ => 6,
    };
}

/// <summary>A service with its objectives, worst first.</summary>
public sealed record ServiceView(string Name, string Title, string Tier, string Owner, IReadOnlyList<ObjectiveView> Objectives)
{
    public string Address => "/services/" + Uri.EscapeDataString(Name);

    /// <summary>The objective whose state the service takes; null without any.</summary>
    public ObjectiveView? Worst => Objectives.Count == 0 ? null : Objectives[0];

    public StateWord State => Worst?.State ?? StateWord.NoData;

    /// <summary>Groups objectives by service and puts the worst first, among services and within each.</summary>
    public static IReadOnlyList<ServiceView> WorstFirst(IEnumerable<ServiceView> services) =>
        [.. services.Select(s => s with { Objectives = [.. s.Objectives.OrderBy(o => o.Rank).ThenBy(o => o.Name, StringComparer.Ordinal)] })
            .OrderBy(s => s.Worst?.Rank ?? 9).ThenBy(s => s.Name, StringComparer.Ordinal)];
}
