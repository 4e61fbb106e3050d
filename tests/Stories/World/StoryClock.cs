namespace Nines.Tests.Stories;

/// <summary>
/// A clock that stands still until it is advanced; timers fire in order, each at its own instant. (The library that
/// would replace it is Microsoft.Extensions.TimeProvider.Testing.)
/// </summary>
public sealed class StoryClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<StoryTimer> _timers = [];
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StoryTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the time forward and fires what is due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (NextBefore(end) is { } timer) timer.Fire();
        lock (_gate) _now = end;
    }

    private StoryTimer? NextBefore(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
            if (next is null) return null;
            if (next.Due > _now) _now = next.Due!.Value;
            next.Pass();
            return next;
        }
    }

    private sealed class StoryTimer(StoryClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                if (Due is not null) clock._timers.Add(this);
            }

            return true;
        }

        /// <summary>Called under the clock's lock.</summary>
        public void Pass()
        {
            if (_period > TimeSpan.Zero) Due += _period;
            else clock._timers.Remove(this);
        }

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
