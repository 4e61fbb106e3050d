using Nines.Catalog;
using Nines.Kernel;
using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Paging.Handoffs;

/// <summary>What happened to shifts since somebody last looked: pure over the state and the schedules.</summary>
public static class ShiftKeeping
{
    /// <summary>The events, in order; none where everything is as it was.</summary>
    /// <param name="state">The state.</param>
    /// <param name="catalog">Gives people their ids.</param>
    /// <param name="schedules">Who is on call.</param>
    /// <param name="names">Every schedule.</param>
    /// <param name="now">The time.</param>
    /// <param name="newId">Makes ids of handoffs.</param>
    public static IReadOnlyList<object> Decide(HouseState state, CatalogView catalog, IOnCallSchedules schedules, IReadOnlyCollection<string> names, Instant now, Func<string> newId)
    {
        var book = state.Get<HandoffBook>();
        var events = new List<object>();
        foreach (var gone in book.Now.Values.Where(s => !names.Contains(s.Schedule)).OrderBy(s => s.Schedule, StringComparer.Ordinal))
            events.Add(End(gone.Schedule, gone.People, gone.From, now, gone.Layer, newId));
        foreach (var name in names) Follow(name, book.Now.GetValueOrDefault(name), state, catalog, schedules, now, newId, events);
        return events;
    }

    /// <summary>When a schedule is to be looked at again: the end of its shift, or at once where somebody else is on call than was noted.</summary>
    /// <param name="state">The state.</param>
    /// <param name="catalog">Gives people their ids.</param>
    /// <param name="schedules">Who is on call.</param>
    /// <param name="name">The schedule.</param>
    /// <param name="looked">Up to when everything is noted.</param>
    public static Instant? Due(HouseState state, CatalogView catalog, IOnCallSchedules schedules, string name, Instant looked)
    {
        if (state.Get<HandoffBook>().Now.GetValueOrDefault(name) is not { } lasting) return Instant.MinValue;
        if (schedules.At(state, name, Instant.Max(lasting.From, looked)) is not { } shift) return Instant.MinValue;
        return Same(lasting.People, Ids(shift, catalog)) ? shift.Until : Instant.MinValue;
    }

    private static void Follow(string name, LivedShift? lasting, HouseState state, CatalogView catalog, IOnCallSchedules schedules, Instant now, Func<string> newId, List<object> events)
    {
        if (schedules.At(state, name, now) is not { } present) return;
        var people = Ids(present, catalog);
        if (lasting is null)
        {
            events.Add(new ShiftBegan(name, people, now, present.Layer));
            return;
        }

        // What the time since holds besides what is noted: one change while it runs, several after a pause.
        var (held, since, layer) = ((IReadOnlyList<string>)lasting.People, lasting.From, lasting.Layer);
        foreach (var piece in schedules.Between(state, name, lasting.From, now + Duration.Epsilon).Skip(1))
        {
            var ids = Ids(piece, catalog);
            if (Same(held, ids)) continue;
            events.Add(End(name, held, since, piece.From, layer, newId));
            events.Add(new ShiftBegan(name, ids, piece.From, piece.Layer));
            (held, since, layer) = (ids, piece.From, piece.Layer);
        }

        // The schedule was changed over what had begun: what was lived stays, the change counts from now.
        if (Same(held, people)) return;
        events.Add(End(name, held, since, now, layer, newId));
        events.Add(new ShiftBegan(name, people, now, present.Layer));
    }

    private static ShiftEnded End(string schedule, IReadOnlyList<string> people, Instant from, Instant until, string layer, Func<string> newId) => new(newId(), schedule, [.. people], from, until, layer);

    private static IReadOnlyList<string> Ids(Shift shift, CatalogView catalog) => [.. shift.People.Select(p => catalog.Person(p)?.Id).OfType<string>().Order(StringComparer.Ordinal)];

    private static bool Same(IReadOnlyList<string> one, IReadOnlyList<string> other) => one.Order(StringComparer.Ordinal).SequenceEqual(other.Order(StringComparer.Ordinal));
}
