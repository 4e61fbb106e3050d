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
    private readonly ExpositionReader _reader = new(format);
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
        var length = line[0] == '#' ? -1 : ExpositionText.SeriesLength(line);
        if (length < 0)
        {
            // Comments, and lines whose labels do not end: the reader knows what to make of them.
            Ask(line);
            return;
        }

        if (!line[..length].SequenceEqual(_last) && !Find(line, length)) return;
        if (ExpositionText.ReadTail(line[length..], format, out var value, out var unixMs) is { } wrong) Wrong(wrong);
        else if (unixMs == 0) Wrong("the sample has no timestamp");
        else take(new(_lastSeries.Labels, _lastSeries.Kind, unixMs, value));
    }

    private bool Find(ReadOnlySpan<byte> line, int length)
    {
        var text = Encoding.UTF8.GetString(line[..length]);
        if (!_series.TryGetValue(text, out var found))
        {
            if (Ask(line) is not { } sample) return false;
            _series[text] = found = (sample.Labels, SampleKinds.Of(sample.Labels.Name, sample.Type));
        }

        (_last, _lastSeries) = (line[..length].ToArray(), found);
        return true;
    }

    private ExpositionSample? Ask(ReadOnlySpan<byte> line)
    {
        ExpositionSample? sample = null;
        var errors = _reader.Errors.Count;
        _reader.Read(line, read => sample = read);
        if (_reader.Errors.Count > errors) Wrong(_reader.Errors[^1].What);
        return sample;
    }

    private void Wrong(string what)
    {
        Unreadable++;
        if (Problems.Count < MostProblems) Problems.Add(Problem.Finding($"This line was left out: {what}.", place: new(name, _line, 1)));
    }
}
