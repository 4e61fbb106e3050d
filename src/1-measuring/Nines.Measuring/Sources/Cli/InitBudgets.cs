using System.Text.Json;
using Nines.Kernel;
using Nines.Shell;
using NodaTime;
using Spectre.Console;

namespace Nines.Measuring.Sources.Cli;

/// <summary>The budgets that init ends with: a table, and what a newcomer should know about it.</summary>
internal static class InitBudgets
{
    // The last four columns hold figures.
    private const int FirstFigure = 1;

    /// <summary>Reads the status of each objective.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync(CommandRun run, IReadOnlyList<Proposal> proposals)
    {
        var budgets = new List<JsonElement>();
        foreach (var proposal in proposals)
        {
            var status = await run.Server.GetAsync<JsonElement>($"/api/v1/objectives/{proposal.Name}", run.Stop);
            if (status.Ok) budgets.Add(status.Value);
        }

        return budgets;
    }

    /// <summary>Shows them.</summary>
    public static void Show(CommandRun run, IReadOnlyList<JsonElement> budgets, string folder)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("objective", "target", "measured", "budget left of 30d", "state");
        for (var i = FirstFigure; i < 4; i++) table.Columns[i].RightAligned().NoWrap();
        foreach (var status in budgets) table.AddRow(Row(status));
        run.Screen.Write(table);
        var missed = budgets.Where(status => Number(status, "sli") is { } measured && measured < Number(status, "target")).Select(status => Text(status, "name")).ToArray();
        var silent = budgets.Where(status => Number(status, "sli") is null).Select(status => Text(status, "name")).ToArray();
        if (missed.Length > 0)
            run.Messages.WriteLine($"{missed.Length} of {budgets.Count} did not meet their target in the history that was read: {Named(missed)}. Begin with a target that is met, in {folder}, and tighten it later.");
        if (silent.Length > 0) run.Messages.WriteLine($"{silent.Length} had no events yet: {Named(silent)}.");
        if (Longest(budgets) is { } minutes && minutes < 29.5 * 24 * 60)
            run.Messages.WriteLine($"The history covers {FieldDuration.Format(Duration.FromMinutes(Math.Max(1, Math.Round(minutes))))} of the 30 days; for the rest the budget assumes the same traffic without failures.");
        run.Messages.WriteLine($"See them at {run.Server.Address}.");
    }

    private static Markup[] Row(JsonElement status)
    {
        static string Share(double? value) => value is { } share ? share.ToString("P2", System.Globalization.CultureInfo.InvariantCulture) : "no data";
        double? remaining = status.TryGetProperty("budget", out var budget) ? Number(budget, "remaining") : null;
        return [new(Markup.Escape(Text(status, "name"))), new(Share(Number(status, "target"))), new(Share(Number(status, "sli"))), new(Share(remaining)), new(Markup.Escape(Text(status, "state")))];
    }

    private static double? Longest(IReadOnlyList<JsonElement> budgets)
    {
        double? most = null;
        foreach (var status in budgets)
            if (status.TryGetProperty("budget", out var budget) && Number(budget, "coveredMinutes") is { } covered && !(covered < most)) most = covered;
        return most;
    }

    private static string Named(string[] names) => string.Join(", ", names.Take(5)) + (names.Length > 5 ? $" and {names.Length - 5} more" : "");

    private static double? Number(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.ToString() : "";
}
