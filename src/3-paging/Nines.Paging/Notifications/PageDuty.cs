using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>
/// The one clock of all pages: next step, next contact, missed deadline, end of a sleep, end of a shift. Its due time
/// follows from the pages. How long it waits is measured, not read off a clock that somebody may set back meanwhile.
/// </summary>
internal sealed class PageDuty(IHouse house, PagingDesk desk, TimeProvider clock) : Duty
{
    // A commit is bounded; what is left is due at once again.
    private const int MostAtOnce = 200;

    private readonly Lock _gate = new();
    private Instant? _awaited;
    private long _since;
    private TimeSpan _wait;

    /// <inheritdoc />
    public override string Name => "notifications.time";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var due = state.Get<PageBook>().NextDue;
        lock (_gate)
        {
            if (due != _awaited) (_awaited, _since, _wait) = (due, clock.GetTimestamp(), due is { } at ? (at - clock.Now()).ToTimeSpan() : TimeSpan.Zero);
            return due is not null && clock.GetElapsedTime(_since) >= _wait ? Instant.Min(due.Value, clock.Now()) : due;
        }
    }

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        // The clock was set back while this was awaited: what was due is due.
        var upTo = house.State.Get<PageBook>().NextDue is { } due && NextDue(house.State) <= now ? Instant.Max(now, due) : now;
        var decided = await house.DecideAsync(Actor.Duty(Name), deciding =>
        {
            var events = PageTime.DecideAll(desk.Context(deciding), upTo, MostAtOnce);
            events.WriteTo(deciding);
            return Outcome<bool>.Of(events.Count > 0);
        }, stop: stop);
        // Only the end of a shift was awaited, and by the clock on the wall it has not come yet.
        if (!decided.Outcome.Value)
            lock (_gate) _awaited = null;
    }
}
