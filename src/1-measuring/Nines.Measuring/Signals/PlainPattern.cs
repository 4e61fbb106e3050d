using System.Buffers;

namespace Nines.Measuring.Signals;

/// <summary>
/// The patterns that nearly every selector is made of (<c>5..</c>, <c>get|head</c>, <c>/api/.*</c>) without a regular
/// expression's machinery, whose first match alone costs more than reading some thousand series. Matches whole values, as PromQL does.
/// </summary>
internal sealed class PlainPattern
{
    private static readonly SearchValues<char> Special = SearchValues.Create(@"\()[]{}^$*+?");

    private readonly Part[] _parts;

    private PlainPattern(Part[] parts) => _parts = parts;

    /// <summary>The pattern, or null where it needs a regular expression.</summary>
    public static PlainPattern? Of(string pattern)
    {
        var texts = pattern.Split('|');
        var parts = new Part[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (PartOf(texts[i]) is not { } part) return null;
            parts[i] = part;
        }

        return new(parts);
    }

    /// <summary>True where the whole value is one of the alternatives.</summary>
    public bool Matches(ReadOnlySpan<char> value)
    {
        foreach (var part in _parts)
            if (part.Matches(value)) return true;
        return false;
    }

    private static Part? PartOf(ReadOnlySpan<char> text)
    {
        var before = Run(text, atEnd: false);
        if (before >= 0) text = text[2..];
        var after = Run(text, atEnd: true);
        if (after >= 0) text = text[..^2];
        return text.IndexOfAny(Special) < 0 ? new(text.ToString(), before, after) : null;
    }

    /// <summary>How many characters a <c>.*</c> (0) or <c>.+</c> (1) at an end asks for; -1 where there is none.</summary>
    private static int Run(ReadOnlySpan<char> text, bool atEnd)
    {
        if (text.Length < 2) return -1;
        var two = atEnd ? text[^2..] : text[..2];
        return two is ".*" ? 0 : two is ".+" ? 1 : -1;
    }

    /// <summary>One alternative: a text in which a dot is any character, with anything before or after it.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Before">How many characters at least stand before it; -1 for exactly none.</param>
    /// <param name="After">The same after it.</param>
    private readonly record struct Part(string Text, int Before, int After)
    {
        public bool Matches(ReadOnlySpan<char> value)
        {
            var first = Math.Max(Before, 0);
            var last = value.Length - Text.Length - Math.Max(After, 0);
            if (Before < 0) last = Math.Min(last, 0);
            if (After < 0) first = Math.Max(first, value.Length - Text.Length);
            for (var at = first; at <= last; at++)
                if (At(value, at)) return true;
            return false;
        }

        private bool At(ReadOnlySpan<char> value, int at)
        {
            for (var i = 0; i < Text.Length; i++)
                if (Text[i] != '.' && Text[i] != value[at + i]) return false;
            return true;
        }
    }
}
