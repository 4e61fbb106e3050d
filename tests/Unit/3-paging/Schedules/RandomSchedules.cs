using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Tests.Unit.Paging.Schedules;

/// <summary>Schedules by a seed, with hand-overs and hours that like to lie where clocks change.</summary>
internal sealed class RandomSchedules(int seed)
{
    private static readonly string[] People = ["ada", "bo", "cem", "dana", "eve", "fritz"];
    private readonly Random _random = new(seed);

    /// <summary>A schedule that begins a few weeks before a time.</summary>
    public Schedule Next(DateTimeZone zone, DateTimeZone other, Instant around)
    {
        var date = around.InZone(zone).Date;
        return new()
        {
            Name = "s",
            DisplayName = "s",
            Zone = zone,
            Layers = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => Layer($"layer {i}", date, _random.Next(4) == 0 ? other : null))],
            Holidays = [.. Enumerable.Range(0, _random.Next(3)).Select(i => new Holiday(date.PlusDays(_random.Next(-2, 3)), $"day {i}", [])).DistinctBy(h => h.Date)
                .Select((h, i) => i == 0 && _random.Next(2) == 0 ? h with { People = ["hal"] } : h)],
        };
    }

    /// <summary>Overrides near a time, oldest first.</summary>
    public IReadOnlyList<Override> Overrides(Instant around) => [.. Enumerable.Range(1, _random.Next(6)).Select(i =>
    {
        var from = around + Duration.FromMinutes(_random.Next(-2000, 2000));
        var kind = (OverrideKind)_random.Next(3);
        var (goes, comes) = (People[_random.Next(People.Length)], People[_random.Next(People.Length)]);
        if (kind == OverrideKind.Replace && (comes == goes || _random.Next(3) == 0)) goes = "";
        return new Override($"{i}", "s", kind, kind == OverrideKind.Remove ? "" : comes, kind == OverrideKind.Add ? "" : goes, from, from + Duration.FromMinutes(_random.Next(1, 1500)), i);
    })];

    private ScheduleLayer Layer(string name, LocalDate date, DateTimeZone? zone)
    {
        var start = date.PlusDays(-_random.Next(1, 40)) + Time();
        var slots = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => (IReadOnlyList<string>)(_random.Next(5) == 0 ? [] : [People[_random.Next(People.Length)]])).ToArray();
        var unit = (TurnUnit)_random.Next(4);
        return new()
        {
            Name = name,
            Zone = zone,
            Rotation = new(unit, unit == TurnUnit.Hourly ? _random.Next(1, 13) : _random.Next(1, 3), start, slots, _random.Next(slots.Length)),
            Hours = [.. Enumerable.Range(0, _random.Next(3) == 0 ? _random.Next(1, 6) : 0).Select(_ => Hours())],
            From = _random.Next(5) == 0 ? date + Time() : null,
            Until = _random.Next(8) == 0 ? date.PlusDays(1) + Time() : null,
            Shadow = _random.Next(10) == 0,
            RestsOnHolidays = _random.Next(3) == 0,
        };
    }

    private WeeklyHours Hours()
    {
        var (from, until) = (Time(), Time());
        var days = _random.Next(4) == 0 ? _random.Next(1, 4) : until <= from ? 1 : 0;
        return new((IsoDayOfWeek)_random.Next(1, 8), from, days, until);
    }

    // Mostly in the hours in which clocks change.
    private LocalTime Time() => _random.Next(3) == 0 ? new(_random.Next(24), 0) : new(_random.Next(4), _random.Next(4) * 15);
}
