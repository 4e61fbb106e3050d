using System.Collections.Immutable;
using NodaTime;

namespace Nines.Kernel;

/// <summary>When an effect is due; ordered by time, then by id.</summary>
public readonly record struct EffectDue(Instant At, string Id)
{
    /// <summary>The order in which effects are tried.</summary>
    public static IComparer<EffectDue> Order { get; } =
        Comparer<EffectDue>.Create((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Id, b.Id));
}

/// <summary>
/// Everything that shall leave the house and has not settled, in the order in which it is due, and a bounded memory
/// of what has settled.
/// </summary>
public sealed record Outbox(
    ImmutableDictionary<string, Effect> Pending,
    ImmutableSortedSet<EffectDue> Due,
    ImmutableDictionary<string, ImmutableList<string>> Waiting,
    ImmutableQueue<SettledEffect> Recent,
    int RecentCount,
    ImmutableSortedDictionary<string, OutboxTotals> Totals)
{
    /// <summary>So many settled effects are listed; older ones are read from the journal.</summary>
    public const int RecentKept = 256;

    /// <summary>Nothing intended yet.</summary>
    public static Outbox None { get; } = new(
        ImmutableDictionary<string, Effect>.Empty, ImmutableSortedSet.Create(EffectDue.Order), ImmutableDictionary<string, ImmutableList<string>>.Empty, [], 0,
        ImmutableSortedDictionary.Create<string, OutboxTotals>(StringComparer.Ordinal));

    /// <summary>The stream that holds one effect's events.</summary>
    public static StreamName StreamOf(string id) => new("effect", id);

    internal Outbox Intend(OutboxIntended happened, Instant at)
    {
        if (Pending.ContainsKey(happened.Id)) return this;
        var effect = new Effect(
            happened.Id, happened.Kind, happened.Target, happened.About, happened.Payload, happened.After, at,
            happened.Patience ?? RetrySchedule.Patience, Attempts: 0, DueAt: at, LastReason: "");
        return Enter(effect) with { Totals = Count(happened.Kind, t => t with { Intended = t.Intended + 1 }) };
    }

    internal Outbox Enter(Effect effect)
    {
        var waits = effect.After is { } first && Pending.ContainsKey(first);
        // Only what waits keeps its predecessor, so that a snapshot says who waits.
        if (!waits) effect = effect with { After = null };
        return this with
        {
            Pending = Pending.SetItem(effect.Id, effect),
            Due = waits ? Due : Due.Add(new(effect.DueAt, effect.Id)),
            Waiting = waits ? Waiting.SetItem(effect.After!, Waiting.GetValueOrDefault(effect.After!, []).Add(effect.Id)) : Waiting,
        };
    }

    internal Outbox Attempt(OutboxAttempted happened, Instant at)
    {
        if (!Pending.TryGetValue(happened.Id, out var effect)) return this;
        var next = effect with { Attempts = happened.Attempt, DueAt = happened.NextAt ?? at, LastReason = happened.Reason };
        return this with
        {
            Pending = Pending.SetItem(effect.Id, next),
            Due = next.After is null ? Due.Remove(new(effect.DueAt, effect.Id)).Add(new(next.DueAt, next.Id)) : Due,
            Totals = Count(effect.Kind, t => t with { Attempts = t.Attempts + 1 }),
        };
    }

    internal Outbox Settle(OutboxSettled happened, Instant at)
    {
        if (!Pending.TryGetValue(happened.Id, out var effect)) return this;
        var (recent, count) = Remember(new(
            effect.Id, effect.Kind, effect.Target, effect.About, happened.End, happened.Attempts, happened.Reason, effect.IntendedAt, at));
        var next = this with
        {
            Pending = Pending.Remove(effect.Id),
            Due = Due.Remove(new(effect.DueAt, effect.Id)),
            Waiting = Waiting.Remove(effect.Id),
            Recent = recent,
            RecentCount = count,
            Totals = Count(effect.Kind, t => happened.End switch
            {
                EffectEnd.Accepted => t with { Accepted = t.Accepted + 1 },
                EffectEnd.Cancelled => t with { Cancelled = t.Cancelled + 1 },
                _ => t with { Failed = t.Failed + 1 },
            }),
        };
        foreach (var id in Waiting.GetValueOrDefault(effect.Id, []))
            if (next.Pending.TryGetValue(id, out var waiting) && waiting.After == effect.Id) next = effect.After is { } before && next.Pending.ContainsKey(before) ? next.Wait(waiting, before) : next.Release(waiting);
        return next;
    }

    /// <summary>What was called off is over; whatever waited for it waits for what it waited for, or no longer.</summary>
    internal Outbox Cancel(OutboxCancelled happened, Instant at) => Pending.TryGetValue(happened.Id, out var effect)
        ? Settle(new(happened.Id, EffectEnd.Cancelled, effect.Attempts, happened.Reason), at)
        : this;

    private Outbox Wait(Effect waiting, string before) => this with
    {
        Pending = Pending.SetItem(waiting.Id, waiting with { After = before }),
        Waiting = Waiting.SetItem(before, Waiting.GetValueOrDefault(before, []).Add(waiting.Id)),
    };

    private Outbox Release(Effect waiting) => this with
    {
        Pending = Pending.SetItem(waiting.Id, waiting with { After = null }),
        Due = Due.Add(new(waiting.DueAt, waiting.Id)),
    };

    private (ImmutableQueue<SettledEffect> Recent, int Count) Remember(SettledEffect settled)
    {
        var recent = Recent.Enqueue(settled);
        return RecentCount < RecentKept ? (recent, RecentCount + 1) : (recent.Dequeue(), RecentCount);
    }

    private ImmutableSortedDictionary<string, OutboxTotals> Count(string kind, Func<OutboxTotals, OutboxTotals> change) =>
        Totals.SetItem(kind, change(Totals.GetValueOrDefault(kind, OutboxTotals.None)));
}
