using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Learning.Actions;

/// <summary>Folds actions, and what the outbox says about trackers that were told of them.</summary>
public sealed class ActionBookFold : Fold<ActionBook>
{
    /// <inheritdoc />
    public override string Room => "actions";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override ActionBook Empty => ActionBook.None;

    /// <inheritdoc />
    public override ActionBook Apply(ActionBook state, in Recorded happened)
    {
        var at = happened.Entry.At;
        return happened.Event switch
        {
            ActionAdded e => state.With(Add(e, at)),
            ActionTaken e => state.Change(e.Id, a => (a with { Owner = e.Owner }).Said(at, e.Owner.Length > 0 ? "{0} has it." : "Nobody has it any more.", e.Owner)),
            ActionStarted e => state.Change(e.Id, a => (a with { State = ActionState.InProgress }).Said(at, "{0} began.", e.By)),
            ActionDone e => state.End(e.Id, a => (a with { State = ActionState.Done, EndedAt = at, Evidence = e.Evidence, ByCheck = e.ByCheck }).Said(at, "Done: " + e.Evidence, e.By)),
            ActionDropped e => state.End(e.Id, a => (a with { State = ActionState.Dropped, EndedAt = at, Evidence = e.Reason, ByCheck = false, HoldsSince = null }).Said(at, "Dropped: " + e.Reason, e.By)),
            ActionReopened e => state.Change(e.Id, a => (a with { State = ActionState.Open, EndedAt = null, Evidence = "", ByCheck = false, HoldsSince = null }).Said(at, "Open again: " + e.Reason, e.By)) with { Ended = state.Ended.Remove(e.Id) },
            ActionMoved e => state.Change(e.Id, a => (a with { Deadline = e.Deadline, RemindedAt = at }).Said(at, "Another deadline: " + e.Reason, e.By)),
            CheckSet e => state.Change(e.Id, a => (a with { Check = e.Check, HoldsSince = null, ByCheck = false }).Said(at, e.Check is null ? "Nines looks at nothing any more." : "Nines looks by itself: " + CheckWords.Of(e.Check), e.By)),
            CheckTurned e => state.Change(e.Id, a => (a with { HoldsSince = e.Holds ? at : null }).Said(at, e.Seen)),
            ActionReminded e => state.Change(e.Id, a => a with { RemindedAt = at }),
            ActionTrackerTold e => state.Change(e.Id, a => a with { Trackers = a.Trackers.Add(new(e.Effect, e.Tracker, e.Told, "pending", "")) }) with { ByEffect = state.ByEffect.SetItem(e.Effect, e.Id) },
            OutboxSettled e when state.ByEffect.TryGetValue(e.Id, out var id) => Settle(state, id, e),
            _ => state,
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(ActionBook state) => JsonSerializer.SerializeToUtf8Bytes(
        new Kept([.. state.All.Values.OrderBy(a => a.Number)], [.. state.Ended], new(state.ByEffect, StringComparer.Ordinal), state.Numbers), HouseJson.Options);

    /// <inheritdoc />
    public override ActionBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of actions is empty.");
        return new(kept.All.ToImmutableDictionary(a => a.Id), [.. kept.Ended], kept.ByEffect.ToImmutableDictionary(), kept.Numbers);
    }

    private static ActionItem Add(ActionAdded e, Instant at) => new ActionItem
    {
        Id = e.Id,
        Number = e.Number,
        Title = e.Title,
        Type = e.Type,
        Priority = e.Priority,
        Deadline = e.Deadline,
        Owner = e.Owner,
        Incident = e.Incident,
        Service = e.Service,
        Link = e.Link,
        Check = e.Check,
        AddedAt = at,
    }.Said(at, "Written down.", e.By);

    private static ActionBook Settle(ActionBook state, string id, OutboxSettled e) => state.Change(id, a => a with
    {
        Trackers = a.Trackers.ConvertAll(t => t.Effect == e.Id ? t with { Outcome = e.End == EffectEnd.Accepted ? "accepted" : "failed", Reason = e.Reason } : t),
    }) with
    { ByEffect = state.ByEffect.Remove(e.Id) };

    private sealed record Kept(ActionItem[] All, string[] Ended, SortedDictionary<string, string> ByEffect, int Numbers);
}
