using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Integrations;

/// <summary>An alert that a sender knows by a key.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Integration">The sender.</param>
/// <param name="Key">What the sender calls it.</param>
/// <param name="Labels">What identifies it here.</param>
/// <param name="Severity">How loud.</param>
/// <param name="EndedAt">When it ended; null while it fires.</param>
public sealed record KeyedAlert(string Id, string Integration, string Key, AlertLabels Labels, AlertSeverity Severity, Instant? EndedAt = null);

/// <summary>Which alerts belong to a sender's key: all that fire, and the last that ended. Made from the alerts themselves.</summary>
/// <param name="ById">By alert.</param>
/// <param name="ByKey">Ids by integration and key, the newest last.</param>
/// <param name="Ended">Ids of ended ones, the oldest first.</param>
public sealed record DoorKeys(
    ImmutableDictionary<string, KeyedAlert> ById, ImmutableDictionary<(string Integration, string Key), ImmutableList<string>> ByKey, ImmutableQueue<string> Ended, int EndedCount)
{
    /// <summary>The label that names the sender.</summary>
    public const string IntegrationLabel = "integration";

    /// <summary>The label that holds the sender's key.</summary>
    public const string KeyLabel = "dedup_key";

    /// <summary>So many ended ones are remembered, to recognise what comes back.</summary>
    public const int EndedKept = 1000;

    /// <summary>No key.</summary>
    public static DoorKeys None { get; } = new(ImmutableDictionary<string, KeyedAlert>.Empty, ImmutableDictionary<(string, string), ImmutableList<string>>.Empty, [], 0);

    /// <summary>The alerts of a key, the newest last.</summary>
    public IReadOnlyList<KeyedAlert> Of(string integration, string key) =>
        ByKey.TryGetValue((integration, key), out var ids) ? [.. ids.Select(id => ById[id])] : [];

    internal DoorKeys Fires(string id, AlertLabels labels, AlertSeverity severity)
    {
        if (labels[IntegrationLabel] is not { Length: > 0 } integration || labels[KeyLabel] is not { Length: > 0 } key) return this;
        var at = (integration, key);
        var ids = ByKey.GetValueOrDefault(at) ?? [];
        return this with
        {
            ById = ById.SetItem(id, new(id, integration, key, labels, severity)),
            ByKey = ByKey.SetItem(at, ids.Remove(id).Add(id)),
        };
    }

    internal DoorKeys Again(string id) => ById.TryGetValue(id, out var known) ? Fires(id, known.Labels, known.Severity) : this;

    internal DoorKeys Over(string id, Instant at)
    {
        if (!ById.TryGetValue(id, out var known) || known.EndedAt is not null) return this;
        var next = this with { ById = ById.SetItem(id, known with { EndedAt = at }), Ended = Ended.Enqueue(id), EndedCount = EndedCount + 1 };
        while (next.EndedCount > EndedKept)
        {
            var ended = next.Ended.Dequeue(out var oldest);
            next = next with { Ended = ended, EndedCount = next.EndedCount - 1 };
            // It may fire again, or have ended a second time since: then a later place in the queue is its own.
            if (next.ById.TryGetValue(oldest, out var old) && old.EndedAt is not null && !ended.Contains(oldest)) next = next.Without(old);
        }

        return next;
    }

    private DoorKeys Without(KeyedAlert old)
    {
        var at = (old.Integration, old.Key);
        var ids = ByKey[at].Remove(old.Id);
        return this with { ById = ById.Remove(old.Id), ByKey = ids.IsEmpty ? ByKey.Remove(at) : ByKey.SetItem(at, ids) };
    }
}

/// <summary>Folds the alerts that carry a sender's key.</summary>
public sealed class DoorKeysFold : Fold<DoorKeys>
{
    /// <inheritdoc />
    public override string Room => "integrations";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override DoorKeys Empty => DoorKeys.None;

    /// <inheritdoc />
    public override DoorKeys Apply(DoorKeys state, in Recorded happened) => happened.Event switch
    {
        AlertsTaken e => e.Alerts.Aggregate(state, (s, a) => s.Fires(a.Id, a.Labels, a.Severity)),
        AlertRaised e => state.Fires(e.Id, e.Labels, e.Severity),
        AlertReopened e => state.Again(e.Id),
        AlertResolved e => state.Over(e.Id, happened.Entry.At),
        _ => state,
    };

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(DoorKeys state) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
        new Kept([.. state.ByKey.Values.SelectMany(ids => ids).Select(id => state.ById[id])], [.. state.Ended]), HouseJson.Options);

    /// <inheritdoc />
    public override DoorKeys Load(ReadOnlyMemory<byte> data)
    {
        var kept = System.Text.Json.JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new System.Text.Json.JsonException("The snapshot of integrations is empty.");
        return new(
            kept.All.ToImmutableDictionary(k => k.Id),
            kept.All.GroupBy(k => (k.Integration, k.Key)).ToImmutableDictionary(g => g.Key, g => g.Select(k => k.Id).ToImmutableList()),
            ImmutableQueue.CreateRange(kept.Ended), kept.Ended.Length);
    }

    private sealed record Kept(KeyedAlert[] All, string[] Ended);
}
