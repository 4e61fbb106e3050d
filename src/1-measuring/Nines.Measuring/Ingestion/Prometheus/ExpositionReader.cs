using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Prometheus;

/// <summary>One sample of a page.</summary>
/// <param name="UnixMs">0 where the line has no timestamp.</param>
public readonly record struct ExpositionSample(Labels Labels, double Value, long UnixMs, ExpositionType Type);

/// <summary>
/// Reads a whole page line by line, without memory of earlier ones: for files and tests. What cannot be read is left out and reported
/// with its line. (A scrape uses a reader that remembers its target's lines.)
/// </summary>
public sealed class ExpositionReader(ExpositionFormat format)
{
    /// <summary>Errors kept; more are only counted.</summary>
    private const int KeptErrors = 20;
    private readonly List<ExpositionError> _errors = [];
    private readonly Dictionary<string, ExpositionType> _types = new(StringComparer.Ordinal);
    private readonly TextCache _texts = new();
    private readonly List<Label> _pairs = [];
    private int _line;

    /// <summary>The first errors.</summary>
    public IReadOnlyList<ExpositionError> Errors => _errors;

    public int ErrorCount { get; private set; }

    /// <summary><c># EOF</c> was there.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Reads whole lines; may be called again with those that follow.</summary>
    public void Read(ReadOnlySpan<byte> text, Action<ExpositionSample> take)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            var (start, length) = range.GetOffsetAndLength(text.Length);
            if (length == 0 && start == text.Length) break;
            _line++;
            ReadLine(text.Slice(start, length).TrimEnd((byte)'\r'), take);
        }
    }

    private void ReadLine(ReadOnlySpan<byte> content, Action<ExpositionSample> take)
    {
        content = content.TrimStart(" \t"u8);
        if (content.IsEmpty) return;
        if (IsComplete)
        {
            Fail("text stands behind # EOF");
            return;
        }
        if (content[0] == '#')
        {
            if (ExpositionText.TryReadType(content, out var family, out var type)) _types[System.Text.Encoding.UTF8.GetString(family)] = type;
            else if (format == ExpositionFormat.OpenMetrics && content.SequenceEqual("# EOF"u8)) IsComplete = true;
            return;
        }
        var length = ExpositionText.SeriesLength(content);
        if (length < 0)
        {
            Fail("the labels do not end");
            return;
        }
        _pairs.Clear();
        if (ExpositionText.ReadSeries(content[..length], _texts, _pairs) is { } error)
        {
            Fail(error);
            return;
        }
        if (ExpositionText.ReadTail(content[length..], format, out var value, out var unixMs) is { } wrong)
        {
            Fail(wrong);
            return;
        }
        if (!Labels.TryCreate(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pairs), out var labels)) Fail("a label stands twice");
        else take(new ExpositionSample(labels, value, unixMs, TypeOf(labels.Name)));
    }

    private ExpositionType TypeOf(string name)
    {
        if (_types.TryGetValue(name, out var type)) return type;
        foreach (var ending in (ReadOnlySpan<string>)["_total", "_bucket", "_count", "_sum", "_created"])
            if (name.EndsWith(ending, StringComparison.Ordinal) && _types.TryGetValue(name[..^ending.Length], out type))
                return ending == "_created" ? ExpositionType.Gauge : type;
        return ExpositionType.Unknown;
    }

    private void Fail(string what)
    {
        ErrorCount++;
        if (_errors.Count < KeptErrors) _errors.Add(new(_line, what));
    }
}
