using NodaTime;

namespace Nines.Measuring.Probes;

/// <summary>When a probe is due: at multiples of its interval, shifted by its name so that not all start at once. Pure, so nothing is lost at a restart.</summary>
internal static class ProbeTimes
{
    /// <summary>The first due time after <paramref name="after"/>.</summary>
    public static Instant Next(Probe probe, Instant after)
    {
        var interval = (long)probe.Interval.TotalMilliseconds;
        var shift = (long)(Signals.Labels.Of(probe.Name).Hash % (ulong)interval);
        var unixMs = after.ToUnixTimeMilliseconds() - shift;
        var turn = unixMs >= 0 ? unixMs / interval : ((unixMs + 1) / interval) - 1;
        return Instant.FromUnixTimeMilliseconds(((turn + 1) * interval) + shift);
    }
}
