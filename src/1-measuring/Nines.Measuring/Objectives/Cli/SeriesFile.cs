using System.Text;
using Nines.Kernel;
using Nines.Measuring.Ingestion.Prometheus;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Objectives.Cli;

/// <summary>
/// Reads OpenMetrics text with timestamps, as <c>promtool tsdb create-blocks-from openmetrics</c> takes it. Files hold
/// the same series line after line, so a series is read once and then only compared.
/// </summary>
internal sealed class SeriesFile(string name, ExpositionFormat format)
{
    private const int ChunkSize = 1 << 20;
    private const int MostProblems = 20;

    private readonly Dictionary<string, (Labels Labels, SampleKind Kind)> _series = [];
    private readonly Dictionary<string, ExpositionType> _types = [];
    private byte[] _last = [];
    private (Labels Labels, SampleKind Kind) _lastSeries;
    private int _line;

    /// <summary>Lines that could not be read; the first ones are <see cref="Problems"/>.</summary>
    public int Unreadable { get; private set; }

    /// <summary>What is wrong with the file.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>Reads to the end.</summary>
    public void Read(Stream text, Action<RecordedSample> take)
    {
        var buffer = new byte[ChunkSize];
        var filled = 0;
        while (true)
        {
            var read = text.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            var start = 0;
            for (int end; (end = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n')) >= 0; start += end + 1) Line(buffer.AsSpan(start, end), take);
            if (read == 0 || (start == 0 && filled == buffer.Length))
            {
                if (filled > start) Line(buffer.AsSpan(start, filled - start), take);
                start = filled;
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
            if (read == 0) return;
        }
    }

    private void Line(ReadOnlySpan<byte> line, Action<RecordedSample> take)
    {
        _line++;
        line = line.Trim(" \t\r"u8);
        if (line.IsEmpty) return;
        if (line[0] == '#')
        {
            if (ExpositionText.TryReadType(line, out var family, out var type)) _types[Encoding.UTF8.GetString(family)] = type;
            return;
        }

        var length = ExpositionText.SeriesLength(line);
        if (length < 0)
        {
            Wrong("the labels do not end");
            return;
        }

        var series = line[..length];
        if (!series.SequenceEqual(_last) && !Find(series)) return;
        if (ExpositionText.ReadTail(line[length..], format, out var value, out var unixMs) is { } wrong) Wrong(wrong);
        else if (unixMs == 0) Wrong("the sample has no timestamp");
        else take(new(_lastSeries.Labels, _lastSeries.Kind, unixMs, value));
    }

    private bool Find(ReadOnlySpan<byte> series)
    {
        var text = Encoding.UTF8.GetString(series);
        if (!_series.TryGetValue(text, out var found))
        {
            if (ExpositionText.ReadSeries(series, out var error) is not { } pairs || error is not null)
            {
                Wrong(error ?? "not a series");
                return false;
            }

            if (!Labels.TryCreate(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pairs), out var labels))
            {
                Wrong("a label stands twice");
                return false;
            }

            _series[text] = found = (labels, SampleKinds.Of(labels.Name, TypeOf(labels.Name)));
        }

        (_last, _lastSeries) = (series.ToArray(), found);
        return true;
    }

    private ExpositionType TypeOf(string metric)
    {
        if (_types.TryGetValue(metric, out var type)) return type;
        foreach (var ending in (ReadOnlySpan<string>)["_total", "_bucket", "_count", "_sum"])
            if (metric.EndsWith(ending, StringComparison.Ordinal) && _types.TryGetValue(metric[..^ending.Length], out type)) return type;
        return ExpositionType.Unknown;
    }

    private void Wrong(string what)
    {
        Unreadable++;
        if (Problems.Count < MostProblems) Problems.Add(Problem.Finding($"This line was left out: {what}.", place: new(name, _line, 1)));
    }
}
