using System.Globalization;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Paging.Schedules;
using NodaTime;
using NodaTime.TimeZones;

namespace Nines.Host.Simulation;

/// <summary>
/// One schedule of a world that never leaves a gap, and a twin of it that counts on its fingers: turns from the first
/// hand-over on, in local time, and over them whatever override the journal holds. The house must name the same people.
/// </summary>
internal sealed class SimRota
{
    public const string Name = "rota";

    // An ambiguous time hands over at its first occurrence, a skipped one at the next valid instant.
    private static readonly ZoneLocalMappingResolver Handing = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly DateTimeZone _zone;
    private readonly int _people;
    private readonly int _days;
    private readonly LocalDateTime _first;
    private readonly Dictionary<string, OverrideSet> _overrides = new(StringComparer.Ordinal);

    public SimRota(SimRandom random, string zone, int people, Instant start)
    {
        _zone = DateTimeZoneProviders.Tzdb[zone];
        _people = people;
        _days = random.Percent(70) ? 1 : 7;
        // The small hours are where clocks change.
        var handOver = new LocalTime(random.Percent(50) ? random.Next(0, 4) : random.Next(24), random.Percent(70) ? 0 : 30);
        _first = start.InZone(_zone).Date.PlusDays(-random.Next(10, 400)) + handOver;
    }

    /// <summary>Its manifest.</summary>
    public string Manifest => string.Create(CultureInfo.InvariantCulture,
        $"apiVersion: nines/v1\nkind: Schedule\nmetadata: {{ name: {Name} }}\nspec:\n  timeZone: {_zone.Id}\n  layers:\n    - rotation: {{ turn: {(_days == 1 ? "daily" : "weekly")}, start: \"{_first:uuuu-MM-dd'T'HH:mm}\", people: [{string.Join(", ", Enumerable.Range(0, _people).Select(p => $"p{p}"))}] }}\n");

    /// <summary>The hand-overs between two times.</summary>
    public IEnumerable<Instant> HandOvers(Instant from, Instant until)
    {
        for (var local = _first.PlusDays(TurnsBefore(from) * _days); ; local = local.PlusDays(_days))
        {
            var at = _zone.ResolveLocal(local, Handing).ToInstant();
            if (at >= until) yield break;
            if (at >= from) yield return at;
        }
    }

    /// <summary>Follows overrides.</summary>
    public void Hear(object? happened)
    {
        if (happened is OverrideSet set) _overrides[set.Id] = set;
        if (happened is OverrideEnded ended && _overrides.TryGetValue(ended.Id, out var open)) _overrides[ended.Id] = open with { Until = Instant.Min(open.Until, ended.At) };
    }

    /// <summary>Holds the house's answer against the twin's; what differs, or null.</summary>
    public string? Differs(SimProcess process, Instant at)
    {
        if (process.Get<IOnCallSchedules>().At(process.State, Name, at) is not { } shift) return null;
        var expected = Expected(at, process.Get<CompiledManifests>().For(process.State));
        if (shift.People.SequenceEqual([expected], StringComparer.Ordinal)) return null;
        var local = at.InZone(_zone);
        return $"At {at} ({local:uuuu-MM-dd HH:mm:ss x} {_zone.Id}) {expected} must be on call, and the schedule says {(shift.IsGap ? "nobody" : string.Join(", ", shift.People))} ({shift.Reason}).";
    }

    /// <summary>Handle of whoever must be on call.</summary>
    public string Expected(Instant at, ManifestSet all)
    {
        OverrideSet? newest = null;
        foreach (var one in _overrides.Values)
            if (one.From <= at && at < one.Until && (newest is null || string.CompareOrdinal(one.Id, newest.Id) > 0)) newest = one;
        if (newest is not null) return all.Of<Person>().First(p => p.Id == newest.In).Name;
        var turn = TurnsBefore(at) - 1;
        for (var local = _first.PlusDays((turn + 1) * _days); _zone.ResolveLocal(local, Handing).ToInstant() <= at; local = local.PlusDays(_days)) turn++;
        return $"p{turn % _people}";
    }

    /// <summary>So many turns are over for certain, so that nobody has to count them.</summary>
    private int TurnsBefore(Instant at) => Math.Max(0, (Period.DaysBetween(_first.Date, at.InZone(_zone).Date) / _days) - 2);
}
