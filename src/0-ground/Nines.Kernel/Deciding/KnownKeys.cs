using System.Collections.Immutable;
using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// The idempotency keys of the last day: a sender that repeats a call changes nothing twice. It lives in memory as a
/// fold, because random text in a B-tree costs ten times the append (house.md, Storage).
/// </summary>
public sealed record KnownKeys(ImmutableDictionary<string, long> Positions, ImmutableQueue<KeyAt> Order)
{
    /// <summary>No key yet.</summary>
    public static KnownKeys None { get; } = new(ImmutableDictionary<string, long>.Empty, []);
}

/// <summary>When a key was used, for forgetting it a day later.</summary>
public readonly record struct KeyAt(string Key, Instant At);

/// <summary>Remembers keys for a day.</summary>
public sealed class KnownKeysFold : Fold<KnownKeys>
{
    private static readonly Duration Kept = Duration.FromDays(1);

    /// <inheritdoc />
    public override string Room => "kernel.keys";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override KnownKeys Empty => KnownKeys.None;

    /// <inheritdoc />
    public override KnownKeys Apply(KnownKeys state, in Recorded happened)
    {
        if (happened.Entry.Key is not { } key || state.Positions.ContainsKey(key)) return state;
        var positions = state.Positions.Add(key, happened.Entry.Position);
        var order = state.Order.Enqueue(new(key, happened.Entry.At));
        while (!order.IsEmpty && happened.Entry.At - order.Peek().At > Kept)
        {
            order = order.Dequeue(out var old);
            positions = positions.Remove(old.Key);
        }

        return new(positions, order);
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(KnownKeys state) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
        state.Order.Select(o => new KeptKey(o.Key, o.At, state.Positions[o.Key])).ToArray(), HouseJson.Options);

    /// <inheritdoc />
    public override KnownKeys Load(ReadOnlyMemory<byte> data)
    {
        var rows = System.Text.Json.JsonSerializer.Deserialize<KeptKey[]>(data.Span, HouseJson.Options) ?? [];
        return new(rows.ToImmutableDictionary(r => r.Key, r => r.Position), ImmutableQueue.CreateRange(rows.Select(r => new KeyAt(r.Key, r.At))));
    }

    private sealed record KeptKey(string Key, Instant At, long Position);
}
