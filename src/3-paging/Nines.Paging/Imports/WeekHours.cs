using System.Globalization;

namespace Nines.Paging.Imports;

/// <summary>Hours of the week from a beginning and a length.</summary>
internal static class WeekHours
{
    public static IReadOnlyList<string> Days { get; } = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>Every day, or some days, from a time of day on for so many seconds; null where that is always.</summary>
    public static DraftHours? Daily(IReadOnlyList<string> days, string from, long seconds)
    {
        if (seconds >= 86_400 && days.Count is 0 or 7) return null;
        return new(days, Clock(Minutes(from)), Clock((Minutes(from) + (int)(seconds / 60)) % 1440));
    }

    /// <summary>From a weekday and time on for so many seconds.</summary>
    public static DraftHours? Weekly(int day, string from, long seconds)
    {
        if (seconds >= 7 * 86_400) return null;
        var end = (day * 1440) + Minutes(from) + (int)(seconds / 60);
        return new([], $"{Days[day]} {Clock(Minutes(from))}", $"{Days[end / 1440 % 7]} {Clock(end % 1440)}");
    }

    /// <summary>Minutes of a time such as <c>08:30:00</c>.</summary>
    public static int Minutes(string text) =>
        text.Split(':') is [var hours, var minutes, ..] && int.TryParse(hours, CultureInfo.InvariantCulture, out var h) && int.TryParse(minutes, CultureInfo.InvariantCulture, out var m) ? (((h * 60) + m) % 1440 + 1440) % 1440 : 0;

    /// <summary>A time of day.</summary>
    public static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";
}
