using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Paging.Schedules.Manifests;

/// <summary>
/// Reads the hours of the week: <c>{ days: [monday, friday], from: "09:00", until: "17:00" }</c>, or one stretch over
/// several days such as <c>{ from: friday 17:00, until: monday 09:00 }</c>.
/// </summary>
internal static class HoursReading
{
    public static IReadOnlyList<WeeklyHours> Read(Field field)
    {
        var hours = new List<WeeklyHours>();
        foreach (var item in field.Node is ManifestMapping ? [field] : field.Items())
            if (item.IsMapping()) hours.AddRange(ReadOne(item));
        return hours;
    }

    private static IEnumerable<WeeklyHours> ReadOne(Field field)
    {
        var (days, from, until) = (field.Optional("days"), field.Optional("from"), field.Optional("until"));
        if (!days.Given && (IsDayAndTime(from.Text()) || IsDayAndTime(until.Text()))) return OverDays(field, from, until);
        IsoDayOfWeek[] on = days.Given ? [.. Days(days)] : Enum.GetValues<IsoDayOfWeek>()[1..];
        var begins = from.Time(out var never) ?? LocalTime.Midnight;
        var ends = until.Time(out var nextDay);
        if (never) from.Wrong("Hours cannot begin at 24:00.", "Write 00:00.");
        if (!days.Given && !from.Given && !until.Given) field.Wrong("These hours say nothing.", "Write days: [monday, …], or from: and until:, or both.");
        // Hours that end before they begin end on the next day; without an end they last the day.
        var later = ends is null || nextDay || ends <= begins ? 1 : 0;
        return on.Select(day => new WeeklyHours(day, begins, later, ends ?? LocalTime.Midnight));
    }

    private static IEnumerable<WeeklyHours> OverDays(Field field, Field from, Field until)
    {
        var (begins, ends) = (DayAndTime(from), DayAndTime(until));
        if (begins is not { } a || ends is not { } b) return [];
        var days = (((int)b.Day - (int)a.Day) + 7) % 7;
        if (days == 0 && b.Time <= a.Time) days = 7;
        if (days == 7 && b.Time == a.Time) field.Notes("These hours are the whole week.", "Leave hours: out.");
        return [new(a.Day, a.Time, days, b.Time)];
    }

    private static IEnumerable<IsoDayOfWeek> Days(Field field)
    {
        var found = new List<IsoDayOfWeek>();
        foreach (var item in field.Node is ManifestScalar ? [field] : field.Items())
        {
            switch (item.Text())
            {
                case "weekdays": found.AddRange(Enum.GetValues<IsoDayOfWeek>()[1..6]); break;
                case "weekends": found.AddRange([IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday]); break;
                default: if (item.Choice([.. ScheduleFields.Weekdays, "weekdays", "weekends"]) is { } word) found.Add(ScheduleFields.DayOf(word)); break;
            }
        }

        return found.Distinct().Order();
    }

    private static bool IsDayAndTime(string text) => text.Contains(' ', StringComparison.Ordinal);

    private static (IsoDayOfWeek Day, LocalTime Time)? DayAndTime(Field field)
    {
        var parts = field.Text().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 2 && ScheduleFields.Weekdays.Contains(parts[0].ToLowerInvariant(), StringComparer.Ordinal)
            && NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(parts[1]) is { Success: true } time)
            return (ScheduleFields.DayOf(parts[0]), time.Value);
        field.Wrong($"\"{field.Text()}\" is not a weekday and a time.", "Write one such as friday 17:00.");
        return null;
    }
}
