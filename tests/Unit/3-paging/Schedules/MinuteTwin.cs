using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Tests.Unit.Paging.Schedules;

/// <summary>
/// Who is on call, worked out minute by minute and by other means than the product: a wall clock is watched as it runs. A
/// hand-over has happened once the furthest that the clock has ever shown reaches it; hours last from then until the clock
/// will show neither a time before their end nor that end again. No look-up of local times, no intervals.
/// </summary>
internal sealed class MinuteTwin
{
    // How long the clock is watched before and after, so that furthest and earliest are settled.
    private static readonly Duration Settle = Duration.FromDays(3);

    private readonly Schedule _schedule;
    private readonly IReadOnlyList<Override> _overrides;
    private readonly Dictionary<DateTimeZone, WallClock> _clocks = [];
    private readonly Instant _from;
    private readonly Instant _until;

    public MinuteTwin(Schedule schedule, IReadOnlyList<Override> overrides, Instant from, Instant until) =>
        (_schedule, _overrides, _from, _until) = (schedule, overrides, from, until);

    /// <summary>People at a minute, sorted.</summary>
    public string[] At(Instant minute)
    {
        List<string> people = [];
        for (var i = _schedule.Layers.Count - 1; i >= 0 && people.Count == 0; i--)
            if (!_schedule.Layers[i].Shadow) people = [.. Of(_schedule.Layers[i], minute)];
        var (furthest, before) = Clock(_schedule.Zone).At(minute);
        foreach (var holiday in _schedule.Holidays)
            if (holiday.People.Count > 0 && furthest >= holiday.Date.AtMidnight() && before(holiday.Date.PlusDays(1).AtMidnight())) people = [.. holiday.People];
        return Overridden(people, minute);
    }

    private IReadOnlyList<string> Of(ScheduleLayer layer, Instant minute)
    {
        var (furthest, before) = Clock(layer.Zone ?? _schedule.Zone).At(minute);
        if (layer.From is { } from && furthest < from) return [];
        if (layer.Until is { } until && furthest >= until) return [];
        if (layer.RestsOnHolidays)
        {
            var (far, near) = Clock(_schedule.Zone).At(minute);
            if (_schedule.Holidays.Any(h => far >= h.Date.AtMidnight() && near(h.Date.PlusDays(1).AtMidnight()))) return [];
        }

        if (layer.Hours.Count > 0 && !layer.Hours.Any(h => Inside(h, furthest, before))) return [];
        var rotation = layer.Rotation!;
        if (furthest < rotation.Start) return [];
        long turn = 0;
        // Counted by hand, from the start: slow and plain.
        while (Next(rotation, turn + 1) <= furthest) turn++;
        return rotation.Slots[(int)((turn + rotation.Shift) % rotation.Slots.Count)];
    }

    private static LocalDateTime Next(Rotation rotation, long turn) => rotation.Unit switch
    {
        TurnUnit.Hourly => rotation.Start + Period.FromHours(turn * rotation.Length),
        TurnUnit.Daily => rotation.Start + Period.FromDays((int)turn * rotation.Length),
        TurnUnit.Weekly => rotation.Start + Period.FromDays((int)turn * rotation.Length * 7),
        _ => rotation.Start + Period.FromMonths((int)turn * rotation.Length),
    };

    private static bool Inside(WeeklyHours hours, LocalDateTime furthest, Func<LocalDateTime, bool> before)
    {
        for (var day = furthest.Date.PlusDays(-9); day <= furthest.Date; day = day.PlusDays(1))
            if (day.DayOfWeek == hours.Day && furthest >= day + hours.From && before(day.PlusDays(hours.Days) + hours.Until)) return true;
        return false;
    }

    private string[] Overridden(List<string> people, Instant minute)
    {
        var now = _overrides.Where(o => o.From <= minute && minute < o.Until).OrderBy(o => o.Order).ToList();
        foreach (var one in now)
        {
            if (one.Kind != OverrideKind.Add && now.Exists(n => n.Order > one.Order && n.Kind != OverrideKind.Add && n.Out == one.Out)) continue;
            if (one.Kind == OverrideKind.Add) people = [.. people.Union([one.In])];
            else if (one.Out.Length == 0) people = [one.In];
            else if (people.Remove(one.Out) && one.Kind == OverrideKind.Replace) people = [.. people.Union([one.In])];
        }

        return [.. people.Distinct().Order(StringComparer.Ordinal)];
    }

    private WallClock Clock(DateTimeZone zone)
    {
        if (!_clocks.TryGetValue(zone, out var clock)) _clocks[zone] = clock = new(zone, _from - Settle, _until + Settle);
        return clock;
    }

    /// <summary>A clock on a wall, watched for a while.</summary>
    private sealed class WallClock
    {
        private readonly Instant _from;
        private readonly LocalDateTime[] _furthest;
        private readonly LocalDateTime[] _earliest;

        public WallClock(DateTimeZone zone, Instant from, Instant until)
        {
            _from = from;
            var minutes = (int)(until - from).TotalMinutes;
            _furthest = new LocalDateTime[minutes];
            _earliest = new LocalDateTime[minutes];
            for (var i = 0; i < minutes; i++)
            {
                var shown = LocalDateTime.FromDateTime((from + Duration.FromMinutes(i) + Duration.FromSeconds(zone.GetUtcOffset(from + Duration.FromMinutes(i)).Seconds)).ToDateTimeUtc());
                _furthest[i] = i == 0 || shown > _furthest[i - 1] ? shown : _furthest[i - 1];
                _earliest[i] = shown;
            }

            for (var i = minutes - 2; i >= 0; i--)
                if (_earliest[i + 1] < _earliest[i]) _earliest[i] = _earliest[i + 1];
        }

        /// <summary>The furthest that was shown, and whether an end is still to come.</summary>
        public (LocalDateTime Furthest, Func<LocalDateTime, bool> Before) At(Instant minute)
        {
            var i = (int)(minute - _from).TotalMinutes;
            return (_furthest[i], end => _earliest[i] < end || _earliest[i + 1] <= end);
        }
    }
}
