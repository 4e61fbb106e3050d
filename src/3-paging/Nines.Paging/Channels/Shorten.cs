using System.Text;

namespace Nines.Paging.Channels;

/// <summary>Cuts text to what a provider takes, never through a character. Pure.</summary>
public static class Shorten
{
    /// <summary>At most so many UTF-16 units, an ellipsis at the end where something was cut.</summary>
    public static string To(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = most - 1;
        if (end > 0 && char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }

    /// <summary>At most so many bytes of UTF-8, an ellipsis at the end where something was cut.</summary>
    public static string ToBytes(string text, int most)
    {
        if (Encoding.UTF8.GetByteCount(text) <= most) return text;
        const int ellipsis = 3;
        var (bytes, units) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > most - ellipsis) break;
            bytes += rune.Utf8SequenceLength;
            units += rune.Utf16SequenceLength;
        }

        return text[..units] + "…";
    }
}
