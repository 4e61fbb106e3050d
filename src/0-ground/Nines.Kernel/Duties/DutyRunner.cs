using Microsoft.Extensions.Logging;
using NodaTime;

namespace Nines.Kernel;

/// <summary>Runs every duty when it is due: woken by its time or by a change of state, one loop a duty.</summary>
public sealed partial class DutyRunner : IAsyncDisposable
{
    private static readonly Duration LeaseLength = Duration.FromSeconds(15);
    private static readonly Duration LongestSleep = Duration.FromSeconds(5);
    private static readonly Duration FirstRetry = Duration.FromSeconds(1);
    private static readonly Duration LongestRetry = Duration.FromMinutes(1);
    private static readonly Duration LatestTimer = Duration.FromMilliseconds(50);

    private readonly IHouse _house;
    private readonly ILeases _leases;
    private readonly TimeProvider _clock;
    private readonly ILogger<DutyRunner> _log;
    private readonly Loop[] _loops;
    private readonly CancellationTokenSource _stopping = new();
    private readonly IDisposable _watch;
    private readonly string _node;
    private Task _all = Task.CompletedTask;
    private int _ended;

    /// <summary>Prepares the loops; <see cref="Start"/> begins them.</summary>
    public DutyRunner(IHouse house, ILeases leases, IEnumerable<Duty> duties, IdSource ids, TimeProvider clock, ILogger<DutyRunner> log)
    {
        (_house, _leases, _clock, _log) = (house, leases, clock, log);
        _node = ids.Next(clock.Now());
        _loops = [.. duties.Select(d => new Loop(d))];
        _watch = house.Watch((_, _) =>
        {
            foreach (var loop in _loops) loop.Wake();
        });
    }

    /// <summary>Begins every loop.</summary>
    public void Start() => _all = Task.WhenAll(_loops.Select(RunLoopAsync));

    /// <summary>Ends every loop and waits for the work under way.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
        _watch.Dispose();
        await _stopping.CancelAsync();
        await _all;
        _stopping.Dispose();
    }

    private async Task RunLoopAsync(Loop loop)
    {
        var retry = FirstRetry;
        while (!_stopping.IsCancellationRequested)
        {
            var woken = loop.Woken;
            var wait = await StepAsync(loop, retry);
            retry = wait.Failed ? Duration.Min(retry + retry, LongestRetry) : FirstRetry;
            if (!_stopping.IsCancellationRequested) await SleepAsync(woken, wait.Until, wait.Wakeable);
        }

        if (loop.Lease is { } lease) await GiveBackAsync(lease);
    }

    private async Task<(Instant Until, bool Failed, bool Wakeable)> StepAsync(Loop loop, Duration retry)
    {
        try
        {
            var now = _clock.Now();
            var due = loop.Duty.NextDue(_house.State);
            if (due is null || due > now) return (due is null ? now + LongestSleep : Instant.Min(due.Value, now + LongestSleep), false, true);
            if (!loop.Duty.EveryNode)
            {
                loop.Lease = await _leases.AcquireAsync(loop.Duty.Name, loop.Duty.Version, _node, LeaseLength, now, _stopping.Token);
                // While another node has it, every change of state would only ask again.
                if (loop.Lease is null) return (now + FirstRetry, false, false);
            }

            await loop.Duty.RunAsync(now, _stopping.Token);
            // What was due and still is did not move its state: a rest keeps that from becoming a hot loop.
            return (loop.Duty.NextDue(_house.State) == due ? _clock.Now() + FirstRetry : Instant.MinValue, false, true);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return (Instant.MinValue, false, false);
        }
        catch (Exception e)
        {
            LogDutyFailed(_log, loop.Duty.Name, retry, e);
            return (_clock.Now() + retry, true, false);
        }
    }

    /// <summary>
    /// Sleeps until an instant. A clock that moved while the timer was being set (a story's clock, or a thread that had
    /// to wait) would make the timer late by as much: it is then set anew.
    /// </summary>
    private async Task SleepAsync(Task woken, Instant until, bool wakeable)
    {
        for (var now = _clock.Now(); now < until;)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            var time = Task.Delay((until - now).ToTimeSpan(), _clock, ending.Token);
            var set = _clock.Now();
            if (set - now < LatestTimer) await Task.WhenAny(wakeable ? [woken, time] : [time]);
            await ending.CancelAsync();
            if (set - now < LatestTimer) return;
            now = set;
        }
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

    [LoggerMessage(10, LogLevel.Error, "Duty {Duty} failed; next try in {Retry}")]
    private static partial void LogDutyFailed(ILogger log, string duty, Duration retry, Exception e);

    private sealed class Loop(Duty duty)
    {
        private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Duty Duty { get; } = duty;

        public Lease? Lease { get; set; }

        public Task Woken => Volatile.Read(ref _wake).Task;

        public void Wake() =>
            Interlocked.Exchange(ref _wake, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
