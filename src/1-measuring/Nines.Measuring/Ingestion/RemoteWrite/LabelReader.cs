using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.RemoteWrite;

/// <summary>What <see cref="LabelReader"/> found.</summary>
internal enum LabelOutcome
{
    Read,
    Malformed,
    TooMany,
    InvalidUtf8,
    Invalid,
}

/// <summary>Reads the labels of a series at its first sight.</summary>
internal static class LabelReader
{
    public static LabelOutcome TryRead(ReadOnlySpan<byte> bytes, int limit, TextCache texts, out Labels? labels)
    {
        labels = null;
        var count = 0;
        for (var at = 0; at < bytes.Length; count++)
            if (!Wire.TrySkipField(bytes, ref at))
                return LabelOutcome.Malformed;
        if (count > limit) return LabelOutcome.TooMany;
        var pairs = new Label[count];
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            next++;
            if (!Wire.TryLength(bytes, ref next, out var length)) return LabelOutcome.Malformed;
            var outcome = TryReadPair(bytes.Slice(next, length), texts, out pairs[i]);
            if (outcome != LabelOutcome.Read) return outcome;
            next += length;
        }
        return Labels.TryCreate(pairs, out labels) ? LabelOutcome.Read : LabelOutcome.Invalid;
    }

    private static LabelOutcome TryReadPair(ReadOnlySpan<byte> pair, TextCache texts, out Label label)
    {
        label = default;
        var (name, value) = ("", "");
        for (var at = 0; at < pair.Length;)
        {
            var tag = pair[at];
            if (tag is not (0x0A or 0x12))
            {
                if (!Wire.TrySkipField(pair, ref at)) return LabelOutcome.Malformed;
                continue;
            }
            at++;
            if (!Wire.TryLength(pair, ref at, out var length)) return LabelOutcome.Malformed;
            if (!TryText(pair.Slice(at, length), texts, out var text)) return LabelOutcome.InvalidUtf8;
            if (tag == 0x0A) name = text;
            else value = text;
            at += length;
        }
        label = new Label(name, value);
        return LabelOutcome.Read;
    }

    private static bool TryText(ReadOnlySpan<byte> bytes, TextCache texts, out string text)
    {
        text = "";
        if (!System.Text.Unicode.Utf8.IsValid(bytes)) return false;
        text = texts.Get(bytes);
        return true;
    }
}
