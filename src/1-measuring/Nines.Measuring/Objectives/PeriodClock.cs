using System.Runtime.InteropServices;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>The bounds of a budget's period, and of the one before it.</summary>
/// <param name="StartMs">Start.</param>
/// <param name="EndMs">End; now for a rolling window.</param>
/// <param name="LastStartMs">Start of the period before; equal to its end for a rolling window.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PeriodBounds(long StartMs, long EndMs, long LastStartMs);

/// <summary>Works out periods; a calendar is asked only when one ends.</summary>
internal sealed class PeriodClock(ObjectiveWindow window)
{
    private readonly long _rollingMs = window is RollingWindow rolling ? (long)rolling.Length.TotalMilliseconds : 0;
    private PeriodBounds _current;

    public bool IsCalendar => _rollingMs == 0;

    public PeriodBounds At(long nowMs)
    {
        if (_rollingMs > 0) return new(nowMs - _rollingMs, nowMs, nowMs - _rollingMs);
        // An evaluation at the very end of a period still speaks of that period: its minutes end there.
        if (nowMs <= _current.StartMs || nowMs > _current.EndMs) _current = Look(Instant.FromUnixTimeMilliseconds(nowMs - 1));
        return _current;
    }

    private PeriodBounds Look(Instant at)
    {
        var calendar = (CalendarWindow)window;
        var now = calendar.PeriodAt(at);
        var last = calendar.PeriodAt(now.Start - Duration.Epsilon);
        return new(now.Start.ToUnixTimeMilliseconds(), now.End.ToUnixTimeMilliseconds(), last.Start.ToUnixTimeMilliseconds());
    }
}
