using Nines.Paging.Schedules;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Schedules;

/// <summary>The calculators against the brute-force twin, over zones and the nights on which their clocks change.</summary>
public class TwinTests
{
    private static readonly Instant First = Instant.FromUtc(2026, 1, 1, 0, 0);
    private static readonly Duration Around = Duration.FromHours(30);

    // Half-hour steps, two-hour steps, changes at midnight, Ramadan, southern summers, negative winter time, none at all.
    private static readonly string[] Sample =
    [
        "Europe/Berlin", "America/New_York", "America/Havana", "Australia/Lord_Howe", "Africa/Casablanca", "Africa/Cairo",
        "America/Santiago", "Antarctica/Troll", "Asia/Beirut", "Europe/Dublin", "Pacific/Chatham", "Asia/Kolkata",
    ];

    [Fact]
    public void Between_AroundEveryChangeOfClocks_IsWhatTheTwinSays()
    {
        var years = LongRun.Of(1, 10);
        var all = LongRun.Of(0, 1) == 1;
        var (nights, minutes) = (0, 0L);
        foreach (var id in all ? DateTimeZoneProviders.Tzdb.Ids : (IEnumerable<string>)Sample)
        {
            var zone = DateTimeZoneProviders.Tzdb[id];
            foreach (var night in Nights(zone, years))
            {
                minutes += Compare(zone, night, seed: HashOf(id) + nights);
                nights++;
            }
        }

        LongRun.Count("nights on which clocks change, checked minute by minute against the schedule twin", nights);
        LongRun.Count("minutes of schedules compared with the twin", minutes);
        Assert.True(nights >= Sample.Length);
    }

    [Fact]
    public void Turns_OnEveryNightOfEveryZone_HandOverOnceAndLeaveNoGap()
    {
        var years = LongRun.Of(2, 10);
        var nights = 0;
        foreach (var id in LongRun.Of(0, 1) == 1 ? DateTimeZoneProviders.Tzdb.Ids : (IEnumerable<string>)Sample)
        {
            var zone = DateTimeZoneProviders.Tzdb[id];
            foreach (var night in Nights(zone, years))
            {
                nights++;
                foreach (var unit in new[] { TurnUnit.Hourly, TurnUnit.Daily })
                    for (var minute = 0; minute < (unit == TurnUnit.Daily ? 24 * 60 : 60); minute += 30)
                        HandsOverOnce(zone, night, unit, LocalTime.FromMinutesSinceMidnight(minute));
            }
        }

        LongRun.Count("nights of zones on which each hand-over happened once", nights);
    }

    private static void HandsOverOnce(DateTimeZone zone, Instant night, TurnUnit unit, LocalTime time)
    {
        var rotation = new Rotation(unit, 1, night.InZone(zone).Date.PlusDays(-4) + time, [["ada"], ["bo"], ["cem"]]);
        var last = rotation.TurnAt(zone, night - Around);
        Assert.True(rotation.StartOf(zone, last) <= night - Around && night - Around < rotation.StartOf(zone, last + 1));
        for (var at = rotation.StartOf(zone, last); at < night + Around;)
        {
            // Each hand-over is the end of the turn before: nothing is left open, and none comes back.
            var next = rotation.StartOf(zone, last + 1);
            Assert.True(next >= at, $"{zone.Id}: turn {last + 1} begins at {next}, before turn {last} at {at}.");
            if (next > at) Assert.Equal(last, rotation.TurnAt(zone, at));
            (at, last) = (next, last + 1);
        }
    }

    private static long Compare(DateTimeZone zone, Instant night, int seed)
    {
        var random = new RandomSchedules(seed);
        var others = DateTimeZoneProviders.Tzdb.Ids;
        var schedule = random.Next(zone, DateTimeZoneProviders.Tzdb[others[Math.Abs(seed) % others.Count]], night);
        var overrides = random.Overrides(night);
        var (from, until) = (night - Around, night + Around);
        var shifts = new Rota(schedule, _ => true, overrides).Between(from, until);
        Assert.Equal(from, shifts[0].From);
        Assert.Equal(until, shifts[^1].Until);
        var twin = new MinuteTwin(schedule, overrides, from, until);
        var i = 0;
        var minutes = 0;
        for (var at = from; at < until; at += Duration.FromMinutes(1), minutes++)
        {
            while (shifts[i].Until <= at)
            {
                Assert.Equal(shifts[i].Until, shifts[i + 1].From);
                i++;
            }

            string[] said = [.. shifts[i].People.Order(StringComparer.Ordinal)];
            var meant = twin.At(at);
            Assert.True(said.SequenceEqual(meant), $"{zone.Id}, {at}, seed {seed}: {string.Join('+', said)} is said, {string.Join('+', meant)} is meant.{Environment.NewLine}{Words(schedule, overrides)}");
        }

        return minutes;
    }

    private static string Words(Schedule schedule, IReadOnlyList<Override> overrides) => string.Join(Environment.NewLine,
    [
        .. schedule.Layers.Select(l => $"{l.Name} {l.Zone} {l.Rotation!.Unit} x{l.Rotation.Length} +{l.Rotation.Shift} from {l.Rotation.Start} [{string.Join(' ', l.Rotation.Slots.Select(p => string.Join('+', p) is { Length: > 0 } w ? w : "-"))}] {string.Join(' ', l.Hours)} {l.From}..{l.Until} shadow {l.Shadow} rests {l.RestsOnHolidays}"),
        .. schedule.Holidays.Select(h => $"{h.Date} {string.Join('+', h.People)}"),
        .. overrides.Select(o => o.ToString()),
    ]);

    private static IEnumerable<Instant> Nights(DateTimeZone zone, int years)
    {
        var until = First + Duration.FromDays(366 * years);
        var any = false;
        foreach (var interval in zone.GetZoneIntervals(First, until).Where(i => i.HasEnd && i.End < until))
        {
            any = true;
            yield return interval.End;
        }

        if (!any) yield return First + Duration.FromDays(80);
    }

    private static int HashOf(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
}
