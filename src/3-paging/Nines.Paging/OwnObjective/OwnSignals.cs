using System.Globalization;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Signals;

namespace Nines.Paging.OwnObjective;

/// <summary>Pages as samples. Pure.</summary>
internal static class OwnSignals
{
    /// <summary>The mark that says what was booked; it becomes durable together with the samples, so that nothing counts twice or never.</summary>
    public const string Mark = "own-objective/pages";

    /// <summary>Who counts.</summary>
    public static SignalSource Source { get; } = new("nines");

    /// <summary>What came since the mark, as increments. Without a mark nothing did: what was before is history.</summary>
    public static CountedRecord Since(string? mark, PagesProven pages, long unixMs)
    {
        var (inTime, late) = Read(mark) ?? (pages.InTime, pages.Late);
        var record = new CountedRecord(Source);
        var total = Labels.Of("nines_pages_total", ("service", "nines"));
        record.Add(total.With("deadlines", "met"), SampleKind.Delta, unixMs, Math.Max(0, pages.InTime - inTime));
        record.Add(total.With("deadlines", "missed"), SampleKind.Delta, unixMs, Math.Max(0, pages.Late - late));
        record.Mark(Mark, Write(pages));
        return record;
    }

    /// <summary>A mark's text.</summary>
    public static string Write(PagesProven pages) => string.Create(CultureInfo.InvariantCulture, $"{pages.InTime} {pages.Late}");

    private static (long InTime, long Late)? Read(string? mark) =>
        mark?.Split(' ') is [var inTime, var late] && long.TryParse(inTime, CultureInfo.InvariantCulture, out var a) && long.TryParse(late, CultureInfo.InvariantCulture, out var b) ? (a, b) : null;
}
