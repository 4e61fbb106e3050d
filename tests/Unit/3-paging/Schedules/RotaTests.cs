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
}
