using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>Tells calendars what changed: worked out beside the writer, then written in one step.</summary>
public sealed class ShiftPublisher(IHouse house, OnCallSchedules schedules, CompiledManifests manifests)
{
    /// <summary>Publishes what changed of every schedule that somebody follows.</summary>
    public async Task PublishAsync(Actor actor, Instant now, CancellationToken stop)
    {
        var state = house.State;
        var (book, feeds, catalog) = (state.Get<ScheduleBook>(), state.Get<FeedBook>(), manifests.Catalog(state));
        var people = feeds.Feeds.Values.Where(f => f.Person.Length > 0).Select(f => f.Person).ToHashSet(StringComparer.Ordinal);
        var news = new List<ShiftsPublished>();
        foreach (var rota in schedules.All(state))
        {
            var name = rota.Schedule.Name;
            if (!feeds.Feeds.ContainsKey(FeedBook.KeyOf(name, "")) && !feeds.Shifts.ContainsKey(name) && !Has(rota, people, catalog)) continue;
            var changed = ShiftNews.Since(name, feeds.Of(name), ShiftNews.Shifts(rota, handle => catalog.Person(handle)?.Id, now), now);
            if (changed.Count > 0) news.Add(new(name, changed));
        }

        // A schedule that was deleted: what calendars show of it is cancelled.
        foreach (var gone in feeds.Shifts.Keys.Where(n => schedules.Find(state, n) is null))
            if (ShiftNews.Since(gone, feeds.Of(gone), [], now) is { Count: > 0 } cancelled) news.Add(new(gone, cancelled));
        if (news.Count == 0) return;
        await house.DecideAsync(actor, deciding =>
        {
            // Something changed meanwhile: it is worked out again.
            if (!ReferenceEquals(deciding.State.Get<ScheduleBook>(), book) || !ReferenceEquals(deciding.State.Get<FeedBook>(), feeds)) return Outcome<bool>.Of(false);
            foreach (var one in news) deciding.Write(new("schedule", one.Schedule), one);
            return Outcome<bool>.Of(true);
        }, stop: stop);
    }

    private static bool Has(Rota rota, HashSet<string> people, CatalogView catalog) => people.Count > 0
        && rota.Schedule.People.Concat(rota.Overrides.Select(o => o.In)).Any(p => catalog.Person(p) is { } person && people.Contains(person.Id));
}
