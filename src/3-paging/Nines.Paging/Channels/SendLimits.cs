using Nines.Catalog;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>So many messages within so long.</summary>
/// <param name="Most">How many.</param>
/// <param name="Within">In how long.</param>
public sealed record SendLimit(int Most, Duration Within);

/// <summary>
/// How often one contact rings at most: GoAlert's throttles, measured on people, as data. What is held back is not lost:
/// it goes along with the next message ("3 pages: …").
/// </summary>
/// <remarks>Source: target/goalert, engine/message/ratelimit.go: one a minute; voice 3/15 min, 7/h, 15/3 h; SMS 5/15 min, 11/h, 21/3 h.</remarks>
public static class SendLimits
{
    private static readonly IReadOnlyList<SendLimit> Voice =
        [new(1, Duration.FromMinutes(1)), new(3, Duration.FromMinutes(15)), new(7, Duration.FromHours(1)), new(15, Duration.FromHours(3))];

    private static readonly IReadOnlyList<SendLimit> Sms =
        [new(1, Duration.FromMinutes(1)), new(5, Duration.FromMinutes(15)), new(11, Duration.FromHours(1)), new(21, Duration.FromHours(3))];

    /// <summary>The longest of them: what is older than this counts nowhere.</summary>
    public static Duration Longest { get; } = Duration.FromHours(3);

    /// <summary>The limits of a kind; none where its provider says by itself when it is enough (429).</summary>
    public static IReadOnlyList<SendLimit> Of(string kind) => kind switch
    {
        ContactKinds.Voice => Voice,
        ContactKinds.Sms => Sms,
        _ => [],
    };

    /// <summary>The first moment at which one more is allowed.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="taken">When places were taken, in order.</param>
    /// <param name="now">The time.</param>
    public static Instant Next(IReadOnlyList<SendLimit> limits, IReadOnlyList<Instant> taken, Instant now)
    {
        var next = now;
        foreach (var limit in limits)
        {
            if (taken.Count < limit.Most) continue;
            // The place that must have grown old before one more fits.
            var free = taken[^limit.Most] + limit.Within;
            if (free > next) next = free;
        }

        return next;
    }
}
