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
    private readonly Func<string, string?> _named;

    /// <summary>Prepares a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="zone">The schedule's zone.</param>
    /// <param name="holidays">When the schedule has a holiday, sorted.</param>
    /// <param name="known">True for people who can be called at all; others leave their slot to what lies below.</param>
    /// <param name="named">The handle that a calendar's name means; null where nobody is called so.</param>
    public LayerCover(ScheduleLayer layer, DateTimeZone zone, IReadOnlyList<Stretch> holidays, Func<string, bool> known, Func<string, string?> named)
    {
        _named = named;
        _layer = layer;
        _zone = layer.Zone ?? zone;
        _holidays = layer.RestsOnHolidays ? holidays : [];
        _slots = [.. (layer.Rotation?.Slots ?? []).Select(s => Of(s.Where(known)))];
        _shifts = [.. Together([.. layer.Shifts.Select(s => new FixedShift(s.From, s.Until, [.. s.People.Where(known)]))])];
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
        if (_shifts.Length > 0) pieces = Pieces.Over(pieces, Pieces.Within(_shifts, [new(from, until)]));
        if (_layer.Calendar is not null) pieces = Pieces.Over(pieces, Pieces.Within(Together(Calendar(from, until)), [new(from, until)]));
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

    /// <summary>What the calendar says; an event in which nobody known is named is nobody's.</summary>
    private List<FixedShift> Calendar(Instant from, Instant until) =>
    [
        .. _layer.Calendar!.Between(_zone, from, until).Select(o => new FixedShift(o.From, o.Until, [.. o.Event.Names.Select(_named).OfType<string>().Distinct(StringComparer.Ordinal)])).Where(s => s.People.Count > 0),
    ];

    /// <summary>Shifts as pieces: where several are at once, all of their people are on call.</summary>
    private List<Piece> Together(List<FixedShift> shifts)
    {
        var edges = shifts.SelectMany((s, i) => s.From < s.Until && s.People.Count > 0 ? [(At: s.From, Begins: true, i), (At: s.Until, Begins: false, i)] : Array.Empty<(Instant At, bool Begins, int)>())
            .OrderBy(e => e.At).ToArray();
        var pieces = new List<Piece>(shifts.Count);
        var open = new SortedSet<int>();
        var covers = new Dictionary<string, Cover>(StringComparer.Ordinal);
        for (var e = 0; e < edges.Length;)
        {
            var at = edges[e].At;
            for (; e < edges.Length && edges[e].At == at; e++)
            {
                if (edges[e].Begins) open.Add(edges[e].Item3);
                else open.Remove(edges[e].Item3);
            }

            if (open.Count == 0 || e == edges.Length) continue;
            string[] people = [.. open.SelectMany(i => shifts[i].People).Distinct(StringComparer.Ordinal)];
            var key = string.Join('\n', people);
            if (!covers.TryGetValue(key, out var cover)) covers[key] = cover = Of(people);
            pieces.Add(new(at, edges[e].At, cover));
        }

        return pieces;
    }
}
