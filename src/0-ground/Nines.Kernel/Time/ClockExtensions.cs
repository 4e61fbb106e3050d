using NodaTime;

namespace Nines.Kernel;

/// <summary>Reads the one clock (<see cref="TimeProvider"/>) in the house's own type.</summary>
public static class ClockExtensions
{
    /// <summary>Now, as the house counts time.</summary>
    public static Instant Now(this TimeProvider clock) => Instant.FromDateTimeOffset(clock.GetUtcNow());

    /// <summary>Now, in whole milliseconds since 1970, the form of the hot paths.</summary>
    public static long UnixMs(this TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
