namespace Nines.Measuring.Signals;

/// <summary>How much a sender may ask of the hub. Whatever is beyond is refused and counted, and the rest goes on.</summary>
public sealed record SignalLimits
{
    /// <summary>Series of one source; 2 000 000 by default.</summary>
    public int SeriesPerSource { get; init; } = 2_000_000;

    /// <summary>Labels of one series, the name included; 128 by default.</summary>
    public int LabelsPerSeries { get; init; } = 128;

    /// <summary>Characters of a label name; 1024 by default.</summary>
    public int LabelNameLength { get; init; } = 1024;

    /// <summary>Characters of a label value; 8192 by default.</summary>
    public int LabelValueLength { get; init; } = 8192;

    /// <summary>How far in the past a sample may lie: 400 days by default, more than any window.</summary>
    public long OldestMs { get; init; } = 400L * 24 * 3600 * 1000;

    /// <summary>How far in the future a sample may lie, as clocks differ: 10 minutes by default, as Prometheus allows.</summary>
    public long NewestMs { get; init; } = 600_000;

    /// <summary>Labels that tell the replicas of a highly available pair apart: one replica at a time counts. None by default.</summary>
    public IReadOnlyList<string> ReplicaLabels { get; init; } = [];

    /// <summary>Without a sample for this long a replica has failed, and another takes over: 30 s by default.</summary>
    public long ReplicaFailoverMs { get; init; } = 30_000;
}
