namespace Nines.Measuring.Signals;

/// <summary>What the first value of a series means.</summary>
internal enum BirthVerdict : byte
{
    /// <summary>Contributes nothing; the next value is compared with it.</summary>
    Baseline,

    /// <summary>The series began within the last interval: its value is the increase.</summary>
    Born,

    /// <summary>The rest of the target's read has not come yet.</summary>
    Wait,
}

/// <summary>What is known of the siblings when a series appears: same family, same target.</summary>
/// <param name="ReadMs">Time of the series' first sample.</param>
/// <param name="PreviousReadMs">The target's last read before it; 0 when there was none.</param>
/// <param name="StartMs">Where the counter says that it began; 0 when it does not say.</param>
/// <param name="WatchedSinceMs">The family has been watched at this target since; births before its second read cannot be told from renames.</param>
/// <param name="Continued">A sibling that was known before is in this read.</param>
/// <param name="Vanished">A sibling that was in the previous read is not in this one.</param>
/// <param name="ReadIsComplete">All of this read is known.</param>
internal readonly record struct BirthEvidence(long ReadMs, long PreviousReadMs, long StartMs, long WatchedSinceMs, bool Continued, bool Vanished, bool ReadIsComplete);

/// <summary>
/// Tells a series that was born from one that was renamed or is only new to Nines (semantics.md 2): by its start time, or because
/// its siblings continue and none of them vanished in the same read.
/// </summary>
internal static class BirthRule
{
    public static BirthVerdict Judge(in BirthEvidence seen)
    {
        if (seen.StartMs > 0 && seen.PreviousReadMs > 0 && seen.StartMs > seen.PreviousReadMs && seen.StartMs <= seen.ReadMs) return BirthVerdict.Born;
        if (seen.PreviousReadMs == 0 || seen.WatchedSinceMs >= seen.ReadMs) return BirthVerdict.Baseline;
        if (seen.Vanished) return BirthVerdict.Baseline;
        if (!seen.ReadIsComplete) return BirthVerdict.Wait;
        return seen.Continued ? BirthVerdict.Born : BirthVerdict.Baseline;
    }
}
