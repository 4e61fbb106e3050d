using System.Collections.Frozen;
using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// Turns a batch of commands into one draft: entries to append and the state that holds once they are durable.
/// Reactions run to a fixed point after each command.
/// </summary>
internal sealed class Decider(
    IReadOnlyList<Fold> folds, IEnumerable<Reaction> reactions, EventCatalog events, IdSource ids, TimeProvider clock)
{
    // A chain of reactions longer than this is a circle: a bug, better refused than committed for ever.
    private const int MostReactions = 10_000;

    private readonly FrozenDictionary<Type, Reaction[]> _reactions =
        reactions.GroupBy(r => r.EventType).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    public Draft Decide(HouseState state, IReadOnlyList<QueuedCommand> batch)
    {
        var draft = new Draft(state);
        var now = clock.Now();
        foreach (var command in batch)
        {
            var deciding = new Deciding(draft.State, now, ids, command.Actor);
            var repeated = command.Key is { } key && draft.State.Get<KnownKeys>().Positions.ContainsKey(key);
            var first = draft.Entries.Count;
            if (command.Decide(deciding, repeated) && deciding.Written.Count > 0) Record(draft, command, deciding, now);
            command.Wrote = (first, draft.Entries.Count - first);
        }

        return draft;
    }

    private void Record(Draft draft, QueuedCommand command, Deciding deciding, Instant now)
    {
        var mark = (draft.State, draft.Entries.Count);
        try
        {
            var first = draft.Entries.Count;
            Add(draft, deciding, now, command.Key, cause: -1);
            for (var i = first; i < draft.Entries.Count; i++) ReactTo(draft, i, now, first);
        }
        catch (Exception e)
        {
            draft.Rewind(mark.State, mark.Count);
            command.Reject(e);
        }
    }

    private void ReactTo(Draft draft, int index, Instant now, int first)
    {
        var cause = draft.Recorded[index];
        if (cause.Event is null || !_reactions.TryGetValue(cause.Event.GetType(), out var all)) return;
        foreach (var reaction in all)
        {
            var deciding = new Deciding(draft.State, now, ids, new(cause.Entry.Actor));
            reaction.Run(cause, deciding);
            Add(draft, deciding, now, key: null, index);
        }

        if (draft.Entries.Count - first > MostReactions)
            throw new InvalidOperationException($"Reactions to {cause.Entry.Type} do not come to rest after {MostReactions} events.");
    }

    private void Add(Draft draft, Deciding deciding, Instant now, string? key, int cause)
    {
        if (deciding.Written.Count == 0) return;
        var batch = new Recorded[deciding.Written.Count];
        for (var i = 0; i < batch.Length; i++)
        {
            var (stream, happened) = deciding.Written[i];
            var type = events.NameFor(happened);
            var data = EventCatalog.Write(happened);
            var position = draft.State.Position + i + 1;
            var causePosition = cause < 0 ? 0 : draft.Recorded[cause].Entry.Position;
            // The key marks the command's first event only: one command, one key.
            var keyHere = i == 0 ? key : null;
            batch[i] = new(new(position, stream, 0, type, now, deciding.Actor.Text, causePosition, keyHere, data), happened);
            draft.Entries.Add(new(stream, type, now, deciding.Actor.Text, 0, cause, keyHere, data));
            draft.Recorded.Add(batch[i]);
        }

        draft.State = draft.State.Apply(folds, batch, draft.State.Position + batch.Length);
    }

    /// <summary>What a batch comes to, before the append.</summary>
    public sealed class Draft(HouseState state)
    {
        public HouseState State { get; set; } = state;

        public List<NewEntry> Entries { get; } = [];

        public List<Recorded> Recorded { get; } = [];

        public void Rewind(HouseState state, int count)
        {
            State = state;
            Entries.RemoveRange(count, Entries.Count - count);
            Recorded.RemoveRange(count, Recorded.Count - count);
        }
    }
}
