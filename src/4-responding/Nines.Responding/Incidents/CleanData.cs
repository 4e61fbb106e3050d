using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>Mitigated is not resolved: the indicators must have been good for a while (seed 003: 30 minutes).</summary>
public static class CleanData
{
    /// <summary>Minutes of clean data that every indicator has which burned; null where none burned.</summary>
    public static int? Minutes(IReadOnlyList<MeasuredImpact> measured) => measured.Count == 0 ? null : measured.Min(m => m.CleanMinutes);

    /// <summary>Why an incident is not over yet; null where the indicators say that it is, or where none says anything.</summary>
    public static string? Missing(IReadOnlyList<MeasuredImpact> measured, Duration wanted)
    {
        if (Minutes(measured) is not { } clean || clean >= wanted.TotalMinutes) return null;
        var worst = measured.MinBy(m => m.CleanMinutes)!;
        return $"{worst.Objective} has been good for {clean} {(clean == 1 ? "minute" : "minutes")}; an incident is over after {FieldDuration.Format(wanted)} of clean data.";
    }
}
