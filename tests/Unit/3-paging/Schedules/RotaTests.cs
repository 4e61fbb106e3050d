using Nines.Paging.Schedules;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Schedules;

public class RotaTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    private static Rota Of(params ScheduleLayer[] layers) =>
        new(new Schedule { Name = "payments", DisplayName = "Payments", Zone = Berlin, Layers = layers }, _ => true);

    private static ScheduleLayer Layer(string name, TurnUnit unit, LocalDateTime start, params string[] people) => new()
    {
        Name = name,
        Rotation = new(unit, 1, start, [.. people.Select(p => p == "nobody" ? Array.Empty<string>() : [p])]),
    };

    private static Instant Local(int year, int month, int day, int hour, int minute = 0) =>
        new LocalDateTime(year, month, day, hour, minute).InZoneLeniently(Berlin).ToInstant();

    [Fact]
    public void At_WeeklyRotation_HandsOverAtTheSameLocalHourAllYear()
    {
        var rota = Of(Layer("weeks", TurnUnit.Weekly, new(2026, 1, 5, 9, 0), "ada", "bo"));

        Assert.Equal("ada", Assert.Single(rota.At(Local(2026, 1, 12, 8, 59)).People));
        Assert.Equal("bo", Assert.Single(rota.At(Local(2026, 1, 12, 9)).People));
        var summer = rota.At(Local(2026, 7, 6, 12));
        Assert.Equal(Local(2026, 7, 6, 9), summer.From);
        Assert.Equal(Local(2026, 7, 13, 9), summer.Until);
    }

    [Fact]
    public void Between_LayerWithNobody_LetsTheLayerBelowShow()
    {
        var rota = Of(
            Layer("base", TurnUnit.Weekly, new(2026, 1, 5, 9, 0), "ada"),
            Layer("over", TurnUnit.Daily, new(2026, 1, 5, 9, 0), "bo", "nobody"));

        var shifts = rota.Between(Local(2026, 1, 5, 9), Local(2026, 1, 8, 9));

        Assert.Equal(["bo", "ada", "bo"], shifts.Select(s => s.People[0]));
        Assert.Equal(["over", "base", "over"], shifts.Select(s => s.Layer));
    }

    [Fact]
    public void Between_BeforeTheStart_IsAGap()
    {
        var rota = Of(Layer("weeks", TurnUnit.Weekly, new(2026, 1, 5, 9, 0), "ada"));

        var shifts = rota.Between(Local(2026, 1, 1, 0), Local(2026, 1, 6, 0));

        Assert.True(shifts[0].IsGap);
        Assert.Equal(Local(2026, 1, 5, 9), shifts[0].Until);
        Assert.Equal(["ada"], shifts[1].People);
    }

    [Fact]
    public void Between_HoursWithinADoubleHour_OverlapAndLeaveNoGap()
    {
        // Berlin, 25 October 2026: 02:00 to 03:00 happens twice. Two layers meet at 02:30.
        var rota = Of(
            Layer("night", TurnUnit.Weekly, new(2026, 1, 5, 0, 0), "ada") with { Hours = [.. Enumerable.Range(1, 7).Select(d => new WeeklyHours((IsoDayOfWeek)d, new(18, 0), 1, new(2, 30)))] },
            Layer("day", TurnUnit.Weekly, new(2026, 1, 5, 0, 0), "bo") with { Hours = [.. Enumerable.Range(1, 7).Select(d => new WeeklyHours((IsoDayOfWeek)d, new(2, 30), 0, new(18, 0)))] });

        var shifts = rota.Between(Instant.FromUtc(2026, 10, 24, 20, 0), Instant.FromUtc(2026, 10, 25, 10, 0));

        Assert.Equal(["ada", "bo"], shifts.Select(s => s.People.Single()));
        // The day lies over the night and begins at the first 02:30, 00:30 UTC.
        Assert.Equal(Instant.FromUtc(2026, 10, 25, 0, 30), shifts[1].From);
        // By itself the night lasts until the second 02:30, 01:30 UTC: an overlap.
        Assert.Equal(Instant.FromUtc(2026, 10, 25, 1, 30), rota.Layers[0].Between(Instant.FromUtc(2026, 10, 24, 20, 0), Instant.FromUtc(2026, 10, 25, 10, 0))[0].Until);
    }

    [Fact]
    public void Between_FollowTheSun_EachLayerKeepsItsOwnDay()
    {
        static WeeklyHours[] Office() => [.. Enumerable.Range(1, 7).Select(d => new WeeklyHours((IsoDayOfWeek)d, new(8, 0), 0, new(16, 0)))];
        var rota = Of(
            Layer("berlin", TurnUnit.Weekly, new(2026, 1, 5, 0, 0), "ada") with { Hours = Office() },
            Layer("tokyo", TurnUnit.Weekly, new(2026, 1, 5, 0, 0), "kaori") with { Hours = Office(), Zone = DateTimeZoneProviders.Tzdb["Asia/Tokyo"] },
            Layer("los angeles", TurnUnit.Weekly, new(2026, 1, 5, 0, 0), "lee") with { Hours = Office(), Zone = DateTimeZoneProviders.Tzdb["America/Los_Angeles"] });

        var winter = rota.Between(Instant.FromUtc(2026, 12, 1, 0, 0), Instant.FromUtc(2026, 12, 2, 0, 0));

        // UTC: Los Angeles 16–24, Tokyo 23–7, Berlin 7–15. Tokyo lies over Berlin, Los Angeles over both.
        Assert.Equal("0:kaori 7:ada 15:- 16:lee", string.Join(' ', winter.Select(s => $"{s.From.InUtc().Hour}:{(s.IsGap ? "-" : s.People[0])}")));
    }

    [Fact]
    public void Between_Holiday_LaysItsPeopleOverAndLetsLayersRest()
    {
        var rota = new Rota(
            new()
            {
                Name = "s",
                DisplayName = "s",
                Zone = Berlin,
                Layers = [Layer("base", TurnUnit.Weekly, new(2026, 1, 5, 9, 0), "ada"), Layer("office", TurnUnit.Weekly, new(2026, 1, 5, 9, 0), "bo") with { RestsOnHolidays = true }],
                Holidays = [new(new(2026, 12, 25), "Christmas Day", ["hal"]), new(new(2026, 12, 26), "Boxing Day", [])],
            },
            _ => true);

        var shifts = rota.Between(Local(2026, 12, 24, 0), Local(2026, 12, 28, 0));

        Assert.Equal(["bo", "hal", "ada", "bo"], shifts.Select(s => s.People[0]));
        Assert.Equal(Local(2026, 12, 25, 0), shifts[1].From);
        Assert.Equal(Local(2026, 12, 26, 0), shifts[2].From);
        Assert.Equal(Local(2026, 12, 27, 0), shifts[3].From);
    }

    [Fact]
    public void Between_Shadow_NeverCountsAsCover()
    {
        var rota = Of(Layer("learning", TurnUnit.Weekly, new(2026, 1, 5, 9, 0), "gus") with { Shadow = true });
        var noon = Local(2026, 1, 6, 12);

        Assert.True(rota.At(noon).IsGap);
        Assert.Equal(["gus"], rota.ShadowsAt(noon));
    }

    [Fact]
    public void At_OnePersonForEver_EndsAtTheHorizon()
    {
        var shift = Of(Layer("weeks", TurnUnit.Weekly, new(2020, 1, 6, 9, 0), "ada")).At(Local(2026, 6, 1, 12));

        Assert.Equal(["ada"], shift.People);
        Assert.True(shift.From <= Local(2026, 6, 1, 12) && Local(2026, 6, 1, 12) < shift.Until);
    }

    [Fact]
    public void Between_FarOutsideOfTheCalendar_IsAGapAndNoError()
    {
        var rota = Of(Layer("weeks", TurnUnit.Weekly, new(2026, 1, 5, 9, 0), "ada"));

        Assert.True(Assert.Single(rota.Between(Instant.FromUtc(2500, 1, 1, 0, 0), Instant.FromUtc(2501, 1, 1, 0, 0))).IsGap);
        Assert.True(rota.At(Instant.FromUtc(1900, 1, 1, 0, 0)).IsGap);
    }

    [Fact]
    public void Between_FourHundredDaysOfThreeLayers_TakesFewMilliseconds()
    {
        var rota = Of(
            Layer("weeks", TurnUnit.Weekly, new(2026, 1, 5, 9, 0), "ada", "bo", "cem", "dana", "eve"),
            Layer("evenings", TurnUnit.Daily, new(2026, 1, 5, 18, 0), "fritz", "gus") with { Hours = [.. Enumerable.Range(1, 7).Select(d => new WeeklyHours((IsoDayOfWeek)d, new(18, 0), 0, new(22, 0)))] },
            Layer("weekends", TurnUnit.Weekly, new(2026, 1, 9, 17, 0), "hal", "nobody") with { Hours = [new(IsoDayOfWeek.Friday, new(17, 0), 3, new(9, 0))] });
        var from = Local(2026, 6, 1, 0);
        var quickest = Enumerable.Range(0, 20).Min(_ =>
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            Assert.True(rota.Between(from, from + Duration.FromDays(400)).Count > 600);
            return clock.Elapsed.TotalMilliseconds;
        });

        // About one millisecond on a quiet machine; a loaded one is given time.
        Assert.True(quickest < 20, $"{quickest} ms");
        LongRun.Count("microseconds for 400 days of a schedule with three layers", (long)(quickest * 1000));
    }
}
