using Nines.Kernel;

namespace Nines.Host.Simulation;

/// <summary>
/// What the house owes at a time: each is asked when its time has come, and again where it is still under way. A time is
/// put off by what no house could do anything about: being dead, a full disk, a wall clock set back.
/// </summary>
internal sealed class SimPromises(SimClock clock, SimLedger ledger)
{
    private readonly PriorityQueue<Promise, (long Due, long Number)> _open = new();
    private TimeSpan _grace;
    private long _numbers;

    /// <summary>How long the world has kept the house from working until now, all in all.</summary>
    public TimeSpan Excused => _grace;

    /// <summary>How a promise stands.</summary>
    public enum Standing
    {
        /// <summary>Done; ask no more.</summary>
        Kept,

        /// <summary>Under way, for a stated reason; ask again.</summary>
        UnderWay,

        /// <summary>Neither.</summary>
        Broken,
    }

    /// <summary>How long the world has kept the house from working, all in all.</summary>
    public void Excuse(TimeSpan time) => _grace += time;

    /// <summary>After a while something must hold.</summary>
    public void Expect(Broken kind, TimeSpan within, Func<HouseState, Standing> holds, Func<string> what) =>
        Open(new(kind, holds, what, within, clock.Now, _grace));

    /// <summary>Asks every promise whose time has come.</summary>
    public void Ask(HouseState state)
    {
        while (_open.TryPeek(out var promise, out var due) && due.Due <= clock.Now.Ticks)
        {
            _open.Dequeue();
            var excused = promise with { Until = promise.Since + promise.Within + (_grace - promise.Grace) };
            if (excused.Until > clock.Now)
            {
                _open.Enqueue(promise, (excused.Until.Ticks, ++_numbers));
                continue;
            }

            switch (promise.Holds(state))
            {
                case Standing.UnderWay:
                    Open(promise with { Since = clock.Now, Grace = _grace });
                    break;
                case Standing.Broken:
                    ledger.Break(promise.Kind, promise.What());
                    return;
            }
        }
    }

    private void Open(Promise promise) => _open.Enqueue(promise, ((promise.Since + promise.Within).Ticks, ++_numbers));

    private sealed record Promise(Broken Kind, Func<HouseState, Standing> Holds, Func<string> What, TimeSpan Within, TimeSpan Since, TimeSpan Grace)
    {
        public TimeSpan Until { get; init; }
    }
}
