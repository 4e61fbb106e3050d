using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>Who is on call by a schedule, from when until when.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends.</param>
/// <param name="People">Handles of the catalog; none: nobody (a gap).</param>
/// <param name="Layer">The layer that says so; <c>override</c>, <c>temporary</c> or <c>holiday</c> for what lies over all layers; empty for a gap.</param>
/// <param name="Reason">Why them, in a sentence.</param>
public sealed record Shift(string Schedule, Instant From, Instant Until, IReadOnlyList<string> People, string Layer, string Reason)
{
    /// <summary>True where nobody is on call.</summary>
    public bool IsGap => People.Count == 0;
}

/// <summary>Who is on call by the schedules that a state knows.</summary>
public interface IOnCallSchedules
{
    /// <summary>The shift at a time; null where there is no such schedule.</summary>
    Shift? At(HouseState state, string schedule, Instant at);

    /// <summary>Every shift of a time, without hole or overlap, merged; gaps are shifts without people. None where there is no such schedule.</summary>
    IReadOnlyList<Shift> Between(HouseState state, string schedule, Instant from, Instant to);

    /// <summary>Who shadows at a time: they get a copy of each page and are never cover.</summary>
    IReadOnlyList<string> ShadowsAt(HouseState state, string schedule, Instant at);
}
