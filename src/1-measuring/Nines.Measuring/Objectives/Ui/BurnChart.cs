using Nines.Shell.Charts;
using Nines.Shell.Components;

namespace Nines.Measuring.Objectives.Ui;

/// <summary>How fast the budget burned over time, on a log scale, with the alerts behind and the limits across.</summary>
internal static class BurnChart
{
    private const double Low = 0.01;

    public static TimeChart Draw(ObjectivePageModel model, Reader reader)
    {
        var (o, history) = (model.Objective, model.History);
        var step = StepFor(model.Range);
        var burn = Rates(history, step, 1 - o.Target, out var start);
        var largest = burn.Where(double.IsFinite).DefaultIfEmpty(1).Max();
        var limits = o.Pairs.Where(p => p.Page).Select(p => p.Limit).DefaultIfEmpty(10).Max();
        var high = Math.Pow(10, Math.Ceiling(Math.Log10(Math.Max(Math.Max(largest, limits * 1.2), 10))));
        return new()
        {
            Title = "Burn, log scale",
            Sentence = $"How many times faster than the budget allows {o.Service} {o.Label} failed; the largest was {Figures.Burn(largest)}.",
            Time = new(model.Range.FromMs, BurnDownChart.EndOf(model.Range)),
            NowMs = reader.Now.ToUnixTimeMilliseconds() < BurnDownChart.EndOf(model.Range) ? reader.Now.ToUnixTimeMilliseconds() : null,
            Value = new(Low, high, Log: true),
            Zone = reader.Zone.Id,
            Height = 120,
            Series = [new("burn", "×", start, step, burn)],
            Grid = [new(1, "1× · spends the budget exactly"), .. o.Pairs.Where(p => p.Page).Take(1).Select(p => new GridLine(p.Limit, $"{Figures.Limit(p.Limit)} · page over {Figures.Window(p.Long)}", Limit: true))],
            Bands = BurnDownChart.BandsOf(o, reader.Now.ToUnixTimeMilliseconds()),
        };
    }

    /// <summary>
    /// Burn of each step, event-weighted; a step without events burns nothing, one without data is NaN. Of a composite's
    /// members weight × burn is added (semantics.md 11).
    /// </summary>
    internal static double[] Rates(ObjectiveHistory history, long stepMs, double budget, out long start)
    {
        start = history.StartMs / stepMs * stepMs;
        if (history.Bad.Length == 0) return [];
        var rates = new double[(int)((history.EndMs - 1 - start) / stepMs) + 1];
        Array.Fill(rates, double.NaN);
        if (history.Members.Count == 0) Add(rates, history, stepMs, start, history.Bad, history.Total, 1 / budget);
        else foreach (var m in history.Members) Add(rates, history, stepMs, start, m.Bad, m.Total, m.Weight / m.Budget);
        for (var i = 0; i < rates.Length; i++) rates[i] = Math.Max(rates[i], Low);
        return rates;
    }

    private static void Add(double[] rates, ObjectiveHistory history, long stepMs, long start, double[] bads, double[] totals, double perError)
    {
        var (bad, total) = (new double[rates.Length], new double[rates.Length]);
        for (var i = 0; i < bads.Length; i++)
        {
            if (!double.IsFinite(totals[i])) continue;
            var at = (int)((history.StartMs + (i * history.StepMs) - start) / stepMs);
            (bad[at], total[at]) = (bad[at] + bads[i], total[at] + totals[i]);
            if (double.IsNaN(rates[at])) rates[at] = 0;
        }

        for (var i = 0; i < rates.Length; i++)
            if (total[i] > 0) rates[i] += bad[i] / total[i] * perError;
    }

    // About 300 steps across: what is shown stays readable, and a burst of minutes stays visible.
    private static long StepFor(ShownRange range)
    {
        var wanted = (range.ToMs - range.FromMs) / 300;
        foreach (var minutes in (ReadOnlySpan<long>)[1, 5, 10, 30, 60, 120, 180, 360])
            if (minutes * 60_000 >= wanted) return minutes * 60_000;
        return 720 * 60_000;
    }
}
