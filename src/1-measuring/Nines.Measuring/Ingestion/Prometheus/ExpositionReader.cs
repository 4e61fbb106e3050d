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
    private readonly List<ExpositionError> errors = [];
    private readonly Dictionary<string, ExpositionType> types = new(StringComparer.Ordinal);
    private readonly TextCache texts = new();
    private readonly List<Label> pairs = [];
    private int line;

    /// <summary>The first errors.</summary>
    public IReadOnlyList<ExpositionError> Errors => errors;

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
            line++;
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
            if (ExpositionText.TryReadType(content, out var family, out var type)) types[System.Text.Encoding.UTF8.GetString(family)] = type;
            else if (format == ExpositionFormat.OpenMetrics && content.SequenceEqual("# EOF"u8)) IsComplete = true;
            return;
        }
        var length = ExpositionText.SeriesLength(content);
        if (length < 0)
        {
            Fail("the labels do not end");
            return;
        }
        pairs.Clear();
        if (ExpositionText.ReadSeries(content[..length], texts, pairs) is { } error)
        {
            Fail(error);
            return;
        }
        if (ExpositionText.ReadTail(content[length..], format, out var value, out var unixMs) is { } wrong)
        {
            Fail(wrong);
            return;
        }
        if (!Labels.TryCreate(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pairs), out var labels)) Fail("a label stands twice");
        else take(new ExpositionSample(labels, value, unixMs, TypeOf(labels.Name)));
    }

    private ExpositionType TypeOf(string name)
    {
        if (types.TryGetValue(name, out var type)) return type;
        foreach (var ending in (ReadOnlySpan<string>)["_total", "_bucket", "_count", "_sum", "_created"])
            if (name.EndsWith(ending, StringComparison.Ordinal) && types.TryGetValue(name[..^ending.Length], out type))
                return ending == "_created" ? ExpositionType.Gauge : type;
        return ExpositionType.Unknown;
    }

    private void Fail(string what)
    {
        ErrorCount++;
        if (errors.Count < KeptErrors) errors.Add(new(line, what));
    }
}
