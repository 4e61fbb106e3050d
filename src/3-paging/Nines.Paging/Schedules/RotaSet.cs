using System.Collections.Concurrent;
using Nines.Catalog;
using Nines.Catalog.Manifests;

namespace Nines.Paging.Schedules;

/// <summary>The schedules of one state, each prepared when it is first asked for.</summary>
public sealed class RotaSet(ManifestSet manifests, ScheduleBook book)
{
    private readonly CatalogView _catalog = CatalogView.Of(manifests);
    private readonly ConcurrentDictionary<string, Rota> _ready = new(StringComparer.Ordinal);

    /// <summary>Every schedule, by name.</summary>
    public IEnumerable<Rota> All => manifests.Of<Schedule>().Select(s => Find(s.Name)!);

    /// <summary>The schedule of that name; null where there is none.</summary>
    public Rota? Find(string name) => _ready.TryGetValue(name, out var ready) ? ready
        : manifests.Find<Schedule>(name) is { } schedule ? _ready.GetOrAdd(name, Prepare(schedule, _catalog, book)) : null;

    /// <summary>Prepares a schedule: its rotations as they go on, its overrides with people by handle.</summary>
    public static Rota Prepare(Schedule schedule, CatalogView catalog, ScheduleBook book) => new(
        schedule with { Layers = [.. schedule.Layers.Select(l => RotationKeeping.With(l, book.RotationOf(schedule.Name, l.Name)))] },
        handle => catalog.Person(handle) is not null,
        [.. book.OverridesOf(schedule.Name).Select(o => o with { In = Handle(o.In, catalog), Out = Handle(o.Out, catalog) })],
        [.. book.TemporaryOf(schedule.Name).Select(t => t with { Shifts = [.. t.Shifts.Select(s => s with { People = [.. s.People.Select(p => Handle(p, catalog))] })] })],
        schedule.Layers.Any(l => l.Calendar is not null) ? PeopleByName.Of(catalog) : null);

    // Somebody erased keeps their id, which is no handle: what speaks of them changes nothing any more.
    private static string Handle(string id, CatalogView catalog) => id.Length == 0 ? "" : catalog.PersonById(id)?.Name ?? id;
}
