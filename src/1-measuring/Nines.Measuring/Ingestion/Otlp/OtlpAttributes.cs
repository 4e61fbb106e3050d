using System.Globalization;
using System.Text;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>Reads attributes (KeyValue, AnyValue) into label texts.</summary>
internal static class OtlpAttributes
{
    // AnyValue nests; a sender that nests deeper than this is refused rather than followed.
    private const int MaxDepth = 16;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads one KeyValue message; false where it is broken, nested too deep, or not valid UTF-8.</summary>
    public static bool TryRead(ReadOnlySpan<byte> pair, out string key, out string value)
    {
        key = value = "";
        var reader = new ProtoReader(pair);
        while (reader.Next())
        {
            if (reader is { Field: 1, Wire: 2 })
            {
                if (!TryText(reader.Bytes(), out key)) return false;
            }
            else if (reader is { Field: 2, Wire: 2 })
            {
                var text = new StringBuilder();
                if (!Value(reader.Bytes(), text, quoted: false, 0)) return false;
                value = text.ToString();
            }
            else
            {
                reader.Skip();
            }
        }

        return !reader.Malformed;
    }

    /// <summary>Bytes as text; false where they are not UTF-8.</summary>
    public static bool TryText(ReadOnlySpan<byte> utf8, out string text)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            text = "";
            return false;
        }

        text = Strict.GetString(utf8);
        return true;
    }

    private static bool Value(ReadOnlySpan<byte> any, StringBuilder into, bool quoted, int depth)
    {
        if (depth > MaxDepth) return false;
        var reader = new ProtoReader(any);
        while (reader.Next())
        {
            switch (reader.Field, reader.Wire)
            {
                case (1, 2):
                    if (!TryText(reader.Bytes(), out var text)) return false;
                    Text(text, into, quoted);
                    break;
                case (2, 0): into.Append(reader.Varint() != 0 ? "true" : "false"); break;
                case (3, 0): into.Append((long)reader.Varint()); break;
                case (4, 1): into.Append(reader.Double().ToString("R", CultureInfo.InvariantCulture)); break;
                case (5 or 6, 2):
                    if (!Items(reader.Bytes(), pairs: reader.Field == 6, into, depth)) return false;
                    break;
                case (7, 2): Text(Convert.ToBase64String(reader.Bytes()), into, quoted); break;
                default: reader.Skip(); break;
            }
        }

        return !reader.Malformed;
    }

    // An ArrayValue and a KeyValueList differ in what field 1 holds.
    private static bool Items(ReadOnlySpan<byte> list, bool pairs, StringBuilder into, int depth)
    {
        into.Append(pairs ? '{' : '[');
        var first = true;
        var reader = new ProtoReader(list);
        while (reader.Next())
        {
            if (reader is not { Field: 1, Wire: 2 })
            {
                reader.Skip();
                continue;
            }

            if (!first) into.Append(',');
            first = false;
            if (pairs ? !Pair(reader.Bytes(), into, depth) : !Value(reader.Bytes(), into, quoted: true, depth + 1)) return false;
        }

        into.Append(pairs ? '}' : ']');
        return !reader.Malformed;
    }

    private static bool Pair(ReadOnlySpan<byte> pair, StringBuilder into, int depth)
    {
        var key = "";
        ReadOnlySpan<byte> value = default;
        var reader = new ProtoReader(pair);
        while (reader.Next())
        {
            if (reader is { Field: 1, Wire: 2 })
            {
                if (!TryText(reader.Bytes(), out key)) return false;
            }
            else if (reader is { Field: 2, Wire: 2 })
            {
                value = reader.Bytes();
            }
            else
            {
                reader.Skip();
            }
        }

        Text(key, into, quoted: true);
        into.Append(':');
        return !reader.Malformed && Value(value, into, quoted: true, depth + 1);
    }

    private static void Text(string text, StringBuilder into, bool quoted)
    {
        if (quoted) into.Append('"').Append(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        else into.Append(text);
    }
}
