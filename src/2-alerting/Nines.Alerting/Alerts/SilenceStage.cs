using Nines.Alerting.Silences;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Fourth stage, judged when the group is flushed: did somebody ask for silence about it?</summary>
public static class SilenceStage
{
    /// <summary>The silence that holds it back, or null, with the verdict.</summary>
    public static (Silence? Silence, Verdict Verdict) Judge(SilenceBook silences, AlertLabels labels, Instant now) =>
        silences.Holding(labels, now) is { } silence
            ? (silence, new(now, Stage.Silence, "silenced",
                $"{silence.Owner} asked for silence about {string.Join(", ", silence.Matchers)} until {Text(silence.EndsAt)}{(silence.Comment.Length > 0 ? $": {silence.Comment}" : ".")}"))
            : (null, new(now, Stage.Silence, "passed", "No silence holds it back."));

    private static string Text(Instant at) => NodaTime.Text.InstantPattern.General.Format(at);
}
