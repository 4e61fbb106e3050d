using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.AccessLogs;

/// <summary>What became of the lines of a log.</summary>
public sealed class LogFigures
{
    /// <summary>Lines in all.</summary>
    public long Lines { get; internal set; }

    /// <summary>Lines that are not of the declared format.</summary>
    public long Unreadable { get; internal set; }

    /// <summary>Requests that an exclusion left out.</summary>
    public long Excluded { get; internal set; }
}

/// <summary>Turns whole lines into counted samples: the same for a log that is followed and one that is imported.</summary>
internal sealed class LogReading(LogSource source, ILineFormat format)
{
    private readonly AccessLine _line = new();
    private readonly AccessCounter _counter = new(source);

    /// <summary>What became of the lines so far.</summary>
    public LogFigures Figures { get; } = new();

    /// <summary>Counts whole lines; an empty line is passed over, one that is not of the format is counted as such.</summary>
    public void Count(ReadOnlySpan<byte> lines, ICountedSink sink)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            var text = (end < 0 ? lines : lines[..end]).TrimEnd((byte)'\r');
            lines = end < 0 ? default : lines[(end + 1)..];
            if (text.Trim((byte)' ').IsEmpty) continue;
            Figures.Lines++;
            _line.Clear();
            if (format.TryParse(text, _line)) _counter.Add(_line, sink);
            else Figures.Unreadable++;
        }

        Figures.Excluded = _counter.Excluded;
    }

    /// <summary>Hands over the second that is open.</summary>
    public void Flush(ICountedSink sink) => _counter.Flush(sink);

    /// <summary>A zero for every known series.</summary>
    public void StillAlive(ICountedSink sink, long unixMs) => _counter.StillAlive(sink, unixMs);
}

/// <summary>Imports an access log that is at hand as a whole, for a backtest.</summary>
public static class AccessLogImport
{
    private const int ChunkSize = 1 << 20;

    /// <summary>Counts a log, in the order of its lines. Samples are deltas of one second.</summary>
    /// <param name="log">Read to its end.</param>
    /// <param name="source">Format, labels, exclusions; its path is not looked at.</param>
    /// <param name="figures">Filled while the samples are taken.</param>
    /// <exception cref="FormatException">The source's format is none.</exception>
    public static IEnumerable<CountedSample> Read(Stream log, LogSource source, out LogFigures figures)
    {
        if (!LineFormats.TryCreate(source, out var format, out var wrong)) throw new FormatException(wrong);
        var reading = new LogReading(source, format);
        figures = reading.Figures;
        return Read(log, reading);
    }

    private static IEnumerable<CountedSample> Read(Stream log, LogReading reading)
    {
        var buffer = new byte[ChunkSize];
        var samples = new Gathered();
        var kept = 0;
        while (true)
        {
            var read = log.Read(buffer, kept, buffer.Length - kept);
            var filled = kept + read;
            var whole = read == 0 ? filled : buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            if (whole == 0 && filled == buffer.Length) whole = filled;
            reading.Count(buffer.AsSpan(0, whole), samples);
            buffer.AsSpan(whole, filled - whole).CopyTo(buffer);
            kept = filled - whole;
            if (read == 0) reading.Flush(samples);
            foreach (var sample in samples.Taken) yield return sample;
            samples.Taken.Clear();
            if (read == 0) yield break;
        }
    }

    private sealed class Gathered : ICountedSink
    {
        public List<CountedSample> Taken { get; } = [];

        public void Add(Labels labels, SampleKind kind, long unixMs, double value) => Taken.Add(new(labels, kind, unixMs, value, 0));
    }
}
