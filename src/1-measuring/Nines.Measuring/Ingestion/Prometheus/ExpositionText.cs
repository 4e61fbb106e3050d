using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Prometheus;

/// <summary>The pieces of an exposition line: where its series ends, what its labels are, what stands behind it. Never throws on bytes.</summary>
public static class ExpositionText
{
    /// <summary>The length of name and labels at the beginning of a line, without the blank behind them; -1 where labels do not end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int SeriesLength(ReadOnlySpan<byte> line)
    {
        var at = line.IndexOfAny("{ \t"u8);
        if (at < 0) return line.Length;
        if (line[at] != '{')
        {
            // "name {a="b"} 1" is legal: blanks may stand before the brace.
            var brace = at;
            while (brace < line.Length && line[brace] is (byte)' ' or (byte)'\t') brace++;
            if (brace == line.Length || line[brace] != '{') return at;
            at = brace;
        }
        for (at++; at < line.Length; at++)
        {
            var next = line[at..].IndexOfAny((byte)'"', (byte)'}');
            if (next < 0) return -1;
            at += next;
            if (line[at] == '}') return at + 1;
            at = QuoteEnd(line, at + 1);
            if (at < 0) return -1;
        }
        return -1;
    }

    /// <summary>Reads name and labels into an empty list.</summary>
    /// <returns>Null, or a sentence where they are none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static string? ReadSeries(ReadOnlySpan<byte> series, TextCache texts, List<Label> labels)
    {
        var at = NameLength(series, colon: true);
        if (at > 0) labels.Add(new Label(Labels.MetricName, texts.Get(series[..at])));
        at = SkipBlank(series, at);
        if (at == series.Length) return labels.Count == 0 ? "expected a metric name" : null;
        if (series[at] != '{') return $"expected '{{' or a value after the name, found {Shown(series[at])}";
        if (ReadLabels(series, at + 1, labels, texts) is { } error) return error;
        foreach (var label in labels)
            if (label.Name == Labels.MetricName)
                return null;
        return "expected a metric name";
    }

    /// <summary>Reads what stands behind the series: a value, and a timestamp in milliseconds (0 when there is none). An exemplar is stepped over.</summary>
    /// <returns>Null, or a sentence.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static string? ReadTail(ReadOnlySpan<byte> tail, ExpositionFormat format, out double value, out long unixMs)
    {
        (value, unixMs) = (0, 0);
        var at = SkipBlank(tail, 0);
        var word = Word(tail, at);
        if (word.IsEmpty) return "expected a value, found the end of the line";
        if (!NumberText.TryDouble(word, out value)) return $"expected a value, found '{Text(word)}'";
        at = SkipBlank(tail, at + word.Length);
        if (at == tail.Length || tail[at] == '\r') return null;
        if (tail[at] == '#') return format == ExpositionFormat.OpenMetrics ? null : "expected a timestamp, found '#' (exemplars are OpenMetrics)";
        word = Word(tail, at);
        if (!TryTime(word, format, out unixMs)) return $"expected a timestamp, found '{Text(word)}'";
        at = SkipBlank(tail, at + word.Length);
        if (at == tail.Length || tail[at] is (byte)'\r' || (tail[at] == '#' && format == ExpositionFormat.OpenMetrics)) return null;
        return $"expected the end of the line, found {Shown(tail[at])}";
    }

    /// <summary>Reads <c># TYPE name type</c>; false for any other comment.</summary>
    public static bool TryReadType(ReadOnlySpan<byte> comment, out ReadOnlySpan<byte> family, out ExpositionType type)
    {
        family = default;
        type = ExpositionType.Unknown;
        var at = SkipBlank(comment, 1);
        var keyword = Word(comment, at);
        if (!keyword.SequenceEqual("TYPE"u8)) return false;
        at = SkipBlank(comment, at + keyword.Length);
        family = Word(comment, at);
        var word = Word(comment, SkipBlank(comment, at + family.Length)).TrimEnd((byte)'\r');
        type = TypeOf(word);
        return !family.IsEmpty;
    }

    private static ExpositionType TypeOf(ReadOnlySpan<byte> word)
    {
        if (word.SequenceEqual("counter"u8)) return ExpositionType.Counter;
        if (word.SequenceEqual("gauge"u8)) return ExpositionType.Gauge;
        if (word.SequenceEqual("histogram"u8)) return ExpositionType.Histogram;
        if (word.SequenceEqual("summary"u8)) return ExpositionType.Summary;
        return word.SequenceEqual("untyped"u8) || word.SequenceEqual("unknown"u8) ? ExpositionType.Unknown : ExpositionType.Other;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static string? ReadLabels(ReadOnlySpan<byte> series, int at, List<Label> labels, TextCache texts)
    {
        while (true)
        {
            at = SkipBlank(series, at);
            if (at < series.Length && series[at] == '}') return at + 1 == series.Length ? null : "text stands behind the labels";
            string name;
            if (at < series.Length && series[at] == '"')
            {
                if (ReadQuoted(series, texts, ref at, out name) is { } wrongName) return wrongName;
                var behind = SkipBlank(series, at);
                if (behind < series.Length && series[behind] is (byte)',' or (byte)'}')
                {
                    // A quoted metric name, as Prometheus 3 writes names beyond the old alphabet.
                    labels.Add(new Label(Labels.MetricName, name));
                    at = behind;
                    if (series[at] == ',') at++;
                    continue;
                }
            }
            else
            {
                var length = NameLength(series[at..], colon: false);
                if (length == 0) return $"expected a label name, found {(at < series.Length ? Shown(series[at]) : "the end")}";
                name = texts.Get(series.Slice(at, length));
                at += length;
            }
            at = SkipBlank(series, at);
            if (at >= series.Length || series[at] != '=') return $"expected '=' after label {name}";
            at = SkipBlank(series, at + 1);
            if (at >= series.Length || series[at] != '"') return $"expected a quoted value for label {name}";
            if (ReadQuoted(series, texts, ref at, out var value) is { } wrong) return $"label {name}: {wrong}";
            labels.Add(new Label(name, value));
            at = SkipBlank(series, at);
            if (at < series.Length && series[at] == ',') at++;
            else if (at >= series.Length || series[at] != '}') return $"expected ',' or '}}' after label {name}";
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static string? ReadQuoted(ReadOnlySpan<byte> series, TextCache texts, ref int at, out string text)
    {
        text = "";
        var start = at + 1;
        var end = QuoteEnd(series, start);
        if (end < 0) return "the quote does not end";
        var raw = series[start..end];
        if (!Utf8.IsValid(raw)) return "not valid UTF-8";
        at = end + 1;
        text = raw.Contains((byte)'\\') ? Unescaped(Encoding.UTF8.GetString(raw)) : texts.Get(raw);
        return null;
    }

    private static string Unescaped(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length) plain.Append(text[i]);
            else
                _ = text[++i] switch
                {
                    'n' => plain.Append('\n'),
                    '\\' => plain.Append('\\'),
                    '"' => plain.Append('"'),
                    var other => plain.Append('\\').Append(other),
                };
        }
        return plain.ToString();
    }

    /// <summary>Where the closing quote stands, or -1.</summary>
    private static int QuoteEnd(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length)
        {
            var next = line[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0) return -1;
            at += next;
            if (line[at] == '"') return at;
            at += 2;
        }
        return -1;
    }

    private static bool TryTime(ReadOnlySpan<byte> word, ExpositionFormat format, out long unixMs)
    {
        if (format == ExpositionFormat.Text) return NumberText.TryLong(word, out unixMs);
        unixMs = 0;
        if (!NumberText.TryDouble(word, out var seconds) || !(Math.Abs(seconds) < 1e15)) return false;
        unixMs = (long)Math.Round(seconds * 1000);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int NameLength(ReadOnlySpan<byte> text, bool colon)
    {
        var at = 0;
        while (at < text.Length && (char.IsAsciiLetter((char)text[at]) || text[at] == '_' || (colon && text[at] == ':') || (at > 0 && char.IsAsciiDigit((char)text[at])))) at++;
        return at;
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> text, int at)
    {
        var rest = text[Math.Min(at, text.Length)..];
        var end = rest.IndexOfAny(" \t\r"u8);
        return end < 0 ? rest : rest[..end];
    }

    private static int SkipBlank(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t') at++;
        return at;
    }

    private static string Text(ReadOnlySpan<byte> word) => Encoding.Latin1.GetString(word.Length > 40 ? word[..40] : word);

    private static string Shown(byte b) => b is > 32 and < 127 ? $"'{(char)b}'" : $"byte 0x{b:X2}";
}
