using Nines.Catalog.Manifests;
using Nines.Paging.Schedules.Calendars;
using NodaTime;

namespace Nines.Paging.Schedules.Manifests;

/// <summary>Reads one layer of a schedule.</summary>
internal static class LayerReading
{
    // A turn longer than a year, or than 400 of its units, is a slip.
    private const int LongestTurn = 400;
    private const int MostSlots = 200;

    private static readonly LocalTime Morning = new(9, 0);

    public static ScheduleLayer Read(Field field, int number)
    {
        field.IsMapping();
        var name = field.Optional("name").Text();
        var rotation = ReadRotation(field.Optional("rotation"));
        var layer = new ScheduleLayer
        {
            Name = name.Length > 0 ? name : $"layer {number}",
            Zone = field.Optional("timeZone").Zone(),
            Rotation = rotation,
            Shifts = ReadShifts(field.Optional("shifts")),
            Calendar = ReadCalendar(field.Optional("ical")),
            Hours = HoursReading.Read(field.Optional("hours")),
            From = field.Optional("from").DateTime(LocalTime.Midnight),
            Until = field.Optional("until").DateTime(LocalTime.Midnight),
            Shadow = field.Optional("shadow").Flag() ?? false,
            RestsOnHolidays = field.Optional("restsOnHolidays").Flag() ?? false,
        };
        if (!field.Optional("rotation").Given && !field.Optional("shifts").Given && !field.Optional("ical").Given)
            field.Wrong("This layer has nobody.", "Write rotation: with people who take turns, shifts:, or ical: with the text of a calendar.");
        if (layer.From is { } from && layer.Until is { } until && from >= until)
            field.Optional("until").Wrong("The layer ends before it begins.", "Write a later time.");
        return layer;
    }

    private static Rotation? ReadRotation(Field field)
    {
        if (!field.Given || !field.IsMapping()) return null;
        var unit = field.Require("turn", "Write turn: hourly, daily, weekly or monthly.").Choice("hourly", "daily", "weekly", "monthly");
        var length = field.Optional("length").Integer(1, LongestTurn) ?? 1;
        var handOver = field.Optional("handOver").Time(out _);
        var start = ReadStart(field.Require("start", "Write the first hand-over such as 2026-01-05 (a Monday); it gives the weekday of all others."), handOver);
        var slots = ReadSlots(field.Require("people", "Write the people in the order of their turns."));
        if (unit is null || start is null || slots.Count == 0) return null;
        return new(Enum.Parse<TurnUnit>(unit, ignoreCase: true), (int)length, start.Value, slots);
    }

    private static LocalDateTime? ReadStart(Field field, LocalTime? handOver)
    {
        if (field.DateTime(handOver ?? Morning) is not { } start) return null;
        if (handOver is { } time && start.TimeOfDay != time)
            field.Wrong("The start and handOver name two times of day.", "Write the time in one of them.");
        return start;
    }

    private static List<IReadOnlyList<string>> ReadSlots(Field field)
    {
        var slots = field.Node is ManifestScalar ? [field.People()] : field.Items().Select(i => i.People()).ToList();
        if (field.Given && slots.Count == 0 && field.Node is ManifestSequence) field.Wrong("Nobody is in this rotation.", "Write the people in the order of their turns.");
        if (slots.Count > MostSlots) field.Wrong($"A rotation has at most {MostSlots} slots, but here are {slots.Count}.", "Make two schedules of it.");
        return slots;
    }

    /// <summary>The calendar's text stands in the manifest: what counts is then versioned with it.</summary>
    private static IcsCalendar? ReadCalendar(Field field)
    {
        if (!field.Given) return null;
        var text = field.Text();
        if (text.Length == 0) return null;
        var calendar = IcsReader.Read(text);
        foreach (var problem in calendar.Problems) field.Wrong($"Line {problem.Place?.Line} of the calendar: {problem.What}", problem.Remedy);
        return calendar;
    }

    private static List<FixedShift> ReadShifts(Field field)
    {
        var shifts = new List<FixedShift>();
        foreach (var item in field.Items())
        {
            var (from, until) = (item.Require("from").Instant(), item.Require("until").Instant());
            var people = item.Require("people", "Write who has this shift.").People();
            if (from is null || until is null) continue;
            if (from >= until) item.Optional("until").Wrong("The shift ends before it begins.", "Write a later time.");
            else shifts.Add(new(from.Value, until.Value, people));
        }

        return shifts;
    }
}
