using System.Globalization;
using Nines.Catalog.Manifests;
using NodaTime;
using NodaTime.Text;

namespace Nines.Paging.Schedules.Manifests;

/// <summary>Reads local times, dates, zones and people, each with a message that says what to write.</summary>
internal static class ScheduleFields
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    // Written years outside are slips; they also keep the calendar's ends out of reach.
    private const int FirstYear = 1971;
    private const int LastYear = 2299;

    /// <summary>The word for a slot that nobody has.</summary>
    public const string Nobody = "nobody";

    public static DateTimeZone? Zone(this Field field)
    {
        var text = field.Text();
        if (text.Length == 0) return null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) is { } zone) return zone;
        var meant = NearestName.Of(text, DateTimeZoneProviders.Tzdb.Ids);
        field.Wrong($"\"{text}\" is not an IANA time zone.", meant is null ? "Write one such as Europe/Berlin." : $"Did you mean {meant}?");
        return null;
    }

    /// <summary>A time of day; 24:00 is given as midnight with <paramref name="nextDay"/>.</summary>
    public static LocalTime? Time(this Field field, out bool nextDay)
    {
        nextDay = false;
        var text = field.Text();
        if (text.Length == 0) return null;
        if (text == "24:00")
        {
            nextDay = true;
            return LocalTime.Midnight;
        }

        if (Clock.Parse(text.Length == 4 ? "0" + text : text) is { Success: true } parsed) return parsed.Value;
        field.Wrong($"\"{text}\" is not a time of day.", "Write one such as 09:00.");
        return null;
    }

    public static LocalDate? Date(this Field field)
    {
        var text = field.Text();
        if (text.Length == 0) return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } parsed && parsed.Value.Year is >= FirstYear and <= LastYear) return parsed.Value;
        field.Wrong($"\"{text}\" is not a date.", "Write one such as 2026-01-05.");
        return null;
    }

    /// <summary>A local date, with or without a time of day.</summary>
    public static LocalDateTime? DateTime(this Field field, LocalTime otherwise)
    {
        var text = field.Text();
        if (text.Length == 0) return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date && date.Value.Year is >= FirstYear and <= LastYear) return date.Value + otherwise;
        if (Minute.Parse(text.Replace(' ', 'T')) is { Success: true } time && time.Value.Year is >= FirstYear and <= LastYear) return time.Value;
        field.Wrong($"\"{text}\" is not a local time.", "Write one such as 2026-01-05T09:00, without an offset: the zone is the schedule's.");
        return null;
    }

    /// <summary>A moment, with its offset.</summary>
    public static Instant? Instant(this Field field)
    {
        var text = field.Text();
        if (text.Length == 0) return null;
        if (OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true } parsed && parsed.Value.Year is >= FirstYear and <= LastYear) return parsed.Value.ToInstant();
        field.Wrong($"\"{text}\" is not a time.", "Write one with its offset such as 2026-01-05T09:00:00+01:00.");
        return null;
    }

    /// <summary>One or more people of a slot; none for <c>nobody</c>.</summary>
    public static IReadOnlyList<string> People(this Field field)
    {
        string[] all = [.. field.Texts().Distinct(StringComparer.Ordinal)];
        if (!all.Contains(Nobody)) return all;
        if (all.Length > 1) field.Wrong("A slot that is nobody's names nobody else.", "Take the people away, or the word nobody.");
        return [];
    }

    public static string[] Weekdays { get; } = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static IsoDayOfWeek DayOf(string word) => (IsoDayOfWeek)(Array.IndexOf(Weekdays, word.ToLower(CultureInfo.InvariantCulture)) + 1);
}
