using System.Globalization;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Sources;

/// <summary>Reads one data source piece by piece: all queries that stand at one time together, so that good and total are of one moment.</summary>
internal sealed class SourceRun(string name, CountedIntake intake, PromClient client)
{
    // A failing query is tried again after a minute; the others go on.
    private const long RetryMs = 60_000;
    private const long SmallestPieceMs = 5 * ReadPlan.MinuteMs;

    // Where little comes (few series, or days before the server was there) a piece may be longer; 1440 values a series stay far below Prometheus' 11 000.
    private const long LongestPieceMs = 1440 * ReadPlan.MinuteMs;
    private const int FewSamples = 20_000, ManySamples = 200_000;

    private readonly Dictionary<string, Standing> _standings = [];
    private long _pieceMs = ReadPlan.PieceMs;
    private long _longestMs = LongestPieceMs;

    /// <summary>Samples that were read so far.</summary>
    public long Samples { get; private set; }

    /// <summary>What is wrong with a query now; null where nothing is.</summary>
    public string? ErrorOf(SourceQuery query) => _standings.GetValueOrDefault(MarkName(query))?.Error;

    /// <summary>How far a query is read; null before its first read.</summary>
    public long? MarkOf(SourceQuery query) =>
        long.TryParse(intake.TextMark(MarkName(query)), NumberStyles.None, CultureInfo.InvariantCulture, out var mark) ? mark : null;

    /// <summary>Reads the next piece; false where nothing is due.</summary>
    public async Task<bool> StepAsync(DataSource source, IReadOnlyList<SourceQuery> queries, long nowMs, long backfillMs, CancellationToken stop)
    {
        foreach (var gone in _standings.Keys.Except(queries.Select(MarkName)).ToArray()) _standings.Remove(gone);
        var waiting = new List<(SourceQuery Query, ReadPiece Piece)>();
        foreach (var query in queries)
            if ((_standings.GetValueOrDefault(MarkName(query))?.RetryAtMs ?? 0) <= nowMs && ReadPlan.Next(MarkOf(query), nowMs, backfillMs, _pieceMs) is { } piece) waiting.Add((query, piece));
        if (waiting.Count == 0) return false;
        // The oldest first: history comes before what builds on it.
        var first = waiting.MinBy(one => one.Piece.FromMs).Piece;
        await ReadAsync(source, [.. waiting.Where(one => one.Piece == first).Select(one => one.Query)], first, nowMs, stop);
        return true;
    }

    private async Task ReadAsync(DataSource source, IReadOnlyList<SourceQuery> queries, ReadPiece piece, long nowMs, CancellationToken stop)
    {
        var samples = new List<(Labels Labels, SampleKind Kind, long UnixMs, double Value)>();
        var record = new CountedRecord(SignalSource.Prometheus(name));
        foreach (var query in queries)
        {
            var answer = await client.ReadAsync(source, query, piece, stop);
            if (answer.TooMuch && piece.History && _pieceMs > SmallestPieceMs)
            {
                // What was refused once is not tried again at that length.
                _pieceMs = _longestMs = Math.Max(SmallestPieceMs, _pieceMs / 2);
                return;
            }

            if (answer.Error is not null || answer.Partial)
            {
                _standings[MarkName(query)] = new Standing(answer.Error ?? "Part of the data is missing, says the server; it is asked again.", nowMs + RetryMs);
                continue;
            }

            samples.AddRange(SourceSamples.Of(query, answer, piece.FromMs));
            record.Mark(MarkName(query), piece.ToMs.ToString(CultureInfo.InvariantCulture));
            _standings[MarkName(query)] = new Standing(null, 0);
        }

        samples.Sort(static (a, b) => a.UnixMs.CompareTo(b.UnixMs));
        foreach (var (labels, kind, unixMs, value) in samples) record.Add(labels, kind, unixMs, value);
        await intake.AcceptAsync(record, stop);
        Samples += samples.Count;
        if (!piece.History) return;
        if (samples.Count > ManySamples) _pieceMs = Math.Max(SmallestPieceMs, _pieceMs / 2);
        else if (samples.Count < FewSamples) _pieceMs = Math.Min(_longestMs, _pieceMs * 2);
    }

    private string MarkName(SourceQuery query) => $"source/{name}/{(query.Counter ? "counter" : "value")}/{query.SeriesName}";

    private sealed record Standing(string? Error, long RetryAtMs);
}
