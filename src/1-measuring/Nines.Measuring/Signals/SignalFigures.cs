namespace Nines.Measuring.Signals;

/// <summary>What the hub did since it started.</summary>
/// <param name="Samples">Samples that were offered.</param>
/// <param name="Booked">Samples that were accepted for a matched series.</param>
/// <param name="Unmatched">Samples that nothing asked for.</param>
/// <param name="Refused">Samples that were refused, for any reason.</param>
/// <param name="Resets">Counters that began again.</param>
/// <param name="Holes">Increases that were spread over a hole.</param>
/// <param name="Births">Series whose first value counted.</param>
public sealed record SignalFigures(long Samples, long Booked, long Unmatched, long Refused, long Resets, long Holes, long Births, int MatchedSeries, int Families);

/// <summary>A matched series as it stands.</summary>
public sealed record SeriesFigure(Labels Labels, double Last, long LastUnixMs);
