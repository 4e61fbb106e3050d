using Nines.Paging.Schedules;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Schedules;

/// <summary>GoAlert's tables of rotations, and LinkedIn's and OnCall's nights.</summary>
public class RotationTurnsTests
{
    private static readonly DateTimeZone Chicago = DateTimeZoneProviders.Tzdb["America/Chicago"];

    private static Rotation Of(TurnUnit unit, LocalDateTime start, int length = 1, int people = 2) =>
        new(unit, length, start, [.. Enumerable.Range(0, people).Select(i => (IReadOnlyList<string>)[$"p{i}"])]);

    [Theory]
    [InlineData(TurnUnit.Weekly, "2017-06-10T08:00", 1, 168)]
    [InlineData(TurnUnit.Weekly, "2017-06-10T08:00", 2, 336)]
    [InlineData(TurnUnit.Weekly, "2017-03-10T08:00", 1, 167)]
    [InlineData(TurnUnit.Weekly, "2017-11-04T08:00", 1, 169)]
    [InlineData(TurnUnit.Daily, "2017-06-10T08:00", 1, 24)]
    [InlineData(TurnUnit.Daily, "2017-06-10T08:00", 2, 48)]
    [InlineData(TurnUnit.Daily, "2017-03-11T08:00", 1, 23)]
    [InlineData(TurnUnit.Daily, "2017-11-04T08:00", 1, 25)]
    [InlineData(TurnUnit.Hourly, "2017-06-10T08:00", 1, 1)]
    [InlineData(TurnUnit.Hourly, "2017-06-10T08:00", 2, 2)]
    [InlineData(TurnUnit.Hourly, "2017-03-12T00:00", 3, 2)]
    [InlineData(TurnUnit.Hourly, "2017-11-05T00:00", 3, 4)]
    public void StartOf_GoAlertsTable_LastsSoManyHours(TurnUnit unit, string start, int length, int hours)
    {
        var rotation = Of(unit, NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(start).Value, length);

        Assert.Equal(Duration.FromHours(hours), rotation.StartOf(Chicago, 1) - rotation.StartOf(Chicago, 0));
    }

    [Fact]
    public void StartOf_HourlyOverTheSkippedHour_SkipsATurnAndStaysOnTheGrid()
    {
        var rotation = Of(TurnUnit.Hourly, new(2017, 1, 1, 1, 0));
        var one = new LocalDateTime(2017, 3, 12, 1, 0).InZoneStrictly(Chicago).ToInstant();
        var turn = rotation.TurnAt(Chicago, one);

        Assert.Equal(one + Duration.FromHours(1), rotation.StartOf(Chicago, turn + 1));
        // The turn of 02:00 has no time; that of 03:00 begins at the same moment.
        Assert.Equal(one + Duration.FromHours(1), rotation.StartOf(Chicago, turn + 2));
        Assert.Equal(turn + 2, rotation.TurnAt(Chicago, one + Duration.FromHours(1)));
    }

    [Fact]
    public void StartOf_HourlyOverTheDoubleHour_LastsTwoHours()
    {
        var rotation = Of(TurnUnit.Hourly, new(2017, 1, 1, 1, 0));
        var one = Chicago.MapLocal(new(2017, 11, 5, 1, 0)).First().ToInstant();
        var turn = rotation.TurnAt(Chicago, one);

        Assert.Equal(one, rotation.StartOf(Chicago, turn));
        Assert.Equal(one + Duration.FromHours(2), rotation.StartOf(Chicago, turn + 1));
        Assert.Equal(turn, rotation.TurnAt(Chicago, one + Duration.FromMinutes(90)));
    }

    [Fact]
    public void Turns_HandOverInTheDoubleHour_FollowEachOtherWithoutGap()
    {
        // LinkedIn oncall, test_dst_ambiguous_schedule: weekly from Sunday 01:30, US/Central, over 6 November 2016.
        var rotation = Of(TurnUnit.Weekly, new(2016, 10, 30, 1, 30));
        var rota = new Rota(new() { Name = "s", DisplayName = "s", Zone = DateTimeZoneProviders.Tzdb["US/Central"], Layers = [new() { Name = "l", Rotation = rotation }] }, _ => true);

        var shifts = rota.Between(rotation.StartOf(Chicago, 0), rotation.StartOf(Chicago, 2));

        Assert.Equal(2, shifts.Count);
        Assert.Equal(shifts[0].Until, shifts[1].From);
        // The first of the two 01:30: 06:30 UTC, still summer time.
        Assert.Equal(Instant.FromUtc(2016, 11, 6, 6, 30), shifts[1].From);
        Assert.Equal(Duration.FromHours(168), shifts[0].Until - shifts[0].From);
        Assert.Equal(Duration.FromHours(169), shifts[1].Until - shifts[1].From);
    }

    [Fact]
    public void LocalStart_MonthlyFromThe31st_ComesBackToThe31st()
    {
        var rotation = Of(TurnUnit.Monthly, new(2026, 1, 31, 9, 0));

        Assert.Equal(new LocalDateTime(2026, 2, 28, 9, 0), rotation.LocalStart(1));
        Assert.Equal(new LocalDateTime(2026, 3, 31, 9, 0), rotation.LocalStart(2));
        Assert.Equal(new LocalDateTime(2026, 4, 30, 9, 0), rotation.LocalStart(3));
    }

    [Fact]
    public void Between_YearOfDailyTurns_HandsOverAtTheSameLocalHour()
    {
        // grafana/oncall#4197, #4103: hand-overs moved by an hour after the clocks changed.
        var berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var rota = new Rota(new() { Name = "s", DisplayName = "s", Zone = berlin, Layers = [new() { Name = "l", Rotation = Of(TurnUnit.Daily, new(2026, 1, 1, 9, 0)) }] }, _ => true);

        var shifts = rota.Between(Instant.FromUtc(2026, 1, 1, 8, 0), Instant.FromUtc(2027, 1, 1, 8, 0));

        Assert.Equal(365, shifts.Count);
        Assert.All(shifts, s => Assert.Equal(new LocalTime(9, 0), s.From.InZone(berlin).TimeOfDay));
        // terraform-provider-pagerduty#200, #728: 23, 24 or 25 hours, never a drift.
        Assert.Equal([23, 24, 25], shifts.Select(s => (int)(s.Until - s.From).TotalHours).Distinct().Order());
    }
}
