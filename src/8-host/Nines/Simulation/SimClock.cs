using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>
/// The time of one world. It stands still while anything is to be done and then jumps to the next timer. True time only
/// rises; the wall clock that the house reads can be set an hour forward or back.
/// </summary>
internal sealed class SimClock(Instant start)
{
    private readonly PriorityQueue<SimTimer, (long Due, long Number)> _timers = new();
    private long _numbers;

    /// <summary>Since the world began; no clock step changes it.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>What the wall clock shows beyond true time.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>What the house reads.</summary>
    public Instant Wall => start + Duration.FromTimeSpan(Now + Offset);

    /// <summary>Sets the wall clock.</summary>
    public void Step(TimeSpan by) => Offset += by;

    /// <summary>Something happens at a true time.</summary>
    public void At(TimeSpan at, Action what) => Add(new(this, null, _ => what(), null), at < Now ? Now : at);

    /// <summary>Something happens after a while.</summary>
    public void After(TimeSpan wait, Action what) => At(Now + wait, what);

    /// <summary>The clock as one process sees it; its timers die with it.</summary>
    public TimeProvider For(SimPump process) => new ProcessClock(this, process);

    /// <summary>Jumps to the next timer and fires it; false where none is left before the end.</summary>
    public bool FireNext(TimeSpan end)
    {
        while (_timers.TryPeek(out var timer, out var at))
        {
            if (!timer.Lives(at.Number))
            {
                _timers.Dequeue();
                continue;
            }

            if (at.Due > end.Ticks) break;
            _timers.Dequeue();
            Now = TimeSpan.FromTicks(Math.Max(Now.Ticks, at.Due));
            timer.Fire();
            return true;
        }

        Now = end > Now ? end : Now;
        return false;
    }

    private long Add(SimTimer timer, TimeSpan due)
    {
        timer.Number = ++_numbers;
        _timers.Enqueue(timer, (due.Ticks, timer.Number));
        return timer.Number;
    }

    private sealed class ProcessClock(SimClock world, SimPump process) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => world.Wall.ToDateTimeOffset();

        public override long GetTimestamp() => world.Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new SimTimer(world, process, callback, state);
            timer.Change(dueTime, period);
            return timer;
        }
    }

    private sealed class SimTimer(SimClock world, SimPump? process, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        /// <summary>Its place in the queue; an older place is void.</summary>
        public long Number { get; set; }

        public bool Lives(long number) => number == Number && process?.Dead != true;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Number = 0;
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan && process?.Dead != true) world.Add(this, world.Now + (dueTime < TimeSpan.Zero ? TimeSpan.Zero : dueTime));
            return true;
        }

        public void Fire()
        {
            Number = 0;
            if (_period > TimeSpan.Zero) world.Add(this, world.Now + _period);
            if (process is null) callback(state);
            else process.Run(() => callback(state));
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
