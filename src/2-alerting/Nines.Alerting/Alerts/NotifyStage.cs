using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Last stage, for one alert of a group that is flushed: is there something to tell?</summary>
public static class NotifyStage
{
    /// <summary>What is told about an alert.</summary>
    public enum Telling
    {
        /// <summary>Nothing.</summary>
        Nothing,

        /// <summary>It fires, and nobody was told.</summary>
        Fires,

        /// <summary>It fires, and it is time to say so again.</summary>
        FiresStill,

        /// <summary>It is over, and somebody was told that it fires.</summary>
        IsOver,

        /// <summary>It is over, but it flaps: its end is told once it stays quiet.</summary>
        MayBeOver,
    }

    /// <summary>Judges one alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="told">True where it was told as firing.</param>
    /// <param name="held"><c>inhibited</c>, <c>muted</c> or <c>silenced</c> where something holds it back; empty for nothing.</param>
    /// <param name="repeat">True where the group's repeat time has come.</param>
    /// <param name="route">The group's route.</param>
    /// <param name="flapping">When it flaps.</param>
    /// <param name="now">When.</param>
    public static (Telling Telling, Verdict Verdict) Judge(Alert alert, bool told, string held, bool repeat, Route route, FlapRule flapping, Instant now)
    {
        if (!route.Tells) return Say(Telling.Nothing, "listed", $"Alerts of severity {route.Severity.Word()} are listed; nobody is told.");
        if (!alert.Firing) return Over(alert, told, flapping, now);
        if (held.Length > 0) return Say(Telling.Nothing, "kept", $"It is {held}, so nobody is told.");
        if (!told) return flapping.Holds(alert, now)
            ? Say(Telling.Fires, "flapping", $"{flapping.Words(alert)} This is told once; further openings join it until it has been quiet for {FieldDuration.Format(FlapRule.Quiet)}.")
            : Say(Telling.Fires, "told", "It fires, and nobody had been told: somebody is told now.");
        return repeat
            ? Say(Telling.FiresStill, "told", $"It still fires after {FieldDuration.Format(route.Repeat!.Value)}.")
            : Say(Telling.Nothing, "kept", "It was told, and nothing has changed.");

        (Telling, Verdict) Say(Telling telling, string outcome, string reason) => (telling, new(now, Stage.Notify, outcome, reason));
    }

    /// <summary>What was told as firing is told as over, held back or not: nobody shall wait for an end that has come.</summary>
    private static (Telling Telling, Verdict Verdict) Over(Alert alert, bool told, FlapRule flapping, Instant now)
    {
        if (!told) return (Telling.Nothing, new(now, Stage.Notify, "kept", "It was over before anybody was told."));
        return flapping.Holds(alert, now)
            ? (Telling.MayBeOver, new(now, Stage.Notify, "flapping", $"{flapping.Words(alert)} Its end is told once it has been quiet for {FieldDuration.Format(FlapRule.Quiet)}."))
            : (Telling.IsOver, new(now, Stage.Notify, "told", "It is over, and those who were told hear it."));
    }
}
