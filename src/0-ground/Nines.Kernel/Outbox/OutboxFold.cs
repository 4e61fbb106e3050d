using System.Collections.Immutable;
using System.Text.Json;

namespace Nines.Kernel;

/// <summary>Folds the outbox's events.</summary>
public sealed class OutboxFold : Fold<Outbox>
{
    /// <inheritdoc />
    public override string Room => "outbox";

    /// <inheritdoc />
    public override int Version => 2;

    /// <inheritdoc />
    public override Outbox Empty => Outbox.None;

    /// <inheritdoc />
    public override Outbox Apply(Outbox state, in Recorded happened) => happened.Event switch
    {
        OutboxIntended intended => state.Intend(intended, happened.Entry.At),
        OutboxAttempted attempted => state.Attempt(attempted, happened.Entry.At),
        OutboxSettled settled => state.Settle(settled, happened.Entry.At),
        OutboxCancelled cancelled => state.Cancel(cancelled, happened.Entry.At),
        _ => state,
    };

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(Outbox state) => JsonSerializer.SerializeToUtf8Bytes(
        new Kept([.. state.Pending.Values.OrderBy(e => e.Id, StringComparer.Ordinal)], [.. state.Recent], new(state.Totals, StringComparer.Ordinal)),
        HouseJson.Options);

    /// <inheritdoc />
    public override Outbox Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of outbox is empty.");
        var state = Outbox.None with
        {
            // All must be known before any is entered, or one that waits for a later id would not wait.
            Pending = kept.Pending.ToImmutableDictionary(e => e.Id),
            Recent = ImmutableQueue.CreateRange(kept.Recent),
            RecentCount = kept.Recent.Length,
            Totals = kept.Totals.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        return kept.Pending.Aggregate(state, (s, effect) => s.Enter(effect));
    }

    private sealed record Kept(Effect[] Pending, SettledEffect[] Recent, Dictionary<string, OutboxTotals> Totals);
}
