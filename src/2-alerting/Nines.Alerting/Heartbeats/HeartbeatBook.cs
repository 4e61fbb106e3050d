using System.Collections.Immutable;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Heartbeats;

/// <summary>What is known of heartbeats beyond this node's memory: when they were heard, and which stayed out.</summary>
/// <param name="Last">When each was written down as heard.</param>
/// <param name="Missed">Those that stay out, with the time when that was noticed.</param>
public sealed record HeartbeatBook(ImmutableSortedDictionary<string, Instant> Last, ImmutableSortedDictionary<string, Instant> Missed)
{
    /// <summary>Nothing heard.</summary>
    public static HeartbeatBook None { get; } = new(
        ImmutableSortedDictionary.Create<string, Instant>(StringComparer.Ordinal), ImmutableSortedDictionary.Create<string, Instant>(StringComparer.Ordinal));

    internal HeartbeatBook Hear(HeartbeatsHeard e)
    {
        var last = Last.ToBuilder();
        foreach (var (name, at) in e.Last)
            if (!last.TryGetValue(name, out var known) || at > known) last[name] = at;
        return this with { Last = last.ToImmutable() };
    }
}

/// <summary>Folds heartbeats.</summary>
public sealed class HeartbeatFold : Fold<HeartbeatBook>
{
    /// <inheritdoc />
    public override string Room => "heartbeats";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override HeartbeatBook Empty => HeartbeatBook.None;

    /// <inheritdoc />
    public override HeartbeatBook Apply(HeartbeatBook state, in Recorded happened) => happened.Event switch
    {
        HeartbeatsHeard e => state.Hear(e),
        HeartbeatMissed e => state with { Missed = state.Missed.SetItem(e.Heartbeat, happened.Entry.At) },
        HeartbeatReturned e => state with { Missed = state.Missed.Remove(e.Heartbeat) },
        _ => state,
    };
}
