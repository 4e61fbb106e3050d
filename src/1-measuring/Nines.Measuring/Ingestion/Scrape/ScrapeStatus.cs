namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>How one target's page stood at its last read.</summary>
/// <param name="Target">The manifest's name.</param>
/// <param name="Up">Null before the first read.</param>
/// <param name="LastReadUnixMs">When the last read began; 0 before the first.</param>
/// <param name="DurationMs">How long it took.</param>
/// <param name="Samples">Samples of the last whole page.</param>
/// <param name="Bytes">Its length after inflating.</param>
/// <param name="Error">Why the last read failed, or null.</param>
/// <param name="Lines">The first lines that could not be read.</param>
/// <param name="Reads">Reads since the start.</param>
/// <param name="Failures">Reads that failed.</param>
/// <param name="Missed">Reads left out because the one before was still under way.</param>
public sealed record ScrapeStatus(
    string Target, string Job, string Instance, string Page, bool? Up, long LastReadUnixMs, double DurationMs, int Samples, long Bytes,
    string? Error, IReadOnlyList<string> Lines, long Reads, long Failures, long Missed);
