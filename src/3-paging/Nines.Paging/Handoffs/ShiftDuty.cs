using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Paging.Handoffs;

/// <summary>Notes when a shift ends and the next begins: the handoff.</summary>
internal sealed class ShiftDuty(IHouse house, CompiledManifests manifests, OnCallSchedules schedules) : Duty
{
    // State changes all the time; when the next shift ends follows from three parts of it alone.
    private (object Manifests, object Book, object Handoffs, Instant? Due)? _last;

    // Up to when the past is settled: an edit of it changes nothing that was lived.
    private Instant _looked = Instant.MinValue;

    public override string Name => "handoffs.shifts";

    public override Instant? NextDue(HouseState state)
    {
        var (all, book, handoffs) = (manifests.For(state), state.Get<ScheduleBook>(), state.Get<HandoffBook>());
        if (_last is { } last && ReferenceEquals(last.Manifests, all) && ReferenceEquals(last.Book, book) && ReferenceEquals(last.Handoffs, handoffs)) return last.Due;
        var names = all.Of<Schedule>().Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var catalog = manifests.Catalog(state);
        var due = handoffs.Now.Keys.Any(n => !names.Contains(n)) ? Instant.MinValue : names.Select(n => ShiftKeeping.Due(state, catalog, schedules, n, _looked)).Min();
        _last = (all, book, handoffs, due);
        return due;
    }

    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        await house.DecideAsync<bool>(Actor.Duty(Name), deciding => Decide(deciding), stop: stop);
        (_looked, _last) = (now, null);
    }

    private bool Decide(Deciding deciding)
    {
        var names = manifests.For(deciding.State).Of<Schedule>().Select(s => s.Name).Order(StringComparer.Ordinal).ToArray();
        foreach (var happened in ShiftKeeping.Decide(deciding.State, manifests.Catalog(deciding.State), schedules, names, deciding.Now, deciding.NewId))
            deciding.Write(new("handoffs", happened is ShiftEnded ended ? ended.Schedule : ((ShiftBegan)happened).Schedule), happened);
        return true;
    }
}
