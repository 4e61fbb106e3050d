using System.Globalization;
using NodaTime;

namespace Nines.Shell.Components;

/// <summary>Numbers as people read them, with a no-break space before the unit and nothing rounded into a lie.</summary>
public static class Figures
{
    private const string Nb = "\u00a0";
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>What a figure that nobody knows looks like.</summary>
    public const string Unknown = "—";

    /// <summary>A share of a budget: <c>38.0 %</c>. Less than all never reads 100, more than nothing never reads 0.</summary>
    public static string Percent(double? share, int digits = 1)
    {
        if (share is not { } value || !double.IsFinite(value)) return Unknown;
        var step = Math.Pow(10, -digits);
        if (value < -10) return Minus((value * 100).ToString("#,##0", Plain)) + Nb + "%";
        var shown = Math.Round(value * 100, digits, MidpointRounding.AwayFromZero);
        if (value < 1 && shown >= 100) shown = 100 - step;
        if (value > 0 && shown <= 0) shown = step;
        if (value < 0 && shown >= 0) shown = -step;
        return Minus(shown.ToString("N" + digits.ToString(Plain), Plain)) + Nb + "%";
    }

    /// <summary>A target as it was written: <c>99.9 %</c>, <c>95 %</c>.</summary>
    public static string Target(double target) => (target * 100).ToString("0.######", Plain) + Nb + "%";

    /// <summary>A measured ratio with one digit more than its nines, cut and never rounded up: 0.999384 is <c>99.938 %</c>.</summary>
    public static string Ratio(double? ratio)
    {
        if (ratio is not { } value || !double.IsFinite(value)) return Unknown;
        if (value >= 1) return "100" + Nb + "%";
        var digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(1 - Math.Max(value, 0))) - 1, 1, 5);
        var scale = Math.Pow(10, digits);
        return (Math.Floor((value * 100 * scale) + 1e-6) / scale).ToString("F" + digits.ToString(Plain), Plain) + Nb + "%";
    }

    /// <summary>A burn rate: <c>4.1×</c>, <c>0.04×</c>, <c>120×</c>.</summary>
    public static string Burn(double? rate)
    {
        if (rate is not { } value || !double.IsFinite(value)) return Unknown;
        var format = value switch { 0 => "0", < 0.095 => "0.00", < 99.95 => "0.0", _ => "#,##0" };
        return value is > 0 and < 0.005 ? "<" + Nb + "0.01×" : value.ToString(format, Plain) + "×";
    }

    /// <summary>A limit as it was set: <c>14.4×</c>, <c>6×</c>.</summary>
    public static string Limit(double factor) => factor.ToString("0.##", Plain) + "×";

    /// <summary>A burn beside the limit that it is held against: with as many digits as it takes to see on which side it is.</summary>
    public static string BurnBeside(double rate, double limit)
    {
        var digits = Beside(rate, limit, rate < 99.95 ? 1 : 0);
        return digits < 2 ? Burn(rate) : rate.ToString("F" + digits.ToString(Plain), Plain) + "×";
    }

    /// <summary>A share beside the limit that it is held against, in the same way: <c>30.02 %</c> beside 30 %.</summary>
    public static string PercentBeside(double share, double limit) => Percent(share, Beside(share * 100, limit * 100, 1));

    private static int Beside(double value, double limit, int digits)
    {
        var most = digits + 5;
        while (digits < most && Math.Sign(Math.Round(value, digits, MidpointRounding.AwayFromZero) - limit) != Math.Sign(value - limit)) digits++;
        return digits;
    }

    /// <summary>A count in a sentence: whole below a million, <c>27,003</c>, then three digits, <c>1.24 million</c>.</summary>
    public static string Rounded(double? count)
    {
        if (count is not { } value || !double.IsFinite(value) || Math.Abs(value) < 999_999.5) return Count(count);
        var (unit, word) = Math.Abs(value) < 999_500_000 ? (1e6, "million") : Math.Abs(value) < 999_500_000_000 ? (1e9, "billion") : (1e12, "trillion");
        var shown = Math.Abs(value) / unit;
        return Minus((value / unit).ToString(shown < 9.995 ? "0.00" : shown < 99.95 ? "0.0" : "#,##0", Plain)) + Nb + word;
    }

    /// <summary>A count that is under a limit: cut after one digit, never rounded up to the limit.</summary>
    public static string CutCount(double count) => Count(Math.Floor((count * 10) + 1e-6) / 10);

    /// <summary>A count with thousands apart; parts of events (spread over a hole) show one digit below ten.</summary>
    public static string Count(double? count)
    {
        if (count is not { } value || !double.IsFinite(value)) return Unknown;
        return Minus(value.ToString(Math.Abs(value) < 10 && value != Math.Floor(value) ? "0.0" : "#,##0", Plain));
    }

    /// <summary>A rate a second: <c>41.2/s</c>.</summary>
    public static string Rate(double? perSecond) => perSecond is { } value && double.IsFinite(value)
        ? value.ToString(value >= 100 ? "#,##0" : value >= 1 ? "0.0" : "0.###", Plain) + "/s"
        : Unknown;

    /// <summary>A length of time in at most two units: <c>5 d 13 h</c>, <c>51 min</c>, <c>4 s</c>.</summary>
    public static string Span(Duration span)
    {
        var s = (long)Math.Abs(span.TotalSeconds);
        return s switch
        {
            < 60 => $"{s}{Nb}s",
            < 3600 => $"{s / 60}{Nb}min",
            < 86400 => $"{s / 3600}{Nb}h" + (s % 3600 / 60 is > 0 and var m ? $" {m}{Nb}min" : ""),
            _ => $"{s / 86400}{Nb}d" + (s % 86400 / 3600 is > 0 and var h ? $" {h}{Nb}h" : ""),
        };
    }

    /// <summary>A window's name with spaces: <c>30d</c> is <c>30 d</c>, <c>1h</c> is <c>1 h</c>, <c>5m</c> is <c>5 min</c>.</summary>
    public static string Window(string field)
    {
        var words = new System.Text.StringBuilder();
        for (var i = 0; i < field.Length; i++)
        {
            if (i > 0 && char.IsAsciiDigit(field[i]) != char.IsAsciiDigit(field[i - 1])) words.Append(char.IsAsciiDigit(field[i]) ? " " : Nb);
            words.Append(field[i]);
        }
        var text = words.ToString();
        return text.EndsWith(Nb + "m", StringComparison.Ordinal) ? text + "in" : text;
    }

    /// <summary>One or many: <c>1 service</c>, <c>5 services</c>.</summary>
    public static string Of(long count, string one, string? many = null) =>
        count.ToString("#,##0", Plain) + Nb + (count == 1 ? one : many ?? one + "s");

    private static string Minus(string figure) => figure.Replace('-', '−');
}
