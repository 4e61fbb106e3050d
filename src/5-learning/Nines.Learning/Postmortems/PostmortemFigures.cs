using System.Globalization;
using Nines.Shell.Components;

namespace Nines.Learning.Postmortems;

/// <summary>The figures of a postmortem in words, each with where it comes from. Pure.</summary>
public static class PostmortemFigures
{
    /// <summary>What the facts say; what nobody knows is left out.</summary>
    public static IReadOnlyList<PostmortemFigure> Of(PostmortemFacts facts)
    {
        var clocks = facts.Clocks;
        var figures = new List<PostmortemFigure>();
        if (clocks.ToRestore is { } felt) figures.Add(new("duration_minutes", "Users felt it", Figures.Span(felt), "from the first minute with burn above 1 to the last, says " + Objectives(facts)));
        if (facts.Failed is { } failed) figures.Add(new("failed", "Failed", Figures.Count(failed), "bad events between these minutes, of " + Objectives(facts)));
        foreach (var impact in facts.Impact)
            figures.Add(new("slo_budget_consumed_pct", "Budget spent", Figures.Percent(impact.Measured.Spent), "of the budget of " + impact.Measured.Objective));
        foreach (var lost in facts.Revenue)
            figures.Add(new("revenue_impact", "Revenue lost", Money(lost.Lost), $"{Number(lost.Minutes)} min of {lost.Service} at {Money(lost.PerMinute)} a minute, says the postmortem policy"));
        if (clocks.ToDetect is { } detect) figures.Add(new("time_to_detect_minutes", "To detect", Figures.Span(detect), facts.Detection == "alert" ? "from the first minute to the first alert" : "from the first minute to the report"));
        if (clocks.ToAcknowledge is { } acknowledge) figures.Add(new("time_to_acknowledge_minutes", "To acknowledge", Figures.Span(acknowledge), "from the first page to whoever took it on"));
        if (clocks.ToMitigate is { } mitigate) figures.Add(new("time_to_mitigate_minutes", "To mitigate", Figures.Span(mitigate), "from the detection to the word that users feel it no more"));
        if (clocks.ToResolve is { } resolve) figures.Add(new("time_to_resolve_minutes", "To resolve", Figures.Span(resolve), "from the detection to the end of the incident"));
        return figures;
    }

    /// <summary>An amount as people read it: <c>1,240.50 EUR</c>.</summary>
    public static string Money(Catalog.Money money) => money.Amount.ToString("#,##0.##", CultureInfo.InvariantCulture) + "\u00a0" + money.Currency;

    private static string Number(double minutes) => minutes.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Objectives(PostmortemFacts facts) => string.Join(", ", facts.Impact.Select(i => i.Measured.Objective));
}
