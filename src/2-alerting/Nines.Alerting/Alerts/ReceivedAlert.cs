using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>One alert as a door received it.</summary>
/// <param name="Alert">What it says.</param>
/// <param name="EndsAt">
/// Null: it fires until somebody ends it. At or before now: it is over. Later: it ends then, unless it is sent again.
/// </param>
/// <param name="TimesOut">True where that end was made from the resolve timeout, not said by the sender.</param>
public sealed record ReceivedAlert(Incoming Alert, Instant? EndsAt = null, bool TimesOut = false)
{
    /// <summary>True where it fires at <paramref name="now"/>.</summary>
    public bool FiresAt(Instant now) => EndsAt is not { } end || end > now;

    /// <summary>
    /// Two copies in one call are one alert, by Alertmanager's rules: the later one wins, the earliest start is kept; of two
    /// ends the later holds; an end that the sender said holds against one that was made from the resolve timeout.
    /// </summary>
    public ReceivedAlert Over(ReceivedAlert earlier, Instant now)
    {
        var alert = Alert.StartedAt <= earlier.Alert.StartedAt ? Alert : Alert with { StartedAt = earlier.Alert.StartedAt };
        if (!FiresAt(now)) return this with { Alert = alert, EndsAt = earlier.FiresAt(now) ? EndsAt : Instant.Max(EndsAt!.Value, earlier.EndsAt!.Value) };
        return earlier is { EndsAt: { } said, TimesOut: false } && said > EndsAt
            ? this with { Alert = alert, EndsAt = said, TimesOut = false }
            : this with { Alert = alert };
    }
}

/// <summary>What became of an alert that was received.</summary>
public enum TakenAs
{
    /// <summary>Nobody knew it: it goes through the pipeline.</summary>
    New,

    /// <summary>It had ended, and fires again: it goes through the pipeline as the same alert.</summary>
    Reopened,

    /// <summary>It fires already: its end is moved.</summary>
    Renewed,

    /// <summary>It is over now.</summary>
    Resolved,

    /// <summary>The end of something that does not fire: a repeat of what is known, or of what was never heard of.</summary>
    Unknown,
}

/// <summary>The answer about one received alert.</summary>
/// <param name="Id">The alert; empty for the end of something that was never heard of.</param>
/// <param name="Fingerprint">Alertmanager's own, over its labels.</param>
/// <param name="As">What became of it.</param>
public sealed record TakenAlert(string Id, string Fingerprint, TakenAs As);
