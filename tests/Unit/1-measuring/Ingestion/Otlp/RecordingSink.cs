using Nines.Measuring.Ingestion.Otlp;
using Nines.Measuring.Signals;

namespace Nines.Tests.Unit.Measuring.Ingestion.Otlp;

/// <summary>Keeps what a decoder writes, by the series' text.</summary>
internal sealed class RecordingSink : IOtlpSink
{
    private readonly Dictionary<SeriesKey, int> _known = [];
    private readonly List<(Labels Labels, SampleKind Kind)> _series = [];

    public List<(string Series, SampleKind Kind, long UnixMs, double Value, long StartMs)> Samples { get; } = [];

    public int Named { get; private set; }

    public int MaxSeries { get; init; } = int.MaxValue;

    public bool TryFind(SeriesKey key, out int found) => _known.TryGetValue(key, out found);

    public bool TryAdd(SeriesKey key, List<Label> labels, SampleKind kind, out int added)
    {
        added = _series.Count;
        if (_series.Count >= MaxSeries || !Labels.TryCreate(labels.ToArray(), out var made)) return false;
        Named++;
        _known[key] = added;
        _series.Add((made, kind));
        return true;
    }

    public void Write(int at, long unixMs, double value, long startMs) =>
        Samples.Add((_series[at].Labels.ToString(), _series[at].Kind, unixMs, value, startMs));

    public double Last(string text) => Samples.Last(sample => sample.Series == text).Value;

    public static (RecordingSink Sink, OtlpRefusals Refusals, bool Whole) Decode(params byte[][] bodies)
    {
        var sink = new RecordingSink();
        var refusals = new OtlpRefusals();
        var decoder = new OtlpDecoder(new SeriesHasher(1, 2));
        var whole = true;
        foreach (var body in bodies) whole &= decoder.TryDecode(body, 1_700_000_000_000, ref sink, refusals);
        return (sink, refusals, whole);
    }
}
