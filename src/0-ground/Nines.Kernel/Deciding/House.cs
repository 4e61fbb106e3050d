using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// The one writer of a node. Commands queue to it; it decides each on the newest, still unpublished state, commits
/// all of them in one append, and only then publishes the new root and answers. A failed commit drops that root.
/// </summary>
public sealed partial class House : IHouse, IAsyncDisposable
{
    // A batch is bounded so that one answer never waits behind an unbounded number of others.
    private const int MostCommandsInOneCommit = 1024;

    private readonly IJournal _journal;
    private readonly EventCatalog _events;
    private readonly IReadOnlyList<Fold> _folds;
    private readonly Decider _decider;
    private readonly ILogger<House> _log;
    private readonly Channel<QueuedCommand> _commands = Channel.CreateUnbounded<QueuedCommand>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private ImmutableArray<Action<HouseState, IReadOnlyList<Recorded>>> _watchers = [];
    private HouseState _state;
    private Task _pump = Task.CompletedTask;
    private int _ended;

    /// <summary>Builds the house over a journal; <see cref="StartAsync"/> folds it.</summary>
    public House(
        IJournal journal, EventCatalog events, IEnumerable<Fold> folds, IEnumerable<Reaction> reactions, IdSource ids,
        TimeProvider clock, ILogger<House> log)
    {
        _journal = journal;
        _events = events;
        _folds = [new KnownKeysFold(), .. folds];
        _state = HouseState.Empty(_folds);
        _decider = new(_folds, reactions, events, ids, clock);
        _log = log;
    }

    /// <inheritdoc />
    public HouseState State => Volatile.Read(ref _state);

    /// <summary>Folds snapshot and journal, then begins to take commands.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        _state = await FoldAsync(long.MaxValue, stop);
        _pump = PumpAsync();
    }

    /// <inheritdoc />
    public async Task<Decided<T>> DecideAsync<T>(Actor actor, Func<Deciding, Outcome<T>> decide, string? key = null, CancellationToken stop = default)
    {
        var command = new QueuedCommand<T>(actor, decide, key);
        if (!_commands.Writer.TryWrite(command)) throw new StorageException("Nines is stopping and takes no more changes; send it again once it is back.");
        return await command.Answer.WaitAsync(stop);
    }

    /// <inheritdoc />
    public IDisposable Watch(Action<HouseState, IReadOnlyList<Recorded>> published)
    {
        ImmutableInterlocked.Update(ref _watchers, (all, one) => all.Add(one), published);
        return new Unwatch(this, published);
    }

    /// <inheritdoc />
    public async ValueTask<HouseState> StateAtAsync(long position, CancellationToken stop)
    {
        var now = State;
        return position >= now.Position ? now : await FoldAsync(position, stop);
    }

    /// <summary>Keeps a snapshot of every room at the published position.</summary>
    public async Task SaveSnapshotsAsync(Instant now, CancellationToken stop)
    {
        var state = State;
        for (var i = 0; i < _folds.Count; i++)
        {
            var data = _folds[i].SaveState(state.Rooms[i]);
            await _journal.SaveSnapshotAsync(new(_folds[i].Room, _folds[i].Version, state.Position, now, data), stop);
        }
    }

    /// <summary>Ends the writer after the commit under way; commands still queued fail with a clear message.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
        _commands.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _pump;
        _stopping.Dispose();
    }

    private async Task PumpAsync()
    {
        var batch = new List<QueuedCommand>();
        while (await _commands.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MostCommandsInOneCommit && _commands.Reader.TryRead(out var command)) batch.Add(command);
            try
            {
                await CommitAsync(batch);
            }
            catch (Exception e)
            {
                LogCommitFailed(_log, batch.Count, e);
                foreach (var command in batch) command.Fail(e);
            }
        }
    }

    private async Task CommitAsync(List<QueuedCommand> batch)
    {
        while (true)
        {
            var draft = _decider.Decide(State, batch);
            if (draft.Entries.Count == 0)
            {
                foreach (var command in batch) command.Publish(State.Position);
                return;
            }

            var result = await _journal.AppendAsync(State.Position, draft.Entries, CancellationToken.None);
            if (result.Appended)
            {
                PublishDraft(draft.State, draft.Recorded);
                foreach (var command in batch) command.Publish(State.Position);
                return;
            }

            await CatchUpAsync();
        }
    }

    private async Task CatchUpAsync()
    {
        var news = new List<Recorded>();
        await foreach (var entry in _journal.ReadAsync(State.Position, _stopping.Token)) news.Add(ReadEntry(entry));
        if (news.Count == 0) return;
        PublishDraft(State.Apply(_folds, news.ToArray(), news[^1].Entry.Position), news);
    }

    private void PublishDraft(HouseState next, IReadOnlyList<Recorded> news)
    {
        Volatile.Write(ref _state, next);
        foreach (var watcher in _watchers)
        {
            try
            {
                watcher(next, news);
            }
            catch (Exception e)
            {
                LogWatcherFailed(_log, e);
            }
        }
    }

    private async Task<HouseState> FoldAsync(long upTo, CancellationToken stop)
    {
        var state = HouseState.Empty(_folds);
        var rooms = new object[_folds.Count];
        var from = new long[_folds.Count];
        for (var i = 0; i < rooms.Length; i++)
        {
            var snapshot = await _journal.ReadSnapshotAsync(_folds[i].Room, _folds[i].Version, upTo, stop);
            rooms[i] = snapshot is null ? _folds[i].EmptyState : _folds[i].LoadState(snapshot.Data);
            from[i] = snapshot?.Position ?? 0;
        }

        var batch = new List<Recorded>(4096);
        var position = from.Max();
        await foreach (var entry in _journal.ReadAsync(from.Min(), stop))
        {
            if (entry.Position > upTo) break;
            batch.Add(ReadEntry(entry));
            position = Math.Max(position, entry.Position);
            if (batch.Count < 4096) continue;
            ApplyTail(rooms, from, batch);
            batch.Clear();
        }

        ApplyTail(rooms, from, batch);
        return state.With(rooms, position);
    }

    /// <summary>Rooms may come from snapshots at different positions: each folds only what its own lacks.</summary>
    private void ApplyTail(object[] rooms, long[] from, List<Recorded> batch)
    {
        if (batch.Count == 0) return;
        var all = batch.ToArray();
        for (var i = 0; i < rooms.Length; i++)
        {
            var skip = (int)Math.Clamp(from[i] - all[0].Entry.Position + 1, 0, all.Length);
            rooms[i] = _folds[i].ApplyAll(rooms[i], all.AsSpan(skip));
        }
    }

    private Recorded ReadEntry(JournalEntry entry) => new(entry, _events.Read(entry.Type, entry.Data));

    [LoggerMessage(1, LogLevel.Error, "A commit of {Commands} commands failed; nothing of it was kept")]
    private static partial void LogCommitFailed(ILogger log, int commands, Exception e);

    [LoggerMessage(2, LogLevel.Error, "A watcher failed; the commit stands")]
    private static partial void LogWatcherFailed(ILogger log, Exception e);

    private sealed class Unwatch(House house, Action<HouseState, IReadOnlyList<Recorded>> published) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref house._watchers, (all, one) => all.Remove(one), published);
    }
}
