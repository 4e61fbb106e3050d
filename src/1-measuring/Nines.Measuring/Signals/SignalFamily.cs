namespace Nines.Measuring.Signals;

/// <summary>One metric name as the explorer shows it: how much comes in, how it can be told apart, what counts it.</summary>
/// <param name="SeriesCount">Exact up to a few hundred, then an estimate from above.</param>
/// <param name="LastSeenUnixMs">0 where only the name is known.</param>
/// <param name="Labels">Each label with some of its values.</param>
/// <param name="Indicators">Dense indexes of the indicators that count at least one of its series.</param>
public sealed record SignalFamily(string Name, long SeriesCount, long MatchedSeries, long LastSeenUnixMs, IReadOnlyList<SignalLabel> Labels, IReadOnlyList<string> Sources, IReadOnlyList<int> Indicators);

/// <summary>One label of a family with samples of its values.</summary>
/// <param name="HasMore">There are more values than the samples.</param>
public sealed record SignalLabel(string Name, IReadOnlyList<string> Values, bool HasMore);

/// <summary>One sender: what came and what was refused, by reason.</summary>
public sealed record SourceFigures(string Source, long Samples, long Unmatched, long LastSeenUnixMs, IReadOnlyDictionary<RefusalReason, long> Refused);
