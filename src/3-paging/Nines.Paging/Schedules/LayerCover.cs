using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>One layer, ready to be asked: whom it has when. Everything in intervals, nothing minute by minute.</summary>
public sealed class LayerCover
{
    private readonly ScheduleLayer _layer;
    private readonly DateTimeZone _zone;
    private readonly Cover[] _slots;
    private readonly Piece[] _shifts;
    private readonly IReadOnlyList<Stretch> _holidays;

    /// <summary>Prepares a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="zone">The schedule's zone.</param>
    /// <param name="holidays">When the schedule has a holiday, sorted.</param>
    /// <param name="known">True for people who can be called at all; others leave their slot to what lies below.</param>
    public LayerCover(ScheduleLayer layer, DateTimeZone zone, IReadOnlyList<Stretch> holidays, Func<string, bool> known)
    {
        _layer = layer;
        _zone = layer.Zone ?? zone;
        _holidays = layer.RestsOnHolidays ? holidays : [];
        _slots = [.. (layer.Rotation?.Slots ?? []).Select(s => Of(s.Where(known)))];
        _shifts = Sorted(layer.Shifts.Select(s => new Piece(s.From, s.Until, Of(s.People.Where(known)))));
    }

    /// <summary>Its name.</summary>
    public string Name => _layer.Name;

    /// <summary>True for those who learn.</summary>
    public bool Shadow => _layer.Shadow;

    /// <summary>Whom it has between two times, sorted; what is left out is nobody's.</summary>
    public List<Piece> Between(Instant from, Instant until)
    {
        if (_layer.From is { } first) from = Instant.Max(from, LocalClock.Begins(_zone, first));
        if (_layer.Until is { } last) until = Instant.Min(until, LocalClock.Begins(_zone, last));
        if (from >= until) return [];
        var pieces = Turns(from, until);
        foreach (var shift in _shifts)
            if (shift.Until > from && shift.From < until && shift.Cover.People.Count > 0)
                pieces.Add(new(Instant.Max(shift.From, from), Instant.Min(shift.Until, until), shift.Cover));
        if (_layer.Hours.Count > 0) pieces = Pieces.Within(pieces, Hours(from, until));
        return _holidays.Count > 0 ? Pieces.Within(pieces, Pieces.Without(new(from, until), _holidays)) : pieces;
    }

    private List<Piece> Turns(Instant from, Instant until)
    {
        var pieces = new List<Piece>();
        if (_layer.Rotation is not { } rotation || _slots.Length == 0) return pieces;
        // Before its start a rotation has nobody.
        var turn = Math.Max(0, rotation.TurnAt(_zone, from));
        var begins = rotation.StartOf(_zone, turn);
        while (begins < until)
        {
            var ends = rotation.StartOf(_zone, turn + 1);
            var cover = _slots[rotation.SlotOf(turn)];
            var (a, b) = (Instant.Max(begins, from), Instant.Min(ends, until));
            // A turn that lies wholly in a skipped hour has no time at all.
            if (a < b && cover.People.Count > 0) pieces.Add(new(a, b, cover));
            begins = ends;
            turn++;
        }

        return pieces;
    }

    private List<Stretch> Hours(Instant from, Instant until)
    {
        var spans = new List<Stretch>();
        var last = until.InZone(_zone).Date;
        foreach (var hours in _layer.Hours)
        {
            // The window that began before and reaches in.
            var date = from.InZone(_zone).Date.PlusDays(-hours.Days - 1);
            date = date.DayOfWeek == hours.Day ? date : date.Next(hours.Day);
            for (; date <= last; date = date.PlusWeeks(1))
                spans.Add(new(LocalClock.Begins(_zone, date + hours.From), LocalClock.Ends(_zone, date.PlusDays(hours.Days) + hours.Until)));
        }

        return Pieces.Union(spans);
    }

    private Cover Of(IEnumerable<string> people)
    {
        string[] all = [.. people];
        return new(all, _layer.Name, all.Length == 0 ? "" : $"It is {string.Join(" and ", all)}'s turn in the layer {_layer.Name}.");
    }

    /// <summary>Fixed shifts in order; of two that overlap the one that begins later counts.</summary>
    private static Piece[] Sorted(IEnumerable<Piece> shifts)
    {
        List<Piece> all = [];
        foreach (var shift in shifts.Where(s => s.From < s.Until).OrderBy(s => s.From)) all = Pieces.Over(all, [shift]);
        return [.. all];
    }
}
