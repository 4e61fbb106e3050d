using System.Globalization;
using Nines.Shell.Components;

namespace Nines.Paging.Handoffs.Ui;

/// <summary>Where a figure stands between its limits, as shares of a bar.</summary>
/// <param name="One">Where the middle begins.</param>
/// <param name="Middle">How wide it is.</param>
/// <param name="Two">Where the last part begins.</param>
/// <param name="Rest">How wide it is.</param>
/// <param name="First">Class of the first part.</param>
/// <param name="Last">Class of the last part.</param>
/// <param name="Pin">Where the value stands; null for none.</param>
/// <param name="Healthy">What is healthy, in words.</param>
internal sealed record HealthScale(string One, string Middle, string Two, string Rest, string First, string Last, string? Pin, string Healthy)
{
    public static HealthScale Of(HealthFigure figure)
    {
        var limit = HealthLimits.All.First(l => l.Key == figure.Key);
        // More is worse: the bar ends a third beyond the critical limit. Of five, it runs from one to five.
        var (begin, end) = limit.MoreIsBetter ? (1d, 5d) : (0d, limit.Critical * 4 / 3);
        var (low, high) = limit.MoreIsBetter ? (limit.Critical, limit.Warn) : (limit.Warn, limit.Critical);
        return new(
            Share(low), Share(high, low), Share(high), Share(end, high), limit.MoreIsBetter ? "z3" : "z1", limit.MoreIsBetter ? "z1" : "z3",
            figure.Value is { } value ? Share(Math.Clamp(value, begin, end)) : null, $"{(limit.MoreIsBetter ? "over" : "under")} {Number(limit.Warn)}{Unit(limit.Unit)}");

        string Share(double to, double? from = null) => ((to - (from ?? begin)) / (end - begin)).ToString("0.#%", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);
    }

    /// <summary>The value in words.</summary>
    public static string Now(HealthFigure figure) => figure.Value is not { } value ? "—"
        : figure.Unit == "min" ? Figures.Span(NodaTime.Duration.FromMinutes(value))
        : figure.Key == "offHoursPerWeek" ? $"{Number(value)} a week" : Number(value) + Unit(figure.Unit);

    private static string Unit(string unit) => unit switch { "%" => " %", "min" => " min", "of 5" => " of 5", _ => "" };

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
