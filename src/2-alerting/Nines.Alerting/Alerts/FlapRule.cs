using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>An alert flaps when it opens so often in so short a time.</summary>
/// <param name="Openings">So often.</param>
/// <param name="Window">In this time.</param>
public sealed record FlapRule(int Openings, Duration Window)
{
    /// <summary>So many openings of an alert are remembered.</summary>
    public const int Remembered = 20;

    /// <summary>What ships: five times an hour.</summary>
    public static FlapRule Shipped { get; } = new(5, Duration.FromHours(1));

    /// <summary>It flaps until it has been quiet, or has fired without an end, for this long: the time within which it opens again as the same alert.</summary>
    public static Duration Quiet => DedupStage.ReopenTime;

    /// <summary>How often it opened within the window before its last opening.</summary>
    public int Count(Alert alert)
    {
        if (alert.Openings.IsEmpty) return 1;
        var last = alert.Openings[^1];
        var count = 0;
        foreach (var at in alert.Openings)
            if (last - at <= Window) count++;
        return last - alert.StartedAt <= Window && alert.Openings.Count < Remembered ? count + 1 : count;
    }

    /// <summary>True where it flaps.</summary>
    public bool Holds(Alert alert, Instant now) =>
        alert.Openings.Count >= Openings - 1 && Count(alert) >= Openings && now < QuietAt(alert)
        // What fired so long without an end had stopped to flap.
        && (alert.EndedAt is not { } ended || ended - alert.Openings[^1] < Quiet);

    /// <summary>When it will have been quiet long enough, where nothing more happens.</summary>
    public static Instant QuietAt(Alert alert) => (alert.EndedAt ?? (alert.Openings.IsEmpty ? alert.StartedAt : alert.Openings[^1])) + Quiet;

    /// <summary>In words.</summary>
    public string Words(Alert alert) => $"It flaps: it opened {Count(alert)} times within {Kernel.FieldDuration.Format(Window)}.";
}
