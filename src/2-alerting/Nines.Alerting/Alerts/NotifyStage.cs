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
    }

    /// <summary>Judges one alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="told">True where it was told as firing.</param>
    /// <param name="silenced">True where a silence holds it back.</param>
    /// <param name="repeat">True where the group's repeat time has come.</param>
    /// <param name="route">The group's route.</param>
    /// <param name="now">When.</param>
    public static (Telling Telling, Verdict Verdict) Judge(Alert alert, bool told, bool silenced, bool repeat, Route route, Instant now)
    {
        if (!route.Tells) return Say(Telling.Nothing, "listed", $"Alerts of severity {alert.Severity.Word()} are listed; nobody is told.");
        // What was told as firing is told as over, silence or not: nobody shall wait for an end that has come.
        if (!alert.Firing) return told
            ? Say(Telling.IsOver, "told", "It is over, and those who were told hear it.")
            : Say(Telling.Nothing, "kept", "It was over before anybody was told.");
        if (silenced) return Say(Telling.Nothing, "kept", "It is silenced, so nobody is told.");
        if (!told) return Say(Telling.Fires, "told", "It fires, and nobody had been told: somebody is told now.");
        return repeat
            ? Say(Telling.FiresStill, "told", $"It still fires after {Kernel.FieldDuration.Format(route.Repeat!.Value)}.")
            : Say(Telling.Nothing, "kept", "It was told, and nothing has changed.");

        (Telling, Verdict) Say(Telling telling, string outcome, string reason) => (telling, new(now, Stage.Notify, outcome, reason));
    }
}
