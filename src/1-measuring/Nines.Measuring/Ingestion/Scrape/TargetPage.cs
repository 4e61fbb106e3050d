using System.Runtime.CompilerServices;
using Nines.Measuring.Ingestion.Prometheus;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>
/// Reads a target's pages into batches and remembers their lines: a known line costs a hash of its bytes, and its value is only read where
/// something asks for it. What cannot be read is left out and reported with its line.
/// </summary>
internal sealed class TargetPage(SignalHub hub, SignalSource source, TargetLabels labels, SeriesHasher hasher, TextCache texts, int sampleLimit)
{
    private const int KeptErrors = 20;
    private readonly LineTable _lines = new();
    private readonly StartTimes _starts = new();
    private readonly List<ExpositionError> _errors = [];
    private readonly List<Label> _pairs = [];
    private int _generation;
    private SampleBatch _batch = null!;
    private ExpositionFormat _format;
    private long _nowUnixMs;
    private int _line;
    private int _place;
    private byte[] _family = new byte[128];
    private int _familyLength;
    private ExpositionType _familyType;

    /// <summary>The name of the last line that something asks for: those beside it are not skimmed first.</summary>
    private string? _asked;

    /// <summary>Series that stood in the last whole read.</summary>
    public int SampleCount { get; private set; }

    /// <summary>The first errors of this read, and how many there were.</summary>
    public IReadOnlyList<ExpositionError> Errors => _errors;

    public int ErrorCount { get; private set; }

    /// <summary><c># EOF</c> was read.</summary>
    public bool HasEnd { get; private set; }

    public int SampleLimit => sampleLimit;

    /// <summary>Lines read so far.</summary>
    public int LineNumber => _line;

    /// <summary>More samples than the limit: the read is to be given up.</summary>
    public bool IsTooLong => SampleCount > sampleLimit;

    public void Begin(SampleBatch into, ExpositionFormat written)
    {
        (_batch, _format, _nowUnixMs) = (into, written, into.NowUnixMs);
        if (_generation != hub.Generation)
        {
            _generation = hub.Generation;
            _lines.Clear();
            _starts.Clear();
        }
        _batch.Generation = _generation;
        (_line, _place, SampleCount, ErrorCount, HasEnd, _familyLength) = (0, 0, 0, 0, false, 0);
        _errors.Clear();
        _starts.Begin();
        _lines.Begin();
    }

    /// <summary>Reads the whole lines of a piece; a last line without an end only when <paramref name="isLast"/>.</summary>
    /// <returns>How many bytes were used.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Read(ReadOnlySpan<byte> text, bool isLast)
    {
        var at = 0;
        while (at < text.Length && !IsTooLong)
        {
            var rest = text[at..];
            var known = _lines.At(_place);
            var from = 0;
            if (known >= 0 && IsAt(rest, _lines[known]))
            {
                from = _lines[known].Length;
            }
            else known = -1;
            var end = rest[from..].IndexOf((byte)'\n');
            if (end < 0)
            {
                if (!isLast) break;
                end = rest.Length - from;
            }
            _line++;
            if (known >= 0) Sample(known, rest.Slice(from, end));
            else Line(rest[..end]);
            at += from + end + 1;
        }
        return Math.Min(at, text.Length);
    }

    /// <summary>The page is whole: series that vanished get a stale marker, start times are given to their counters.</summary>
    public void Complete()
    {
        _lines.Complete(id =>
        {
            if (!_lines[id].IsStart) _batch.Add(_lines[id].Series, _nowUnixMs, StaleMarker.Value);
        });
        _starts.Give(_batch);
        _batch.IsCompleteRead = true;
    }

    /// <summary>The page broke off or was refused: the next whole one is compared with the last whole one.</summary>
    public void Abandon() => _lines.Abandon();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsAt(ReadOnlySpan<byte> text, in KnownLine known)
        => known.Length < text.Length && text[known.Length] == ' ' && hasher.Hash(text[..known.Length]) == known.Key;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Line(ReadOnlySpan<byte> content)
    {
        content = content.TrimStart(" \t"u8).TrimEnd((byte)'\r');
        if (content.IsEmpty) return;
        if (HasEnd)
        {
            Fail("text stands behind # EOF");
            return;
        }
        if (content[0] == '#')
        {
            Comment(content);
            return;
        }
        var length = ExpositionText.SeriesLength(content);
        if (length < 0)
        {
            Fail("the labels do not end");
            return;
        }
        var series = content[..length];
        var key = hasher.Hash(series);
        if (!_lines.TryFind(key, out var id))
        {
            // A line is learnt only where all of it can be read, also where nothing will ask for its value.
            if (ExpositionText.ReadTail(content[length..], _format, out _, out _) is { } wrong)
            {
                Fail(wrong);
                return;
            }
            if (!TryLearn(series, key, out id)) return;
        }
        // A line that is new, or stands twice, takes no place of the last read.
        _place = _lines[id].Read == _lines.Read - 1 ? _lines[id].Place : _place - 1;
        Sample(id, content[length..]);
    }

    private void Comment(ReadOnlySpan<byte> comment)
    {
        if (_format == ExpositionFormat.OpenMetrics && comment.SequenceEqual("# EOF"u8)) HasEnd = true;
        else if (ExpositionText.TryReadType(comment, out var name, out _familyType))
        {
            if (name.Length > _family.Length) _family = new byte[name.Length * 2];
            name.CopyTo(_family);
            _familyLength = name.Length;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sample(int id, ReadOnlySpan<byte> tail)
    {
        SampleCount++;
        _place++;
        _lines.Saw(id);
        ref var known = ref _lines[id];
        if (known.Series < 0 && !known.IsStart)
        {
            _batch.Add(known.Series, _nowUnixMs, 0);
            return;
        }
        if (ExpositionText.ReadTail(tail, _format, out var value, out var unixMs) is { } wrong)
        {
            Fail(wrong);
            return;
        }
        if (known.IsStart)
        {
            _starts.Set(known.StartSlot, value);
            return;
        }
        if (known.StartSlot >= 0) _starts.Expect(_batch.Count, known.StartSlot);
        _batch.Add(known.Series, unixMs == 0 ? _nowUnixMs : unixMs, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryLearn(ReadOnlySpan<byte> series, SeriesKey key, out int id)
    {
        if (TryPass(series, key, out id)) return true;
        _pairs.Clear();
        if (ExpositionText.ReadSeries(series, texts, _pairs) is { } error)
        {
            if (error.Contains("UTF-8", StringComparison.Ordinal)) hub.CountRefused(source, RefusalReason.InvalidUtf8);
            Fail(error);
            return false;
        }
        if (labels.Join(_pairs) is not { } joined)
        {
            hub.CountRefused(source, RefusalReason.InvalidLabels);
            Fail("a label stands twice");
            return false;
        }
        var type = TypeOf(joined.Name);
        var isStart = _format == ExpositionFormat.OpenMetrics && type is ExpositionType.Counter or ExpositionType.Histogram or ExpositionType.Summary
            && joined.Name.EndsWith("_created", StringComparison.Ordinal);
        var kind = SampleKinds.Of(joined.Name, type);
        id = _lines.Add(new KnownLine
        {
            Key = key,
            Length = series.Length,
            Series = isStart ? SignalHub.Refused : hub.Resolve(joined, kind, source),
            StartSlot = _format == ExpositionFormat.OpenMetrics && (isStart || kind == SampleKind.Counter) ? _starts.SlotOf(joined) : -1,
            IsStart = isStart,
        });
        _asked = _lines[id].Series >= 0 ? joined.Name : null;
        return true;
    }

    /// <summary>Learns a line that nothing asks for without reading its labels. Most lines of most pages are such.</summary>
    private bool TryPass(ReadOnlySpan<byte> series, SeriesKey key, out int id)
    {
        id = -1;
        var name = texts.Get(series[..SkimmedLine.NameEnd(series, 0)]);
        if (ReferenceEquals(name, _asked) || !SkimmedLine.TryFind(series, texts, labels, out var line)) return false;
        if (_format == ExpositionFormat.OpenMetrics && name.EndsWith("_created", StringComparison.Ordinal)) return false;
        if (!hub.TryPass(name, ref line, source, out var unasked)) return false;
        id = _lines.Add(new KnownLine { Key = key, Length = series.Length, Series = unasked, StartSlot = -1 });
        return true;
    }

    /// <summary>The type of the family that was declared last, where the name belongs to it.</summary>
    private ExpositionType TypeOf(string name)
    {
        if (_familyLength == 0 || name.Length < _familyLength) return ExpositionType.Unknown;
        for (var i = 0; i < _familyLength; i++)
            if (name[i] != _family[i])
                return ExpositionType.Unknown;
        return name.AsSpan(_familyLength) is "" or "_total" or "_bucket" or "_count" or "_sum" or "_created" ? _familyType : ExpositionType.Unknown;
    }

    private void Fail(string what)
    {
        ErrorCount++;
        if (_errors.Count < KeptErrors) _errors.Add(new(_line, what));
    }
}
