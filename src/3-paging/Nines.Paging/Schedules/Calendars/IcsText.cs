using System.Text;

namespace Nines.Paging.Schedules.Calendars;

/// <summary>Lines of a calendar (RFC 5545, 3.1): CRLF, folded at 75 octets, never inside a character.</summary>
public static class IcsText
{
    private const int Longest = 75;

    /// <summary>Adds a line, folded: one bad fold makes some readers drop the whole calendar.</summary>
    public static StringBuilder Line(this StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > Longest)
            {
                text.Append("\r\n ");
                // The space that continues a line counts.
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        return text.Append("\r\n");
    }

    /// <summary>Words as a value: escaped, without what is no text.</summary>
    public static string Escape(string words)
    {
        var text = new StringBuilder(words.Length + 8);
        foreach (var c in words)
        {
            if (c is '\\' or ';' or ',') text.Append('\\').Append(c);
            else if (c == '\n') text.Append("\\n");
            else if (!char.IsControl(c)) text.Append(c);
        }

        return text.ToString();
    }

    /// <summary>The words of a value.</summary>
    public static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal)) return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length) text.Append(value[i]);
            else text.Append(value[++i] is 'n' or 'N' ? '\n' : value[i]);
        }

        return text.ToString();
    }

    /// <summary>Lines as they were before folding; CRLF, LF and CR all end one.</summary>
    public static IEnumerable<(int Number, string Line)> Unfold(string text)
    {
        var (number, first, line) = (0, 0, new StringBuilder());
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (raw.Length > 0 && raw[0] is ' ' or '\t' && line.Length > 0)
            {
                line.Append(raw, 1, raw.Length - 1);
                continue;
            }

            if (line.Length > 0) yield return (first, line.ToString());
            line.Clear().Append(raw);
            first = number;
        }

        if (line.Length > 0) yield return (first, line.ToString());
    }
}
