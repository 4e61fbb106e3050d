using System.Globalization;

namespace Nines.Measuring.Objectives.Cli;

/// <summary>Figures of a status as terminal text.</summary>
internal static class SloWords
{
    public static string Percent(double? ratio) =>
        ratio is { } known ? (known * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %" : "no data";

    public static string State(BudgetState state) => state == BudgetState.NoData ? "no data" : state.ToString().ToLowerInvariant();

    public static string Burn(ObjectiveStatus status, string window) =>
        status.Burn.FirstOrDefault(b => b.Window == window)?.Rate is { } rate ? rate.ToString("0.##", CultureInfo.InvariantCulture) : "-";

    public static string Alert(ObjectiveStatus status)
    {
        var firing = status.Alerts.FirstOrDefault(a => a.State == AlertPhase.Firing);
        return firing is null ? "-" : firing.Severity.ToString().ToLowerInvariant();
    }

    public static string Gone(ObjectiveStatus status)
    {
        var first = status.Budget.Exhausts.Values.Where(v => v is not null).Min();
        return first is { } at ? at.ToString("uuuu-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) : "never";
    }

    public static string Answer(ObjectiveStatus status)
    {
        if (status.Budget.Remaining is not { } left) return "nobody knows; no event has come in its window.";
        var words = left <= 0
            ? $"the budget is gone, overspent by {Percent(-left)}."
            : $"{State(status.State)}, {Percent(left)} of the budget left ({status.Budget.RemainingMinutes:0.#} minutes of outage).";
        if (status.SilentSince is { } since) words += $" Nothing has come in since {since}.";
        if (left > 0) words += Gone(status) == "never" ? " At no present rate will it be gone." : $" At the worst present rate it is gone at {Gone(status)}.";
        return words;
    }

    public static IReadOnlyList<string> Arithmetic(ObjectiveStatus status)
    {
        var budget = Math.Round(1 - status.Target, 15);
        var b = status.Budget;
        var lines = new List<string>
        {
            $"b = 1 - {Plain(status.Target)} = {Plain(budget)}: {Percent(budget)} may fail.",
            $"Window {status.Window}: {b.PeriodStart} to {b.PeriodEnd}, {Plain(b.CoveredMinutes)} minutes of it with data.",
        };
        if (b.Remaining is not { } left)
        {
            lines.Add("No event came in the window: nothing can be said about the budget.");
            return lines;
        }

        lines.Add($"Failed: {Plain(b.Failed!.Value)} of {Plain(status.Total)}; allowed in the whole window: b x N = {Plain(b.Allowed!.Value)}.");
        lines.Add($"Left = 1 - {Plain(b.Failed.Value)} / {Plain(b.Allowed.Value)} = {Percent(left)}; by the events seen alone {Percent(b.PlainRemaining)}; with what is excluded {Percent(b.WithExcluded)}.");
        lines.Add($"State: {State(status.State)} (healthy above 50 %, warning above 25 %, critical above 0, frozen until 10 % is back).");
        foreach (var pair in status.Pairs)
            lines.Add(
                $"{pair.Severity.ToString().ToLowerInvariant()} {pair.Long}/{pair.Short}: burn {Known(pair.LongBurn)} and {Known(pair.ShortBurn)}, limit {Plain(pair.Factor)}: "
                + $"{(pair.Holds ? "holds" : "does not hold")}{(pair.Partial ? ", partial" : "")}.");
        lines.Add(status.OutageMinutesToPage is { } minutes ? $"A total outage pages after {minutes} minutes." : "Nothing pages.");
        foreach (var (rate, at) in b.Exhausts) lines.Add($"At the rate of the last {rate} the budget is gone {(at is null ? "never within the window" : $"at {at}")}.");
        lines.AddRange(status.Findings.Select(f => "Finding: " + f));
        return lines;
    }

    private static string Known(double? value) => value is { } known ? Plain(known) : "no events";

    private static string Plain(double value) => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);
}
