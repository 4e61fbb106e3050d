using System.Globalization;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>What one policy would have done.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Policy">The policy in words.</param>
/// <param name="Own">True for the objective's own.</param>
/// <param name="PagedAt">When it would have paged for this incident; null for never.</param>
/// <param name="AfterImpact">From the first minute that users felt to that page; null for never, or where no indicator says when they began to.</param>
/// <param name="SoonerMinutes">Minutes that it would have paged before the incident was detected; negative where later; null for never.</param>
/// <param name="Pages">Pages in all the minutes looked at.</param>
/// <param name="Extra">Pages more than the objective's own policy would have sent; negative where fewer.</param>
public sealed record ReplayRow(string Objective, string Policy, bool Own, Instant? PagedAt, Duration? AfterImpact, double? SoonerMinutes, int Pages, int Extra);

/// <summary>What burn policies would have done for an incident, and how often else.</summary>
/// <param name="Incident">The incident, as people say it.</param>
/// <param name="Detected">When it was detected.</param>
/// <param name="Days">Over how many days with data.</param>
/// <param name="Rows">By objective, the soonest first.</param>
/// <param name="Notes">What could not be replayed, and why.</param>
public sealed record ReplayResult(string Incident, Instant Detected, double Days, IReadOnlyList<ReplayRow> Rows, IReadOnlyList<string> Notes);

/// <summary>What is replayed for one objective.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Minutes">Its minutes.</param>
/// <param name="ImpactFrom">When users began to feel it; null where its indicator does not say so.</param>
public sealed record ReplayInput(Objective Objective, MinuteSums Minutes, Instant? ImpactFrom);

/// <summary>Replays the objective's own policy, those that ship, and each pair alone with other thresholds. Pure.</summary>
public static class PolicyReplay
{
    /// <summary>So many days back noise is counted.</summary>
    public const int Days = 90;

    // A page this long after the end of the impact, or before its begin, is about something else.
    private static readonly Duration Near = Duration.FromHours(1);

    private static readonly (double Share, int Long, int Short)[] Pairs = [(0.02, 60, 5), (0.05, 360, 30), (0.10, 1440, 120), (0.10, 4320, 360)];
    private static readonly double[] Thresholds = [0.5, 1, 2];

    /// <summary>What each policy would have done for one objective.</summary>
    /// <param name="input">The objective and its minutes.</param>
    /// <param name="detected">When the incident was detected.</param>
    /// <param name="until">When users felt it no more, or its end.</param>
    public static IReadOnlyList<ReplayRow> Of(ReplayInput input, Instant detected, Instant until)
    {
        var objective = input.Objective;
        var own = Pages(input, objective.Policy);
        var from = (input.ImpactFrom ?? detected) - (input.ImpactFrom is null ? Near : Duration.Zero);
        return [.. Candidates(objective).Select(c => Row(c.Words, c.Policy, c.Own)).OrderBy(r => r.PagedAt ?? Instant.MaxValue).ThenBy(r => r.Extra).ThenByDescending(r => r.Own)];

        ReplayRow Row(string words, BurnPolicy policy, bool isOwn)
        {
            var pages = isOwn ? own : Pages(input, policy);
            // What fired already when it began would have been there; it is no later than the begin.
            Instant? at = pages.Where(p => p.At <= until + Near && (p.Until ?? Instant.MaxValue) > from).Select(p => (Instant?)Instant.Max(p.At, from)).FirstOrDefault();
            return new(objective.Name, words, isOwn, at, at - input.ImpactFrom, at is { } paged ? (detected - paged).TotalMinutes : null, pages.Count, pages.Count - own.Count);
        }
    }

    /// <summary>The policies that are tried for an objective; those that could never page are left out.</summary>
    public static IReadOnlyList<(string Words, BurnPolicy Policy, bool Own)> Candidates(Objective objective)
    {
        var all = new List<(string Words, BurnPolicy Policy, bool Own)> { ($"{objective.Policy.Name}, as it is", objective.Policy, true) };
        foreach (var named in BurnPolicy.Named)
            if (named.Name != objective.Policy.Name && named.Pairs.Count > 0) all.Add((named.Name, named, false));
        foreach (var (share, longMinutes, shortMinutes) in Pairs)
            foreach (var threshold in Thresholds)
            {
                var (longWindow, shortWindow) = (Duration.FromMinutes(longMinutes), Duration.FromMinutes(shortMinutes));
                var policy = new BurnPolicy("replay", [new(BurnSeverity.Page, longWindow, shortWindow) { Share = share * threshold }]) { Written = true };
                if (Rules(policy, objective) is not [var rule]) continue;
                var words = $"{FieldDuration.Format(longWindow)}/{FieldDuration.Format(shortWindow)} above {rule.Factor.ToString("0.##", CultureInfo.InvariantCulture)}×";
                // No factor is below 1: two thresholds may come to the same.
                if (!all.Exists(a => a.Words == words)) all.Add((words, policy, false));
            }

        var fast = new BurnPolicy("replay", [new(BurnSeverity.Page, Duration.FromMinutes(5), Duration.FromMinutes(1)) { ErrorRatio = 0.5, MinFailures = 10 }]) { Written = true };
        all.Add(("5m/1m from 50 % errors", fast, false));
        return all;
    }

    private static IReadOnlyList<ReplayedPage> Pages(ReplayInput input, BurnPolicy policy) => BurnReplay.Pages(input.Minutes, Rules(policy, input.Objective), input.Objective.MinFailures);

    private static IReadOnlyList<BurnRule> Rules(BurnPolicy policy, Objective objective) =>
        [.. BurnPlan.For(policy, objective.Target, objective.Window.Nominal).Rules.Where(r => r.Severity == BurnSeverity.Page)];
}
