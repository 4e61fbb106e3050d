using Microsoft.Extensions.Logging;
using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// Runs every duty when it is due. One look at all of them, woken by the earliest time or by a change of state, starts
/// those that are due; each then runs by itself and holds up no other.
/// </summary>
public sealed partial class DutyRunner : IAsyncDisposable
{
    private static readonly Duration LeaseLength = Duration.FromSeconds(15);
    private static readonly Duration FirstRetry = Duration.FromSeconds(1);
    private static readonly Duration LongestRetry = Duration.FromMinutes(1);
    private static readonly Duration LatestTimer = Duration.FromMilliseconds(50);

    private readonly IHouse _house;
    private readonly ILeases _leases;
    private readonly TimeProvider _clock;
    private readonly ILogger<DutyRunner> _log;
    private readonly Turn[] _turns;
    private readonly CancellationTokenSource _stopping = new();
    private readonly IDisposable _watch;
    private readonly string _node;
    private TaskCompletionSource _wake = NewWake();
    private Task _looking = Task.CompletedTask;
    private int _ended;

    /// <summary>Prepares the duties; <see cref="Start"/> begins them.</summary>
    public DutyRunner(IHouse house, ILeases leases, IEnumerable<Duty> duties, IdSource ids, TimeProvider clock, ILogger<DutyRunner> log)
    {
        (_house, _leases, _clock, _log) = (house, leases, clock, log);
        _node = ids.Next(clock.Now());
        // What leaves the house comes first: it is begun in the look itself.
        _turns = [.. duties.OrderByDescending(d => d.BeginsOnly).Select(d => new Turn(d))];
        _watch = house.Watch((_, _) => Wake());
    }

    /// <summary>
    /// The longest time without a look at what is due, for what no change of state tells. The simulation takes a longer
    /// one: a week of its time would else be 120,000 looks at nothing.
    /// </summary>
    public Duration LongestSleep { get; init; } = Duration.FromSeconds(5);

    /// <summary>The duties that run at this moment, by name: one that ran may be due no longer while what it found is still being written.</summary>
    public IEnumerable<string> Running => _turns.Where(t => !t.Running.IsCompleted).Select(t => t.Duty.Name);

    /// <summary>Begins to look.</summary>
    public void Start() => _looking = LookAsync();

    /// <summary>Ends every duty and waits for the work under way.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
        _watch.Dispose();
        await _stopping.CancelAsync();
        Wake();
        await _looking;
        await Task.WhenAll(_turns.Select(t => t.Running));
        foreach (var turn in _turns)
            if (turn.Lease is { } lease) await GiveBackAsync(lease);
        _stopping.Dispose();
    }

    private async Task LookAsync()
    {
        // Off the starter's own path: a first look may have much to read.
        await Task.Yield();
        using var timer = _clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (!_stopping.IsCancellationRequested)
        {
            var woken = Volatile.Read(ref _wake).Task;
            var now = _clock.Now();
            var next = StartDue(now);
            timer.Change(next is null ? Timeout.InfiniteTimeSpan : (next.Value - now).ToTimeSpan(), Timeout.InfiniteTimeSpan);
            // A clock that moved meanwhile (a story's, or a thread that had to wait) made the timer late by as much: look anew.
            if (_clock.Now() - now < LatestTimer) await woken;
        }
    }

    /// <summary>Starts what is due and answers when to look again; null while everything runs.</summary>
    private Instant? StartDue(Instant now)
    {
        Instant? next = null;
        foreach (var turn in _turns)
        {
            if (!turn.Running.IsCompleted) continue;
            var until = turn.Rests(now, _house.State) ? turn.Until : DueOf(turn, now);
            if (until > now) next = next is null ? until : Instant.Min(next.Value, until);
        }

        return next;
    }

    /// <summary>When a duty must be looked at again; one that is due is started, and wakes this at its end.</summary>
    private Instant DueOf(Turn turn, Instant now)
    {
        var latest = now + LongestSleep;
        try
        {
            var due = turn.Duty.NextDue(_house.State);
            if (due is null || due > now) return due is null ? latest : Instant.Min(due.Value, latest);
            turn.Running = RunAsync(turn, due.Value, now);
            _ = turn.Running.ContinueWith(_ => Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return now;
        }
        catch (Exception e)
        {
            return Failed(turn, e);
        }
    }

    private async Task RunAsync(Turn turn, Instant due, Instant now)
    {
        // Gives way at once: a long one must not keep the others from being looked at.
        if (!turn.Duty.BeginsOnly) await Task.Yield();
        try
        {
            await StepAsync(turn, due, now);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The house stops; what was due is due again at the next start.
        }
        catch (Exception e)
        {
            _ = Failed(turn, e);
        }
    }

    private async Task StepAsync(Turn turn, Instant due, Instant now)
    {
        if (!turn.Duty.EveryNode)
        {
            turn.Lease = await _leases.AcquireAsync(turn.Duty.Name, turn.Duty.Version, _node, LeaseLength, now, _stopping.Token);
            if (turn.Lease is null)
            {
                // While another node has it, every change of state would only ask again.
                turn.Rest(_clock.Now(), FirstRetry);
                return;
            }
        }

        var before = _house.State;
        await turn.Duty.RunAsync(now, _stopping.Token);
        turn.Retry = FirstRetry;
        // What was due and still is did not move its state: a rest keeps that from becoming a hot loop.
        if (turn.Duty.NextDue(_house.State) == due) turn.Rest(_clock.Now(), FirstRetry, before);
    }

    private Instant Failed(Turn turn, Exception e)
    {
        LogDutyFailed(_log, turn.Duty.Name, turn.Retry, e);
        turn.Rest(_clock.Now(), turn.Retry);
        turn.Retry = Duration.Min(turn.Retry + turn.Retry, LongestRetry);
        return turn.Until;
    }

    private async Task GiveBackAsync(Lease lease)
    {
        try
        {
            await _leases.ReleaseAsync(lease, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogDutyFailed(_log, lease.Name, Duration.Zero, e);
        }
    }

    private void Wake() => Interlocked.Exchange(ref _wake, NewWake()).TrySetResult();

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(10, LogLevel.Error, "Duty {Duty} failed; next try in {Retry}")]
    private static partial void LogDutyFailed(ILogger log, string duty, Duration retry, Exception e);

    /// <summary>A duty, and whether it runs or rests.</summary>
    private sealed class Turn(Duty duty)
    {
        private volatile Task _running = Task.CompletedTask;
        private HouseState? _restsOn;
        private Instant _restsFrom = Instant.MinValue;

        public Duty Duty { get; } = duty;

        public Lease? Lease { get; set; }

        public Duration Retry { get; set; } = FirstRetry;

        /// <summary>The end of its rest.</summary>
        public Instant Until { get; private set; } = Instant.MinValue;

        public Task Running
        {
            get => _running;
            set => _running = value;
        }

        /// <summary>Not looked at before an instant; where a state is given, any other one ends the rest.</summary>
        public void Rest(Instant from, Duration length, HouseState? on = null) => (_restsFrom, Until, _restsOn) = (from, from + length, on);

        /// <summary>Where the clock was set back, a rest of long ago would begin anew and last as long as that.</summary>
        public bool Rests(Instant now, HouseState state) => now >= _restsFrom && now < Until && (_restsOn is null || ReferenceEquals(_restsOn, state));
    }
}
