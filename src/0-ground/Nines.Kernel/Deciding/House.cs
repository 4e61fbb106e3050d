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

    private static readonly TimeSpan RetryFollow = TimeSpan.FromSeconds(1);

    private readonly IJournal _journal;
    private readonly EventCatalog _events;
    private readonly IReadOnlyList<Fold> _folds;
    private readonly Decider _decider;
    private readonly ILogger<House> _log;
    private readonly TimeProvider _clock;
    // Who asks while nothing is decided is the writer for one commit: a thread less to wait for.
    private readonly Channel<QueuedCommand> _commands = Channel.CreateUnbounded<QueuedCommand>(new() { SingleReader = true, AllowSynchronousContinuations = true });
    private readonly CancellationTokenSource _stopping = new();
    private ImmutableArray<Action<HouseState, IReadOnlyList<Recorded>>> _watchers = [];
    private ImmutableArray<Func<IReadOnlyList<Recorded>, Task>> _holds = [];
    private HouseState _state;
    private Task _pump = Task.CompletedTask;
    private Task _follower = Task.CompletedTask;
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
        _clock = clock;
    }

    /// <inheritdoc />
    public HouseState State => Volatile.Read(ref _state);

    /// <summary>Folds snapshot and journal, then begins to take commands.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        _state = await FoldAsync(long.MaxValue, stop, oldest => NewestSnapshot = oldest);
        _pump = PumpAsync();
        _follower = FollowAsync();
    }

    /// <inheritdoc />
    public async Task<Decided<T>> DecideAsync<T>(Actor actor, Func<Deciding, Outcome<T>> decide, string? key = null, CancellationToken stop = default)
    {
        var command = new QueuedCommand<T>(actor, decide, key);
        if (!_commands.Writer.TryWrite(command)) throw new StorageException("Nines is stopping and takes no more changes; send it again once it is back.");
        // Not WaitAsync: its answer would come by way of the thread pool, and a simulation has one thread.
        await using var gone = stop.UnsafeRegister(static (asked, token) => ((QueuedCommand<T>)asked!).Abandon(token), command);
        return await command.Answer;
    }

    /// <inheritdoc />
    public IDisposable Watch(Action<HouseState, IReadOnlyList<Recorded>> published)
    {
        ImmutableInterlocked.Update(ref _watchers, (all, one) => all.Add(one), published);
        return new Unwatch(this, published);
    }

    /// <inheritdoc />
    public IDisposable Hold(Func<IReadOnlyList<Recorded>, Task> before)
    {
        ImmutableInterlocked.Update(ref _holds, (all, one) => all.Add(one), before);
        return new Release(this, before);
    }

    /// <inheritdoc />
    public async ValueTask<HouseState> StateAtAsync(long position, CancellationToken stop)
    {
        var now = State;
        return position >= now.Position ? now : await FoldAsync(position, stop);
    }

    /// <summary>Where and when every room was last kept as a snapshot; position 0 where that never happened.</summary>
    public (long Position, Instant At) NewestSnapshot { get; private set; } = (0, Instant.MinValue);

    /// <summary>Keeps a snapshot of every room at the published position.</summary>
    public async Task SaveSnapshotsAsync(Instant now, CancellationToken stop)
    {
        var state = State;
        for (var i = 0; i < _folds.Count; i++)
        {
            var data = _folds[i].SaveState(state.Rooms[i]);
            await _journal.SaveSnapshotAsync(new(_folds[i].Room, _folds[i].Version, state.Position, now, data), stop);
        }

        NewestSnapshot = (state.Position, now);
    }

    /// <summary>Ends the writer once what is queued is committed; whatever comes later is refused with a clear message.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
        _commands.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _follower;
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
                if (batch.Any(c => c is CatchUp)) await CatchUpAsync();
                await CommitAsync(batch);
            }
            catch (Exception e)
            {
                LogCommitFailed(_log, batch.Count, e);
                foreach (var command in batch) command.Fail(e);
            }

            // It may run on the thread of somebody who asked: that one goes back to its own work now, whatever comes next.
            await Task.Yield();
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

            var head = State.Position;
            var result = await _journal.AppendAsync(head, draft.Entries, CancellationToken.None);
            if (result.Appended)
            {
                Recorded[] news = [.. draft.Recorded.Select((r, i) => r with { Entry = r.Entry with { Version = result.Versions[i] } })];
                PublishDraft(draft.State, news);
                foreach (var command in batch) Answer(command, news, State.Position);
                return;
            }

            await CatchUpAsync();
            if (State.Position == head)
                throw new StorageException($"The journal ends at position {result.Head}, but {head} had been read from it. Restart Nines, so that it reads the journal anew; nothing was written.");
        }
    }

    /// <summary>Learns what other nodes append, also while this one has nothing to decide: an empty command catches up.</summary>
    private async Task FollowAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _journal.WaitAsync(State.Position, _stopping.Token);
                if (_stopping.IsCancellationRequested) return;
                var news = new CatchUp();
                if (!_commands.Writer.TryWrite(news)) return;
                await news.Done;
            }
            catch (Exception e) when (!_stopping.IsCancellationRequested)
            {
                LogFollowFailed(_log, e);
                await RestAsync();
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task RestAsync()
    {
        try
        {
            await Task.Delay(RetryFollow, _clock, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopping ends the rest.
        }
    }

    private async Task CatchUpAsync()
    {
        var news = new List<Recorded>();
        // Not ended by a stop: what is queued is still decided, and for that on the newest state.
        await foreach (var entry in _journal.ReadAsync(State.Position, CancellationToken.None)) news.Add(ReadEntry(entry));
        if (news.Count == 0) return;
        PublishDraft(State.Apply(_folds, [.. news.Select(AsDecided)], news[^1].Entry.Position), news);
        // Nobody here waits for an answer to what another node decided; what it called off is stopped all the same.
        if (!_holds.IsEmpty) _ = HoldAsync(news);
    }

    /// <summary>Answers a command, when nobody holds back what it wrote; others of its commit need not wait for it.</summary>
    private void Answer(QueuedCommand command, Recorded[] news, long position)
    {
        var held = _holds.IsEmpty || command.Wrote.Count == 0 ? Task.CompletedTask : HoldAsync(new ArraySegment<Recorded>(news, command.Wrote.First, command.Wrote.Count));
        if (held.IsCompleted) command.Publish(position);
        else _ = AnswerLaterAsync(held, command, position);
    }

    private static async Task AnswerLaterAsync(Task held, QueuedCommand command, long position)
    {
        await held;
        command.Publish(position);
    }

    private void PublishDraft(HouseState next, IReadOnlyList<Recorded> news)
    {
        Volatile.Write(ref _state, next);
        // Whoever holds answers looks for work under way after this write, and that work looks at the state after it is known.
        Interlocked.MemoryBarrier();
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

    private async Task HoldAsync(IReadOnlyList<Recorded> news)
    {
        try
        {
            Task[] all = [.. _holds.Select(hold => hold(news))];
            foreach (var one in all) await one;
        }
        catch (Exception e)
        {
            LogWatcherFailed(_log, e);
        }
    }

    private async Task<HouseState> FoldAsync(long upTo, CancellationToken stop, Action<(long Position, Instant At)>? begun = null)
    {
        var state = HouseState.Empty(_folds);
        var rooms = new object[_folds.Count];
        var from = new long[_folds.Count];
        var oldest = (Position: long.MaxValue, At: Instant.MaxValue);
        for (var i = 0; i < rooms.Length; i++)
        {
            var snapshot = await _journal.ReadSnapshotAsync(_folds[i].Room, _folds[i].Version, upTo, stop);
            var loaded = snapshot is null ? null : Load(_folds[i], snapshot);
            rooms[i] = loaded ?? _folds[i].EmptyState;
            from[i] = loaded is null ? 0 : snapshot!.Position;
            if (from[i] < oldest.Position) oldest = (from[i], loaded is null ? Instant.MinValue : snapshot!.At);
        }

        begun?.Invoke(oldest);

        var batch = new List<Recorded>(4096);
        var position = from.Max();
        await foreach (var entry in _journal.ReadAsync(from.Min(), stop))
        {
            if (entry.Position > upTo) break;
            batch.Add(AsDecided(ReadEntry(entry)));
            position = Math.Max(position, entry.Position);
            if (batch.Count < 4096) continue;
            ApplyTail(rooms, from, batch);
            batch.Clear();
        }

        ApplyTail(rooms, from, batch);
        return state.With(rooms, position);
    }

    private object? Load(Fold fold, JournalSnapshot snapshot)
    {
        try
        {
            return fold.LoadState(snapshot.Data);
        }
        catch (Exception e)
        {
            // The journal has everything; a snapshot only saves time.
            LogSnapshotUnreadable(_log, fold.Room, snapshot.Position, e);
            return null;
        }
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

    /// <summary>As the fold saw it when it was decided: a replay must come to the same state.</summary>
    private static Recorded AsDecided(Recorded happened) => happened with { Entry = happened.Entry with { Version = 0 } };

    private Recorded ReadEntry(JournalEntry entry) => new(entry, _events.Read(entry.Type, entry.Data));

    [LoggerMessage(1, LogLevel.Error, "A commit of {Commands} commands failed; nothing of it was kept")]
    private static partial void LogCommitFailed(ILogger log, int commands, Exception e);

    [LoggerMessage(2, LogLevel.Error, "A watcher failed; the commit stands")]
    private static partial void LogWatcherFailed(ILogger log, Exception e);

    [LoggerMessage(3, LogLevel.Warning, "The snapshot of {Room} at position {Position} cannot be read; the journal is folded instead")]
    private static partial void LogSnapshotUnreadable(ILogger log, string room, long position, Exception e);

    [LoggerMessage(4, LogLevel.Error, "Entries of other nodes cannot be read; next try in a second")]
    private static partial void LogFollowFailed(ILogger log, Exception e);

    private sealed class Unwatch(House house, Action<HouseState, IReadOnlyList<Recorded>> published) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref house._watchers, (all, one) => all.Remove(one), published);
    }

    private sealed class Release(House house, Func<IReadOnlyList<Recorded>, Task> before) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref house._holds, (all, one) => all.Remove(one), before);
    }
}
