using System.Collections.Immutable;
using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// Which effects are to be tried now, and when the next is due: pure functions of the outbox and of the tries under
/// way. A receiver that hangs holds up its own effects only.
/// </summary>
public static class OutboxSchedule
{
    /// <summary>So many tries run at once.</summary>
    public const int MostAtOnce = 64;

    /// <summary>So many of them to one target, so that a dead receiver cannot take every place.</summary>
    public const int MostToOneTarget = 4;

    /// <summary>When the next effect may be tried; null while nothing waits or no place is free.</summary>
    /// <param name="outbox">What is pending.</param>
    /// <param name="underWay">Effect to the number of its try that is running on this node.</param>
    public static Instant? NextDue(Outbox outbox, IReadOnlyDictionary<string, int> underWay)
    {
        foreach (var effect in Free(outbox, underWay, outbox.Due)) return effect.DueAt;
        return null;
    }

    /// <summary>
    /// The effects to try at <paramref name="now"/>, the newest due first: after a stand-still what is fresh matters more
    /// than what has waited longest (PagerDuty 2023-01: a queue worked off in order paged about what was long over).
    /// </summary>
    public static IReadOnlyList<Effect> Now(Outbox outbox, IReadOnlyDictionary<string, int> underWay, Instant now) =>
        [.. Free(outbox, underWay, NewestFirst(outbox.Due, now))];

    /// <summary>What is due, the newest instant first; what is due at one instant stays in its order.</summary>
    private static IEnumerable<EffectDue> NewestFirst(ImmutableSortedSet<EffectDue> due, Instant now)
    {
        var end = CountUpTo(due, now);
        while (end > 0)
        {
            var begin = end - 1;
            while (begin > 0 && due[begin - 1].At == due[end - 1].At) begin--;
            for (var i = begin; i < end; i++) yield return due[i];
            end = begin;
        }
    }

    private static int CountUpTo(ImmutableSortedSet<EffectDue> due, Instant now)
    {
        var (low, high) = (0, due.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (due[middle].At <= now) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>True while the try that is running is the one the state waits for; a try that has been written no longer counts.</summary>
    private static bool Runs(Effect effect, IReadOnlyDictionary<string, int> underWay) =>
        underWay.TryGetValue(effect.Id, out var attempt) && attempt == effect.Attempts + 1;

    private static IEnumerable<Effect> Free(Outbox outbox, IReadOnlyDictionary<string, int> underWay, IEnumerable<EffectDue> order)
    {
        var targets = new Dictionary<string, int>(StringComparer.Ordinal);
        var places = MostAtOnce;
        foreach (var (id, _) in underWay)
        {
            if (!outbox.Pending.TryGetValue(id, out var running) || !Runs(running, underWay)) continue;
            targets[running.Target] = targets.GetValueOrDefault(running.Target) + 1;
            places--;
        }

        foreach (var due in order)
        {
            if (places == 0) yield break;
            var effect = outbox.Pending[due.Id];
            var toTarget = targets.GetValueOrDefault(effect.Target);
            if (toTarget >= MostToOneTarget || Runs(effect, underWay)) continue;
            targets[effect.Target] = toTarget + 1;
            places--;
            yield return effect;
        }
    }
}
