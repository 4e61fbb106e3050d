using Nines.Paging.Schedules;
using Nines.Paging.Schedules.Calendars;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Schedules;

/// <summary>The nights and edits on which other programs' schedules were wrong, with their own figures.</summary>
public class RivalNightsTests
{
    private static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    private static Rota Of(string zone, params ScheduleLayer[] layers) => new(new() { Name = "s", DisplayName = "s", Zone = Zone(zone), Layers = layers }, _ => true);

    private static IReadOnlyList<string>[] People(params string[] people) => [.. people.Select(p => (IReadOnlyList<string>)[p])];

    private static WeeklyHours[] Weekdays(LocalTime from, LocalTime until) => [.. Enumerable.Range(1, 5).Select(d => new WeeklyHours((IsoDayOfWeek)d, from, 0, until))];

    [Fact]
    public void Between_DailyHoursWrittenInSummer_AreTheSameInWinter()
    {
        // grafana/oncall#3261: 08:30 to 17:30 in London became 07:30 to 16:30 on 29 October 2023.
        var rota = Of("Europe/London", new ScheduleLayer { Name = "office", Rotation = new(TurnUnit.Weekly, 1, new(2023, 9, 4, 8, 30), People("ada")), Hours = Weekdays(new(8, 30), new(17, 30)) });

        var on = rota.Between(Instant.FromUtc(2023, 10, 1, 0, 0), Instant.FromUtc(2024, 4, 30, 0, 0)).Where(s => !s.IsGap).ToArray();

        Assert.True(on.Length > 140);
        Assert.All(on, s => Assert.Equal((new LocalTime(8, 30), new LocalTime(17, 30)), (s.From.InZone(Zone("Europe/London")).TimeOfDay, s.Until.InZone(Zone("Europe/London")).TimeOfDay)));
    }

    [Theory]
    [InlineData(2024, 10, 28, 169)]
    [InlineData(2025, 3, 3, 167)]
    public void Between_WeeklyFromTuesdayNine_HasNoGapInAutumnAndNoOverlapInSpring(int year, int month, int day, int hours)
    {
        // grafana/oncall#5247: weekly from 2024-10-01T09:00 in Chicago for 604800 seconds left an hour open on 3 November 2024 and doubled one on 9 March 2025.
        var rota = Of("America/Chicago", new ScheduleLayer { Name = "weeks", Rotation = new(TurnUnit.Weekly, 1, new(2024, 10, 1, 9, 0), People("ada", "bo")) });
        var shift = rota.At(new LocalDateTime(year, month, day, 12, 0).PlusDays(1).InZoneStrictly(Zone("America/Chicago")).ToInstant());

        Assert.Equal(hours, (shift.Until - shift.From).TotalHours);
        Assert.Equal(shift.Until, rota.At(shift.Until).From);
        Assert.NotEqual(shift.People, rota.At(shift.Until).People);
    }

    [Fact]
    public void Between_ShiftOverTheSkippedHour_EndsWhenItsCalendarSays()
    {
        // grafana/oncall#5455: a shift over the night of the change lost its last hour.
        var calendar = IcsReader.Read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=America/New_York:20250308T090000\nDTEND;TZID=America/New_York:20250309T090000\nSUMMARY:ada\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nDTSTART;TZID=America/New_York:20250309T090000\nDURATION:P1D\nSUMMARY:bo\nEND:VEVENT\nEND:VCALENDAR");
        var rota = Of("America/New_York", new ScheduleLayer { Name = "calendar", Calendar = calendar });

        var shifts = rota.Between(Instant.FromUtc(2025, 3, 8, 14, 0), Instant.FromUtc(2025, 3, 10, 13, 0));

        Assert.Equal(["ada", "bo"], shifts.Select(s => s.People.Single()));
        Assert.Equal(Instant.FromUtc(2025, 3, 9, 13, 0), shifts[1].From);
    }

    [Fact]
    public void Between_DailyTurnsOnWeekdaysInParis_AlternateByDay()
    {
        // grafana/oncall#4197, terraform-provider-grafana#1330: both people were on call on every day.
        var rota = Of("Europe/Paris", new ScheduleLayer { Name = "days", Rotation = new(TurnUnit.Daily, 1, new(2024, 1, 1, 8, 0), People("user1", "user2")), Hours = Weekdays(new(8, 0), new(18, 0)) });

        var week = rota.Between(Instant.FromUtc(2024, 1, 1, 0, 0), Instant.FromUtc(2024, 1, 6, 0, 0)).Where(s => !s.IsGap).Select(s => Assert.Single(s.People));

        Assert.Equal(["user1", "user2", "user1", "user2", "user1"], week);
    }

    [Fact]
    public void Between_WeekendWindow_DoesNotDriftOverAChangeOfClocks()
    {
        // OneUptime's own audit, F8: the weekend window drifts when clocks change.
        var rota = Of("America/New_York", new ScheduleLayer { Name = "weekend", Rotation = new(TurnUnit.Weekly, 1, new(2026, 1, 2, 18, 0), People("ada")), Hours = [new(IsoDayOfWeek.Friday, new(18, 0), 3, new(8, 0))] });

        var weekends = rota.Between(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2027, 1, 1, 0, 0)).Where(s => !s.IsGap).ToArray();

        Assert.Equal([61d, 62d, 63d], weekends.Select(s => (s.Until - s.From).TotalHours).Distinct().Order());
        Assert.All(weekends, s => Assert.Equal(new LocalTime(18, 0), s.From.InZone(Zone("America/New_York")).TimeOfDay));
    }

    [Fact]
    public void Between_FiftyLayersOfHourlyTurns_Ends()
    {
        // OneUptime: merging sixteen events took more than fifty million steps.
        var layers = Enumerable.Range(0, 50).Select(i => new ScheduleLayer { Name = $"{i}", Rotation = new(TurnUnit.Hourly, 1, new(2026, 1, 1, i % 24, 0), People("ada", "bo", "cem")) }).ToArray();

        Assert.True(Of("Europe/Berlin", layers).Between(Instant.FromUtc(2026, 2, 1, 0, 0), Instant.FromUtc(2026, 3, 1, 0, 0)).Count > 600);
    }

    [Fact]
    public void Keep_FirstMemberLeaves_WhoeverIsOnCallStaysAlthoughEveryPlaceMoved()
    {
        // GoAlert, rotationgap: a rotation whose first place is gone still has somebody on call.
        var zone = Zone("America/Chicago");
        var start = new LocalDateTime(2026, 1, 5, 9, 0);
        var now = start.PlusDays(8).InZoneStrictly(zone).ToInstant();
        ScheduleLayer Layer(params string[] people) => new() { Name = "l", Rotation = new(TurnUnit.Weekly, 1, start, People(people)) };
        var before = RotationKeeping.Keep("s", Layer("gone", "bob", "ben"), zone, p => p, null, now);

        var after = RotationKeeping.With(Layer("bob", "ben"), RotationKeeping.Keep("s", Layer("bob", "ben"), zone, p => p, before, now));

        Assert.Equal(["bob"], Of("America/Chicago", after).At(now).People);
    }
}
