using System.Runtime.CompilerServices;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>Who is on call by the schedules of a state; each schedule is prepared once for what manifests and overrides say.</summary>
public sealed class OnCallSchedules(CompiledManifests manifests) : IOnCallSchedules
{
    private readonly ConditionalWeakTable<ManifestSet, ConditionalWeakTable<ScheduleBook, RotaSet>> _rotas = [];

    /// <inheritdoc />
    public Shift? At(HouseState state, string schedule, Instant at) => Find(state, schedule)?.At(at);

    /// <inheritdoc />
    public IReadOnlyList<Shift> Between(HouseState state, string schedule, Instant from, Instant to) =>
        from < to && Find(state, schedule) is { } rota ? rota.Between(from, to) : [];

    /// <inheritdoc />
    public IReadOnlyList<string> ShadowsAt(HouseState state, string schedule, Instant at) => Find(state, schedule)?.ShadowsAt(at) ?? [];

    /// <summary>The schedule of that name, ready to be asked; null where there is none.</summary>
    public Rota? Find(HouseState state, string schedule) => For(state).Find(schedule);

    /// <summary>Every schedule, by name.</summary>
    public IEnumerable<Rota> All(HouseState state) => For(state).All;

    private RotaSet For(HouseState state) =>
        _rotas.GetOrCreateValue(manifests.For(state)).GetValue(state.Get<ScheduleBook>(), book => new(manifests.For(state), book));
}
