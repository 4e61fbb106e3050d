using System.Globalization;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Measuring.Objectives.Cli;

/// <summary>A status as terminal text, in the words and figures that pages and messages use.</summary>
internal static class SloWords
{
    /// <summary>Where the server answers about an objective.</summary>
    public static string PathOf(string objective) => "/api/v1/objectives/" + Uri.EscapeDataString(objective);

    public static string Percent(double? ratio) => ratio is null ? "no data" : Figures.Percent(ratio);

    public static string State(BudgetState state) => state == BudgetState.NoData ? "no data" : state.ToString().ToLowerInvariant();

    public static string Burn(ObjectiveStatus status, string window) => Figures.Burn(status.Burn.FirstOrDefault(b => b.Window == window)?.Rate);

    public static string Alert(ObjectiveStatus status)
    {
        var firing = status.Alerts.FirstOrDefault(a => a.State == AlertPhase.Firing);
        return firing is null ? Figures.Unknown : firing.Severity.ToString().ToLowerInvariant();
    }

    public static string Gone(ObjectiveStatus status)
    {
        if (status.Budget.Remaining is null) return Figures.Unknown;
        if (status.Budget.Remaining <= 0) return "gone";
        return First(status) is { } at ? Time(at) : "never";
    }

    /// <summary>The objective in one or two sentences.</summary>
    public static string Answer(ObjectiveStatus status, Instant now)
    {
        if (status.Budget.Remaining is not { } left) return "nobody knows; no event has come in its window.";
        var words = $"{State(status.State)}. {Capital(BudgetWords.Left(left))}";
        words += status.Budget.RemainingMinutes is > 0 and var minutes ? $" ({Figures.Span(Duration.FromMinutes(minutes))} of total outage)." : ".";
        if (status.SilentSince is { } since) words += $" Nothing has come in since {Time(since)}, {Times.Relative(since, now)}.";
        if (left > 0) words += First(status) is { } at ? $" At the worst present rate it is gone {Times.Relative(at, now)}, {Time(at)}." : " At no present rate will it be gone.";
        return words;
    }

    /// <summary>Every figure behind the state, unrounded enough to be checked by hand.</summary>
    public static IReadOnlyList<string> Arithmetic(ObjectiveStatus status)
    {
        var budget = Math.Round(1 - status.Target, 15);
        var b = status.Budget;
        var lines = new List<string>
        {
            $"b = 1 - {Plain(status.Target)} = {Plain(budget)}: {Figures.Target(budget)} may fail.",
            $"Window {Figures.Window(status.Window)}: {Time(b.PeriodStart)} to {Time(b.PeriodEnd)}, {Plain(b.CoveredMinutes)} minutes of it with data.",
        };
        if (b.Remaining is not { } left)
        {
            lines.Add("No event came in the window: nothing can be said about the budget.");
            return lines;
        }

        lines.AddRange(status.Members is { } members && members.All(m => m.Spent is not null) ? Added(members, left) : Counted(status, left));
        lines.Add($"By the events seen alone {BudgetWords.Left(b.PlainRemaining!.Value)}; with what is excluded {BudgetWords.Left(b.WithExcluded!.Value)}.");
        lines.Add($"State: {State(status.State)} (healthy above 50\u00a0%, warning above 25\u00a0%, critical above 0, frozen until 10\u00a0% is back).");
        foreach (var pair in status.Pairs)
            lines.Add(
                $"{pair.Severity.ToString().ToLowerInvariant()} {Figures.Window(pair.Long)} and {Figures.Window(pair.Short)}: burn {Beside(pair.LongAsked, pair.Factor)} and {Beside(pair.ShortAsked, pair.Factor)}, limit {Figures.Limit(pair.Factor)}: "
                + $"{(pair.Holds ? "holds" : "does not hold")}{(pair.Partial ? $" (minutes without data count as clean; {Known(pair.LongBurn)} and {Known(pair.ShortBurn)} over those with data)" : "")}.");
        lines.Add(status.OutageMinutesToPage is { } minutes ? $"A total outage pages after {Figures.Span(Duration.FromMinutes(minutes))}." : "Nothing pages.");
        foreach (var (rate, at) in b.Exhausts) lines.Add($"At the rate of the last {Figures.Window(rate)} the budget is gone {(at is { } when ? Time(when) : "never within the window")}.");
        lines.AddRange(status.Findings.Select(f => "Finding: " + f));
        return lines;
    }

    /// <summary>A time of day that needs no zone of the reader: UTC.</summary>
    public static string Time(Instant at) => at.ToString("uuuu-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    public static string Weight(double weight) => weight.ToString("0.###", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Counted(ObjectiveStatus status, double left)
    {
        var b = status.Budget;
        yield return $"Failed: {Plain(b.Failed!.Value)} of {Plain(status.Total)}; allowed in the whole window: b x N = {Plain(b.Allowed!.Value)}.";
        yield return $"Left = 1 - {Plain(b.Failed.Value)} / {Plain(b.Allowed.Value)} = {Percent(left)}.";
    }

    /// <summary>A composite by occurrences has no failures of its own: its members' weight × spent adds up (semantics.md 11).</summary>
    private static IEnumerable<string> Added(IReadOnlyList<MemberStatus> members, double left)
    {
        foreach (var m in members) yield return $"{m.Objective}, weight {Weight(m.Weight)}: {Percent(m.Spent)} of its own budget spent.";
        yield return $"Left = 1 - ({string.Join(" + ", members.Select(m => $"{Weight(m.Weight)} x {Percent(m.Spent)}"))}) = {Percent(left)}.";
    }

    private static Instant? First(ObjectiveStatus status) => status.Budget.Exhausts.Values.Where(v => v is not null).Min();

    private static string Known(double? burn) => burn is { } known ? Figures.Burn(known) : "no events";

    private static string Beside(double? burn, double limit) => burn is { } known ? Figures.BurnBeside(known, limit) : "no events";

    private static string Plain(double value) => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
