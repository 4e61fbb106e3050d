using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>The stages of the pipeline, in their order.</summary>
public enum Stage
{
    /// <summary>Is it known already?</summary>
    Dedup,

    /// <summary>Which route takes it?</summary>
    Route,

    /// <summary>Which alerts does it travel with, and when?</summary>
    Group,

    /// <summary>Does another alert say it already?</summary>
    Inhibit,

    /// <summary>Is this a time at which it is not told?</summary>
    Mute,

    /// <summary>Did somebody ask for silence?</summary>
    Silence,

    /// <summary>Is there something to tell?</summary>
    Notify,
}

/// <summary>What one stage said about an alert, kept on its trail: the answer to "why did this go there?".</summary>
/// <param name="At">When.</param>
/// <param name="Stage">Which stage.</param>
/// <param name="Outcome">One word: <c>new</c>, <c>known</c>, <c>page</c>, <c>silenced</c>, <c>told</c>.</param>
/// <param name="Reason">One sentence.</param>
public sealed record Verdict(Instant At, Stage Stage, string Outcome, string Reason)
{
    /// <summary>Stands for the alert's fingerprint in a reason that many alerts share.</summary>
    internal const string Fingerprint = "{fingerprint}";

    /// <summary>Stands for the alert's group.</summary>
    internal const string Group = "{group}";

    /// <summary>The verdict in the words of one alert.</summary>
    internal Verdict About(AlertLabels labels, string group) => Stage switch
    {
        Stage.Dedup when Reason.Contains(Fingerprint, StringComparison.Ordinal) => this with { Reason = Reason.Replace(Fingerprint, labels.Fingerprint, StringComparison.Ordinal) },
        Stage.Group when Reason.Contains(Group, StringComparison.Ordinal) => this with { Reason = Reason.Replace(Group, group, StringComparison.Ordinal) },
        _ => this,
    };
}
