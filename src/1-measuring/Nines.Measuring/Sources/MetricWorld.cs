namespace Nines.Measuring.Sources;

/// <summary>A label that tells how a request ended, as regular expressions over its values.</summary>
/// <param name="Label">Name of the label.</param>
/// <param name="Bad">Failures of the service.</param>
/// <param name="Client">Mistakes of the caller, which count neither as good nor as bad; empty for none.</param>
internal sealed record OutcomeLabel(string Label, string Bad, string Client);

/// <summary>A condition on a label.</summary>
/// <param name="Name">Name of the label.</param>
/// <param name="Operator">As in a selector.</param>
/// <param name="Value">Value or regular expression.</param>
/// <param name="Excludes">What it leaves out, in words; null where it only picks one of two views.</param>
internal sealed record LabelCondition(string Name, string Operator, string Value, string? Excludes = null);

/// <summary>One convention by which software names what it counts.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Counters">Names of counters of requests, the preferred first; <c>*</c> at the beginning stands for any prefix.</param>
/// <param name="Histograms">Names of the <c>_bucket</c> series of their duration.</param>
internal sealed record MetricWorld(string Name, IReadOnlyList<string> Counters, IReadOnlyList<string> Histograms)
{
    /// <summary>Labels that tell how a request ended; the first that a metric has is taken.</summary>
    public IReadOnlyList<OutcomeLabel> Outcomes { get; init; } = MetricWorlds.HttpOutcomes;

    /// <summary>Labels that name the service, before the usual ones.</summary>
    public IReadOnlyList<string> ServiceLabels { get; init; } = [];

    /// <summary>What else is asked of a series, where it has such a label.</summary>
    public IReadOnlyList<LabelCondition> Conditions { get; init; } = MetricWorlds.HttpConditions;

    /// <summary>Bounds of the buckets are milliseconds.</summary>
    public bool Milliseconds { get; init; }
}
