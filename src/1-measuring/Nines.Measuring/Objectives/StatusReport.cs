using Nines.Kernel;
using Nines.Measuring.Indicators;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>Words an evaluation as a status. The caller holds the gate.</summary>
internal static class StatusReport
{
    private static readonly (int Minutes, string Name)[] Shown =
        [(5, "5m"), (30, "30m"), (60, "1h"), (120, "2h"), (360, "6h"), (1440, "24h"), (4320, "3d"), (10080, "7d")];

    public static ObjectiveStatus Of(WatchedObjective watched, Evaluation now, AlertState told, IndicatorBook book)
    {
        var objective = watched.Objective;
        var members = objective.Composite.Count == 0 ? null : Members(watched, book, now.AtMs);
        var silent = members is null ? SilentSince(objective, book, now.AtMs) : SilentTogether(members);
        var known = now.HasData;
        var sums = now.Budget;
        return new()
        {
            Name = objective.Name,
            DisplayName = objective.DisplayName,
            Slo = objective.Slo,
            Service = objective.Service,
            Target = objective.Target,
            Window = objective.Window.Text,
            Method = objective.Method,
            State = !known || silent is not null ? BudgetState.NoData : ErrorBudget.State(now.Remaining, told.Budget),
            Good = known ? sums.Total - sums.Bad : 0,
            Total = sums.Total,
            Sli = known ? 1 - Math.Clamp(sums.Bad / sums.Total, 0, 1) : null,
            Budget = Budget(watched, now),
            Burn = [.. Shown.Select(w => Burn(now, w.Minutes, w.Name))],
            Alerts = [Alert(BurnSeverity.Page, told.Page), Alert(BurnSeverity.Ticket, told.Ticket)],
            Pairs = [.. watched.Plan.Rules.Select((r, i) => Pair(watched, now, r, i))],
            OutageMinutesToPage = watched.Plan.OutageMinutesToPage,
            LastEventAt = LastEvent(watched, book),
            SilentSince = silent,
            Findings = Findings(watched, now, members),
            Members = members,
        };
    }

    private static BudgetStatus Budget(WatchedObjective watched, Evaluation now)
    {
        var objective = watched.Objective;
        double? Known(double value) => now.HasData ? value : null;
        var exhausts = new Dictionary<string, Instant?>();
        foreach (var minutes in Projection.Rates)
            exhausts[minutes == 60 ? "1h" : minutes == 360 ? "6h" : "24h"] =
                Projection.Exhausts(watched, now, minutes) is { } at ? Instant.FromUnixTimeMilliseconds(at) : null;
        var periodMinutes = watched.Objective.Window is RollingWindow ? watched.PeriodMinutes : (now.PeriodEndMs - now.PeriodStartMs) / (double)Minute.Ms;
        return new(
            Known(now.Remaining), Known(now.PlainRemaining), Known(now.RemainingWithExcluded), Known(now.Remaining * objective.Budget * periodMinutes),
            Known(now.Spent7d), Known(objective.Budget * now.Budget.Expected), Known(now.Budget.Bad), now.Covered,
            Instant.FromUnixTimeMilliseconds(now.PeriodStartMs), Instant.FromUnixTimeMilliseconds(now.PeriodEndMs), exhausts);
    }

    private static BurnStatus Burn(Evaluation now, int minutes, string name)
    {
        ref readonly var window = ref now.Window(minutes);
        return new(name, window.Total > 0 ? window.Burn : null, window.Partial);
    }

    private static AlertStatus Alert(BurnSeverity severity, SeverityState state) =>
        new(severity, state.Phase, state.Since, state.Reason.Length == 0 ? null : state.Reason);

    private static PairStatus Pair(WatchedObjective watched, Evaluation now, BurnRule rule, int index)
    {
        ref readonly var longWindow = ref now.WindowAt(watched.LongAt[index]);
        ref readonly var shortWindow = ref now.WindowAt(watched.ShortAt[index]);
        return new(
            rule.Severity, FieldDuration.Format(Duration.FromMinutes(rule.LongMinutes)), FieldDuration.Format(Duration.FromMinutes(rule.ShortMinutes)),
            rule.Factor, longWindow.Total > 0 ? longWindow.Burn : null, shortWindow.Total > 0 ? shortWindow.Burn : null,
            (watched.Alerts.Verdicts >> index & 1) != 0, longWindow.Partial,
            longWindow.Total > 0 ? longWindow.AlertRatio / watched.Objective.Budget : null, shortWindow.Total > 0 ? shortWindow.AlertRatio / watched.Objective.Budget : null);
    }

    private static Instant? LastEvent(WatchedObjective watched, IndicatorBook book)
    {
        var stream = watched.Indicator is { } indicator ? book.StreamOf(indicator) : watched.Counted;
        return stream.LastEvent == long.MinValue ? null : Instant.FromUnixTimeMilliseconds(Minute.EndMs(stream.LastEvent));
    }

    private static MemberStatus[] Members(WatchedObjective watched, IndicatorBook book, long nowMs) =>
    [
        .. MemberBurn.Of(watched, 60, nowMs).Select((m, i) => new MemberStatus(
            m.Objective.Name, m.Weight, m.Burn, m.Share,
            watched.AddsMembers ? 1 - ErrorBudget.Remaining(Evaluator.SumsOf(watched.Parts[i], nowMs), m.Objective.Budget) : null,
            m.Objective.NoData, SilentSince(m.Objective, book, nowMs))),
    ];

    private static Instant? SilentSince(Objective objective, IndicatorBook book, long nowMs)
    {
        var indicator = book.Open(objective.Indicator!);
        var freshMs = book.FreshAt(indicator);
        var staleMs = objective.StaleAfter is { } after ? (long)after.TotalMilliseconds : book.StaleMsOf(indicator);
        return freshMs == long.MinValue || nowMs - freshMs <= staleMs ? null : Instant.FromUnixTimeMilliseconds(freshMs);
    }

    // Members keep their own no-data rule and their own absence alerts (semantics.md 11): a composite is silent only where all of them are.
    private static Instant? SilentTogether(MemberStatus[] members) => members.All(m => m.SilentSince is not null) ? members.Max(m => m.SilentSince) : null;

    private static List<string> Findings(WatchedObjective watched, Evaluation now, MemberStatus[]? members)
    {
        var findings = watched.Plan.Problems.Select(p => p.ToString()).ToList();
        if (now.GoodAboveTotal) findings.Add("More good than total events came in the window: the good query counts something that the total does not.");
        var allowed = watched.Objective.Budget * now.Budget.Expected;
        if (now.HasData && allowed < 3)
            findings.Add($"The target is finer than the traffic: the whole window may hold {Figures.CutCount(allowed)} failures. One failure opens a ticket, none pages.");
        foreach (var silent in members?.Where(m => m.SilentSince is not null) ?? [])
            findings.Add($"The member {silent.Objective} is silent since {silent.SilentSince:uuuu-MM-dd HH:mm}Z: {Missing(silent.NoData)}");
        return findings;
    }

    private static string Missing(NoDataPolicy policy) => policy switch
    {
        NoDataPolicy.Bad => "its missing minutes count as bad.",
        NoDataPolicy.Good => "its missing minutes count as good.",
        _ => "its missing minutes are left out.",
    };
}
