using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>A schedule, ready to be asked who is on call. Immutable and pure.</summary>
public sealed class Rota
{
    // Nobody plans further; it keeps the calendar's own ends out of reach.
    private static readonly Instant Earliest = Instant.FromUtc(1971, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(2300, 1, 1, 0, 0);

    // How far a single shift is followed to both sides.
    private static readonly Duration Farthest = Duration.FromDays(400);

    private readonly LayerCover[] _layers;
    private readonly Piece[] _holidays;
    private readonly Piece[] _temporary;
    private readonly Override[] _overrides;

    /// <summary>Prepares a schedule.</summary>
    /// <param name="schedule">What its manifest says, its rotations as they go on.</param>
    /// <param name="known">True for people who are in the catalog.</param>
    /// <param name="overrides">Its overrides, oldest first, people by handle; one whose people are gone changes nothing.</param>
    /// <param name="temporary">Its temporary schedules, oldest first, people by handle.</param>
    /// <param name="named">The handle that a calendar's name means; where it is left out, names are handles.</param>
    public Rota(
        Schedule schedule, Func<string, bool> known, IReadOnlyList<Override>? overrides = null, IReadOnlyList<TemporarySchedule>? temporary = null, Func<string, string?>? named = null)
    {
        Schedule = schedule;
        named ??= name => known(name) ? name : null;
        _overrides = [.. (overrides ?? []).Where(o => o.From < o.Until && (o.In.Length == 0 || known(o.In)) && (o.Out.Length == 0 || known(o.Out)))];
        _temporary = [.. Temporary(temporary ?? [], known)];
        var days = schedule.Holidays.OrderBy(h => h.Date).Select(h => (h, Stretch: DayOf(h.Date, schedule.Zone))).ToArray();
        _layers = [.. schedule.Layers.Select(l => new LayerCover(l, schedule.Zone, Pieces.Union([.. days.Select(d => d.Stretch)]), known, named))];
        List<Piece> holidays = [];
        foreach (var (holiday, span) in days)
            if (holiday.People.Where(known).ToArray() is { Length: > 0 } people)
                holidays = Pieces.Over(holidays, [new(span.From, span.Until, new(people, "holiday", $"{string.Join(" and ", people)} cover {holiday.Name}."))]);
        _holidays = [.. holidays];
    }

    /// <summary>What its manifest says.</summary>
    public Schedule Schedule { get; }

    /// <summary>Its layers.</summary>
    public IReadOnlyList<LayerCover> Layers => _layers;

    /// <summary>Its overrides, oldest first, people by handle.</summary>
    public IReadOnlyList<Override> Overrides => _overrides;

    /// <summary>The same schedule with one more override, the newest.</summary>
    public Rota With(Override another) => new(this, [.. _overrides, another]);

    private Rota(Rota other, Override[] overrides) =>
        (Schedule, _layers, _holidays, _temporary, _overrides) = (other.Schedule, other._layers, other._holidays, other._temporary, overrides);

    /// <summary>Who is on call between two times: pieces without hole or overlap, neighbours differ.</summary>
    public IReadOnlyList<Shift> Between(Instant from, Instant until) => [.. Pieces.Merge(Final(from, until)).Select(p => Of(p))];

    /// <summary>The shift at a time, from its beginning to its end.</summary>
    public Shift At(Instant at)
    {
        for (var reach = Duration.FromDays(9); ; reach *= 4)
        {
            var all = Between(at - Duration.Min(reach, Farthest), at + Duration.Min(reach, Farthest));
            var i = IndexAt(all, at);
            if (reach >= Farthest || (i > 0 && i < all.Count - 1)) return all[i];
        }
    }

    /// <summary>Who shadows at a time.</summary>
    public IReadOnlyList<string> ShadowsAt(Instant at) =>
        [.. _layers.Where(l => l.Shadow).SelectMany(l => l.Between(at, at + Duration.FromMinutes(1))).Where(p => p.From == at).SelectMany(p => p.Cover.People).Distinct(StringComparer.Ordinal)];

    /// <summary>As <see cref="Between"/>, but cut at each hand-over, also where the same people go on.</summary>
    public IReadOnlyList<Shift> Turns(Instant from, Instant until) => [.. Final(from, until).Select(p => Of(p))];

    private List<Piece> Final(Instant from, Instant until)
    {
        List<Piece> pieces = [new(from, until, Cover.Nobody)];
        var (first, last) = (Instant.Max(from, Earliest), Instant.Min(until, Latest));
        if (first >= last) return pieces;
        foreach (var layer in _layers)
            if (!layer.Shadow) pieces = Pieces.Over(pieces, layer.Between(first, last));
        pieces = Pieces.Over(pieces, Cut(_holidays, first, last));
        pieces = Pieces.Over(pieces, Cut(_temporary, first, last));
        var overrides = _overrides.Where(o => o.Until > first && o.From < last).Select(o => o with { From = Instant.Max(o.From, first), Until = Instant.Min(o.Until, last) }).ToArray();
        return overrides.Length == 0 ? pieces : OverridePieces.Apply(pieces, overrides);
    }

    private static List<Piece> Temporary(IReadOnlyList<TemporarySchedule> all, Func<string, bool> known)
    {
        List<Piece> pieces = [];
        foreach (var one in all.Where(t => t.From < t.Until))
        {
            List<Piece> mine = [new(one.From, one.Until, new([], "temporary", "The temporary schedule has nobody at this time."))];
            foreach (var shift in one.Shifts.Where(s => s.From < s.Until).OrderBy(s => s.From))
                if (shift.People.Where(known).ToArray() is { Length: > 0 } people)
                    mine = Pieces.Over(mine, Cut([new(shift.From, shift.Until, new(people, "temporary", $"{string.Join(" and ", people)} by the temporary schedule."))], one.From, one.Until));
            pieces = Pieces.Over(pieces, mine);
        }

        return pieces;
    }

    private static List<Piece> Cut(IReadOnlyList<Piece> pieces, Instant from, Instant until) =>
        Pieces.Within(pieces, [new(from, until)]);

    private static int IndexAt(IReadOnlyList<Shift> shifts, Instant at)
    {
        for (var i = 0; i < shifts.Count; i++)
            if (at < shifts[i].Until) return i;
        return shifts.Count - 1;
    }

    private Shift Of(in Piece piece) => new(Schedule.Name, piece.From, piece.Until, piece.Cover.People, piece.Cover.Layer, piece.Cover.Reason);

    private static Stretch DayOf(LocalDate date, DateTimeZone zone) =>
        new(LocalClock.Begins(zone, date.AtMidnight()), LocalClock.Ends(zone, date.PlusDays(1).AtMidnight()));
}
