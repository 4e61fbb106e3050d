namespace Nines.Measuring.Signals;

/// <summary>Why a sample or a series was refused. Each refusal is counted by source and reason and never stops the rest.</summary>
public enum RefusalReason : byte
{
    None,

    /// <summary>Older than the last sample of its series.</summary>
    Late,

    /// <summary>The same time as the last sample of its series.</summary>
    Duplicate,

    /// <summary>Before the oldest time that any window can reach.</summary>
    TooOld,

    /// <summary>Further in the future than clocks may differ.</summary>
    TooNew,

    /// <summary>NaN (other than a stale marker) or an infinity.</summary>
    NotFinite,

    /// <summary>A counter below zero.</summary>
    NegativeCounter,

    /// <summary>Another replica of a highly available pair is being counted.</summary>
    OtherReplica,

    /// <summary>The source has reached its number of series.</summary>
    TooManySeries,

    /// <summary>The series carries too many labels.</summary>
    TooManyLabels,

    /// <summary>A label name or value is too long.</summary>
    LabelTooLong,

    /// <summary>A label is not valid UTF-8.</summary>
    InvalidUtf8,

    /// <summary>A label name is empty or stands twice.</summary>
    InvalidLabels,

    /// <summary>The series has no metric name.</summary>
    NoName,

    /// <summary>A counter above 10^20: nothing counts so far, and sums of such values could end in infinity.</summary>
    TooLarge,
}
