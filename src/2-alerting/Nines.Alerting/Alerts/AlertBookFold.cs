using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;

namespace Nines.Alerting.Alerts;

/// <summary>Folds the room's events.</summary>
public sealed class AlertBookFold : Fold<AlertBook>
{
    /// <inheritdoc />
    public override string Room => "alerts";

    /// <inheritdoc />
    public override int Version => 3;

    /// <inheritdoc />
    public override AlertBook Empty => AlertBook.None;

    /// <inheritdoc />
    public override AlertBook ApplyBatch(AlertBook state, ReadOnlySpan<Recorded> batch)
    {
        for (var i = 0; i < batch.Length;)
        {
            var run = i;
            while (run < batch.Length && batch[run].Event is AlertsTaken) run++;
            // What several calls brought goes through one builder.
            if (run - i > 1) state = state.Take(batch[i..run]);
            else state = Apply(state, in batch[i]);
            i = Math.Max(run, i + 1);
        }

        return state;
    }

    /// <inheritdoc />
    public override AlertBook Apply(AlertBook state, in Recorded happened) => happened.Event switch
    {
        AlertsTaken => state.Take(in happened),
        AlertsRenewed e => state.Reword(e),
        AlertAcknowledged e => state.Acknowledge(e, happened.Entry.At),
        AlertUnacknowledged e => state.Unacknowledge(e),
        AlertRaised e => state.Raise(e),
        AlertReopened e => state.Reopen(e, happened.Entry.At),
        AlertRouted e => state.Route(e, happened.Entry.At),
        AlertsRerouted e => Each(state, e, happened.Entry.At),
        AlertJudged e => state.Judge(e),
        GroupJudged e => state.Judge(e),
        GroupsWoken e => state.Wake(e),
        AlertResolved e => state.Resolve(e),
        GroupWoken e => state.Wake(e.Group, e.FlushAt),
        NotificationDue e => state.Tell(e, happened.Entry.At),
        GroupFlushed e => state.Flush(e, happened.Entry.At),
        _ => state,
    };

    private static AlertBook Each(AlertBook state, AlertsRerouted e, NodaTime.Instant at) => e.Alerts.Aggregate(state, (book, routed) => book.Route(routed, at));

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(AlertBook state) => JsonSerializer.SerializeToUtf8Bytes(
        new Kept([.. state.All.Values.OrderBy(a => a.Id, StringComparer.Ordinal)], [.. state.ByFingerprint.OrderBy(f => f.Key).Select(f => new KeptFingerprint(f.Key, f.Value))], [.. state.Groups.Values.OrderBy(g => g.Key, StringComparer.Ordinal)], [.. state.Ended], [.. state.Pages]),
        HouseJson.Options);

    /// <inheritdoc />
    public override AlertBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of alerts is empty.");
        return new(
            LargeDictionary.Of(kept.All, a => a.Id),
            LargeDictionary.Of(kept.ByFingerprint, f => f.Number, f => f.Id),
            LargeDictionary.Of(kept.Groups, g => g.Key),
            ImmutableQueue.CreateRange(kept.Ended),
            kept.Ended.Length,
            [.. kept.Pages]);
    }

    private sealed record Kept(Alert[] All, KeptFingerprint[] ByFingerprint, AlertGroup[] Groups, string[] Ended, PageBegan[] Pages);

    private sealed record KeptFingerprint(ulong Number, string Id);
}
