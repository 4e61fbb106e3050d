using System.Globalization;

namespace Nines.Alerting.Alerts;

/// <summary>Reads the parts of a time interval as Alertmanager writes them: <c>monday:friday</c>, <c>-3:-1</c>, <c>may:august</c>, <c>2026:2027</c>.</summary>
public static class TimeIntervalText
{
    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>A weekday or a range of them; sunday may also stand first, as Alertmanager counts.</summary>
    public static IReadOnlyList<NumberRange>? Weekday(string text)
    {
        if (Range(text, Weekdays, 0, 0) is not { } range) return null;
        if (range.From <= range.To) return [range];
        // sunday:thursday begins with the week's first day there.
        return range.From == 7 ? [new(7, 7), new(1, range.To)] : null;
    }

    /// <summary>A day of the month, from its end where negative, or a range.</summary>
    public static NumberRange? Day(string text) =>
        Range(text, [], -31, 31) is { From: not 0, To: not 0 } range && (Math.Sign(range.From) != Math.Sign(range.To) || range.From <= range.To)
        && !(range.From < 0 && range.To > 0) ? range : null;

    /// <summary>A month by name or number, or a range.</summary>
    public static NumberRange? Month(string text) => Range(text, Months, 1, 12) is { } range && range.From <= range.To ? range : null;

    /// <summary>A year or a range.</summary>
    public static NumberRange? Year(string text) => Range(text, [], 1970, 9998) is { } range && range.From <= range.To ? range : null;

    /// <summary>A stretch of a day from two times: <c>09:00</c>, <c>24:00</c>.</summary>
    public static MinuteRange? Time(string from, string to) => Minute(from) is { } a && Minute(to) is { } b && a < b ? new(a, b) : null;

    /// <summary>A stretch of a day as one text: <c>09:00-17:00</c>.</summary>
    public static MinuteRange? Time(string text) => text.Split('-', StringSplitOptions.TrimEntries) is [var from, var to] ? Time(from, to) : null;

    private static int? Minute(string text)
    {
        if (text is not [>= '0' and <= '9', >= '0' and <= '9', ':', >= '0' and <= '5', >= '0' and <= '9']) return null;
        var minutes = (int.Parse(text.AsSpan(0, 2), CultureInfo.InvariantCulture) * 60) + int.Parse(text.AsSpan(3), CultureInfo.InvariantCulture);
        return minutes <= 24 * 60 ? minutes : null;
    }

    private static NumberRange? Range(string text, string[] names, int least, int most)
    {
        var parts = text.Split(':', StringSplitOptions.TrimEntries);
        if (parts.Length is 0 or > 2 || One(parts[0]) is not { } from || One(parts[^1]) is not { } to) return null;
        return new(from, to);

        int? One(string part)
        {
            var named = Array.FindIndex(names, n => n.Equals(part, StringComparison.OrdinalIgnoreCase));
            if (named >= 0) return named + 1;
            return most != 0 && int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
        }
    }
}
