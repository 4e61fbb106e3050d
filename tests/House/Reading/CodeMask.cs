using System.Text;

namespace Nines.Tests.House;

/// <summary>
/// C# text with comments, literals and preprocessor lines blanked out, same length and lines, so that a scan for names
/// sees code only. Holes of interpolated strings stay code.
/// </summary>
internal static class CodeMask
{
    public static string Of(string text)
    {
        var masked = new StringBuilder(text);
        var at = 0;
        Code(text, masked, ref at, untilHoleEnds: 0);
        return masked.ToString();
    }

    /// <summary>Walks code; with <paramref name="untilHoleEnds"/> braces, stops behind the brace(s) that close a hole.</summary>
    private static void Code(string text, StringBuilder masked, ref int at, int untilHoleEnds)
    {
        var depth = 0;
        while (at < text.Length)
        {
            if (Starts(text, at, "//") || (text[at] == '#' && FirstOnLine(text, at))) Blank(text, masked, ref at, EndOfLine(text, at));
            else if (Starts(text, at, "/*")) Blank(text, masked, ref at, EndOf(text, "*/", at + 2));
            else if (text[at] == '\'') Blank(text, masked, ref at, EndOfQuoted(text, at + 1, '\''));
            else if (LiteralAt(text, at) is { } literal) Literal(text, masked, ref at, literal);
            else if (text[at] == '{')
            {
                depth++;
                at++;
            }
            else if (text[at] == '}' && depth-- == 0 && untilHoleEnds > 0)
            {
                at += untilHoleEnds;
                return;
            }
            else at++;
        }
    }

    private static void Literal(string text, StringBuilder masked, ref int at, (int Prefix, int Dollars, bool Verbatim, int Quotes) literal)
    {
        var from = at;
        at += literal.Prefix + literal.Quotes;
        var holes = Math.Max(literal.Dollars, 1);
        while (at < text.Length && !Closes(text, at, literal.Quotes))
        {
            var braces = literal.Dollars > 0 ? Run(text, at, '{') : 0;
            if (braces >= holes && (literal.Quotes > 1 || braces % 2 == 1))
            {
                at += braces;
                BlankRange(text, masked, from, at);
                Code(text, masked, ref at, holes);
                from = at - holes;
            }
            else if (braces > 0) at += braces;
            else if (text[at] == '\\' && !literal.Verbatim && literal.Quotes == 1) at += 2;
            else if (literal.Verbatim && literal.Quotes == 1 && Starts(text, at, "\"\"")) at += 2;
            else at++;
        }

        at = Math.Min(text.Length, at + literal.Quotes);
        BlankRange(text, masked, from, at);

        bool Closes(string t, int i, int quotes) =>
            Run(t, i, '"') >= quotes && !(literal.Verbatim && quotes == 1 && Starts(t, i, "\"\""));
    }

    private static (int Prefix, int Dollars, bool Verbatim, int Quotes)? LiteralAt(string text, int at)
    {
        var i = at;
        var dollars = 0;
        var verbatim = false;
        for (; i < text.Length && text[i] is '$' or '@'; i++)
        {
            if (text[i] == '$') dollars++;
            else verbatim = true;
        }

        if (i >= text.Length || text[i] != '"') return null;
        var run = Run(text, i, '"');
        return (i - at, dollars, verbatim, run >= 3 && !verbatim ? run : 1);
    }

    private static bool FirstOnLine(string text, int at)
    {
        while (--at >= 0 && text[at] != '\n')
            if (!char.IsWhiteSpace(text[at])) return false;
        return true;
    }

    private static int Run(string text, int at, char of)
    {
        var n = 0;
        while (at + n < text.Length && text[at + n] == of) n++;
        return n;
    }

    private static bool Starts(string text, int at, string with) => string.CompareOrdinal(text, at, with, 0, with.Length) == 0;

    private static int EndOfLine(string text, int at) => text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;

    private static int EndOf(string text, string mark, int at) =>
        text.IndexOf(mark, Math.Min(at, text.Length), StringComparison.Ordinal) is >= 0 and var end ? end + mark.Length : text.Length;

    private static int EndOfQuoted(string text, int at, char quote)
    {
        while (at < text.Length && text[at] != quote && text[at] != '\n') at += text[at] == '\\' ? 2 : 1;
        return Math.Min(text.Length, at + 1);
    }

    private static void Blank(string text, StringBuilder masked, ref int at, int to)
    {
        BlankRange(text, masked, at, to);
        at = to;
    }

    private static void BlankRange(string text, StringBuilder masked, int from, int to)
    {
        for (var i = from; i < Math.Min(to, text.Length); i++)
            if (text[i] != '\n') masked[i] = ' ';
    }
}
