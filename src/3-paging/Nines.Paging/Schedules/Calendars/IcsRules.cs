using System.Globalization;
using NodaTime;

namespace Nines.Paging.Schedules.Calendars;

/// <summary>Reads RRULE: daily, weekly, monthly and yearly with INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY and WKST; the rest is refused, not guessed.</summary>
internal static class IcsRules
{
    private static readonly string[] DayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    public static IcsRule? Read(string text, Func<string, IcsMoment?> moment, Action<string, string> say)
    {
        var rule = new IcsRule(TurnUnit.Daily, false, 1, null, null, [], [], IsoDayOfWeek.Monday);
        var (sound, unit) = (true, false);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = at < 0 ? (part, "") : (part[..at].ToUpperInvariant(), part[(at + 1)..].ToUpperInvariant());
            switch (name)
            {
                case "FREQ" when value is "DAILY" or "WEEKLY" or "MONTHLY" or "YEARLY":
                    rule = rule with { Unit = value switch { "DAILY" => TurnUnit.Daily, "WEEKLY" => TurnUnit.Weekly, _ => TurnUnit.Monthly }, Yearly = value == "YEARLY" };
                    unit = true;
                    break;
                case "INTERVAL" when Whole(value) is { } interval: rule = rule with { Interval = interval }; break;
                case "COUNT" when Whole(value) is { } count: rule = rule with { Count = count }; break;
                case "UNTIL" when moment(value) is { } until: rule = rule with { Until = until }; break;
                case "BYDAY" when Days(value) is { } days: rule = rule with { Days = days }; break;
                case "BYMONTHDAY" when MonthDays(value) is { } days: rule = rule with { MonthDays = days }; break;
                case "WKST" when Array.IndexOf(DayNames, value) is >= 0 and var day: rule = rule with { WeekStart = (IsoDayOfWeek)(day + 1) }; break;
                default:
                    sound = false;
                    say($"The repetition \"{(part.Length > 60 ? part[..60] + "…" : part)}\" is not taken.", "Taken are FREQ=DAILY, WEEKLY, MONTHLY, YEARLY with INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, WKST.");
                    break;
            }
        }

        if (sound && !unit) say("The repetition has no FREQ.", "Write FREQ=WEEKLY, for example.");
        return sound && unit ? rule : null;
    }

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100_000 ? number : null;

    private static (int, IsoDayOfWeek)[]? Days(string text)
    {
        var days = new List<(int, IsoDayOfWeek)>();
        foreach (var part in text.Split(','))
        {
            if (part.Length < 2 || Array.IndexOf(DayNames, part[^2..]) is not (>= 0 and var day)) return null;
            var which = 0;
            if (part.Length > 2 && (!int.TryParse(part[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out which) || which is 0 or < -5 or > 5)) return null;
            days.Add((which, (IsoDayOfWeek)(day + 1)));
        }

        return [.. days];
    }

    private static int[]? MonthDays(string text)
    {
        var days = new List<int>();
        foreach (var part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var day) || day is 0 or < -31 or > 31) return null;
            days.Add(day);
        }

        return [.. days];
    }
}
