using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>What the journal knows of the ends of alerts that are sent again and again.</summary>
/// <param name="Next">No alert ends before; null while none has an end.</param>
/// <param name="ByNode">The newest news of each node.</param>
public sealed record AlertEnds(Instant? Next, ImmutableSortedDictionary<string, RenewalNews> ByNode)
{
    /// <summary>Nothing has an end.</summary>
    public static AlertEnds None { get; } = new(null, ImmutableSortedDictionary.Create<string, RenewalNews>(StringComparer.Ordinal));

    /// <summary>When an alert ends, and when it was last heard of, as far as the journal knows.</summary>
    public (Instant EndsAt, Instant HeardAt) Of(Alert alert)
    {
        var (end, heard) = (alert.EndsAt ?? Instant.MaxValue, alert.HeardAt);
        var newer = false;
        foreach (var news in ByNode.Values)
        {
            if (news.At <= alert.HeardAt) continue;
            // "At least": an end that was said later than that still holds.
            var holds = news.Earlier.TryGetValue(alert.Id, out var earlier) ? earlier : Instant.Max(alert.EndsAt ?? Instant.MaxValue, news.Until);
            end = newer ? Instant.Max(end, holds) : holds;
            heard = Instant.Max(heard, news.At);
            newer = true;
        }

        return (end, heard);
    }
}

/// <summary>What one node said last.</summary>
/// <param name="At">When.</param>
/// <param name="Until">How long alerts hold at least.</param>
/// <param name="Earlier">Those that do not hold that long.</param>
public sealed record RenewalNews(Instant At, Instant Until, FrozenDictionary<string, Instant> Earlier);

/// <summary>Folds ends.</summary>
public sealed class AlertEndsFold : Fold<AlertEnds>
{
    // A node that has said nothing for so long is gone; its alerts are long over or heard of by another.
    private static readonly Duration Kept = Duration.FromDays(2);

    /// <inheritdoc />
    public override string Room => "alerts.ends";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override AlertEnds Empty => AlertEnds.None;

    /// <inheritdoc />
    public override AlertEnds Apply(AlertEnds state, in Recorded happened) => happened.Event switch
    {
        AlertsTaken e => Taken(state, e),
        AlertsRenewed e => Renewed(state, e, happened.Entry.At),
        AlertEndsChecked e => state with { Next = e.Next },
        _ => state,
    };

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(AlertEnds state) => JsonSerializer.SerializeToUtf8Bytes(
        new Row(state.Next, [.. state.ByNode.Select(n => new NodeRow(n.Key, n.Value.At, n.Value.Until, new(n.Value.Earlier, StringComparer.Ordinal)))]), HouseJson.Options);

    /// <inheritdoc />
    public override AlertEnds Load(ReadOnlyMemory<byte> data)
    {
        var row = JsonSerializer.Deserialize<Row>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of ends is empty.");
        return new(row.Next, row.Nodes.ToImmutableSortedDictionary(n => n.Node, n => new RenewalNews(n.At, n.Until, n.Earlier.ToFrozenDictionary(StringComparer.Ordinal)), StringComparer.Ordinal));
    }

    private static AlertEnds Taken(AlertEnds state, AlertsTaken e)
    {
        var next = state.Next;
        foreach (var alert in e.Alerts)
            if (alert.EndsAt is { } end && (next is null || end < next)) next = end;
        return next == state.Next ? state : state with { Next = next };
    }

    private static AlertEnds Renewed(AlertEnds state, AlertsRenewed e, Instant at)
    {
        var nodes = state.ByNode.SetItem(e.Node, new(at, e.Until, e.Earlier.ToFrozenDictionary(a => a.Id, a => a.EndsAt, StringComparer.Ordinal)));
        return state with { ByNode = nodes.RemoveRange(nodes.Where(n => at - n.Value.At > Kept).Select(n => n.Key)) };
    }

    private sealed record Row(Instant? Next, NodeRow[] Nodes);

    private sealed record NodeRow(string Node, Instant At, Instant Until, SortedDictionary<string, Instant> Earlier);
}
