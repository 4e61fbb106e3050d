using Nines.Kernel;

namespace Nines.Measuring.Ingestion;

/// <summary>Brings the signals back after a restart (last checkpoint, then the log behind it) and makes the checkpoints that keep the log short.</summary>
public sealed class SignalLog(ISignalStore store, SignalIntake intake, IEnumerable<ISignalReplay> doors, IEnumerable<ICheckpointPart> parts) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<string, byte[]> _states = [];
    private long _checkpointed;

    /// <summary>Bodies that were booked again at the last start.</summary>
    public long Replayed { get; private set; }

    /// <summary>Takes back the last checkpoint and books the log behind it. Runs once, before doors open.</summary>
    public async Task ReplayAsync(CancellationToken stop)
    {
        foreach (var part in parts.OrderBy(p => p.RestoreOrder)) await part.RestoreAsync(store, stop);
        var byKind = doors.ToDictionary(door => door.Kind);
        _checkpointed = await store.CheckpointPositionAsync(stop);
        intake.Raise(_checkpointed);
        await foreach (var record in store.ReadLogAsync(_checkpointed, stop))
        {
            if (byKind.TryGetValue(record.Kind, out var door)) door.Replay(record);
            intake.Raise(record.Position);
            Replayed++;
        }
    }

    /// <summary>Keeps what was booked so far as blocks and states, and forgets that part of the log. One at a time.</summary>
    /// <returns>The log position that the checkpoint contains.</returns>
    public async Task<long> CheckpointAsync(CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            var draft = new CheckpointDraft();
            var (halt, position) = await intake.HaltAsync(stop);
            using (halt)
                foreach (var part in parts) part.Save(draft);
            // Parts give their states whole; one that is as it was kept is not written again.
            draft.States.RemoveAll(s => s.Value is { } data && _states.TryGetValue(s.Key, out var kept) && data.AsSpan().SequenceEqual(kept));
            if (position == _checkpointed && draft.Blocks.Count == 0 && draft.States.Count == 0) return position;
            await store.CheckpointAsync(new SignalCheckpoint(position, draft.Blocks, draft.States), stop);
            _checkpointed = position;
            foreach (var (name, data) in draft.States)
            {
                if (data is null) _states.Remove(name);
                else _states[name] = data;
            }

            foreach (var part in parts) part.Saved();
            return position;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();
}
