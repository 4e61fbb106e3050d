using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>Who is on call by the schedules of a state; each schedule is prepared once per set of manifests.</summary>
public sealed class OnCallSchedules(CompiledManifests manifests) : IOnCallSchedules
{
    private readonly ConditionalWeakTable<ManifestSet, FrozenDictionary<string, Rota>> _rotas = [];

    /// <inheritdoc />
    public Shift? At(HouseState state, string schedule, Instant at) => Find(state, schedule)?.At(at);

    /// <inheritdoc />
    public IReadOnlyList<Shift> Between(HouseState state, string schedule, Instant from, Instant to) =>
        from < to && Find(state, schedule) is { } rota ? rota.Between(from, to) : [];

    /// <inheritdoc />
    public IReadOnlyList<string> ShadowsAt(HouseState state, string schedule, Instant at) => Find(state, schedule)?.ShadowsAt(at) ?? [];

    /// <summary>The schedule of that name, ready to be asked; null where there is none.</summary>
    public Rota? Find(HouseState state, string schedule) => All(state).GetValueOrDefault(schedule);

    /// <summary>Every schedule, by name.</summary>
    public FrozenDictionary<string, Rota> All(HouseState state) => _rotas.GetValue(manifests.For(state), Prepare);

    private static FrozenDictionary<string, Rota> Prepare(ManifestSet all)
    {
        var catalog = CatalogView.Of(all);
        return all.Of<Schedule>().ToFrozenDictionary(s => s.Name, s => new Rota(s, handle => catalog.Person(handle) is not null));
    }
}
