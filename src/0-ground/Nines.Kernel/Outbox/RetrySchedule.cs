using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// When a failed effect is tried again: exponential backoff with a cap and a spread, and a last word.
/// 1 s doubling to 1 min is what Alertmanager's and the cloud vendors' clients do; the spread of a fifth (Brooker,
/// "Exponential Backoff And Jitter", AWS 2015) keeps a thousand pages from striking a recovering receiver at once.
/// It follows from the effect's id, so that a replay waits as long as the original did.
/// </summary>
public static class RetrySchedule
{
    /// <summary>Wait after the first failed try.</summary>
    public static Duration First { get; } = Duration.FromSeconds(1);

    /// <summary>Longest wait between two tries.</summary>
    public static Duration Longest { get; } = Duration.FromMinutes(1);

    /// <summary>A receiver that asks for more patience (Retry-After) gets at most this.</summary>
    public static Duration LongestAsked { get; } = Duration.FromMinutes(5);

    /// <summary>How long an effect is tried unless it says otherwise; then the failure is the last word.</summary>
    public static Duration Patience { get; } = Duration.FromHours(1);

    // Half of the spread: waits lie between 80 % and 120 % of the plain backoff.
    private const double Spread = 0.2;

    /// <summary>The wait after a failed try, from 1.</summary>
    public static Duration WaitAfter(string effect, int attempt)
    {
        var doublings = Math.Clamp(attempt - 1, 0, 20);
        var plain = Math.Min(First.TotalMilliseconds * (1L << doublings), Longest.TotalMilliseconds);
        return Duration.FromMilliseconds((long)(plain * (1 + (Spread * Lean(effect, attempt)))));
    }

    /// <summary>When to try again, or null where patience ends before that.</summary>
    /// <param name="effect">The effect before this try is counted.</param>
    /// <param name="attempt">The try that just failed.</param>
    /// <param name="ended">When it failed.</param>
    /// <param name="asked">What the receiver asked to wait, or null.</param>
    public static Instant? Next(Effect effect, int attempt, Instant ended, Duration? asked)
    {
        var wait = WaitAfter(effect.Id, attempt);
        if (asked is { } longer) wait = Duration.Max(wait, Duration.Min(longer, LongestAsked));
        var next = ended + wait;
        return next <= effect.IntendedAt + effect.Patience ? next : null;
    }

    /// <summary>From -1 to 1, evenly, from the id and the try (FNV-1a).</summary>
    private static double Lean(string effect, int attempt)
    {
        var hash = 2166136261u;
        foreach (var c in effect) hash = (hash ^ c) * 16777619u;
        hash = (hash ^ (uint)attempt) * 16777619u;
        hash ^= hash >> 15;
        return (hash % 2001 / 1000d) - 1;
    }
}
