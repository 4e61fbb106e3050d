using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Nines.Alerting.Integrations;

/// <summary>Texts of senders, made fit to be kept: one line, bounded, whole characters, names that matchers can take.</summary>
internal static class SentText
{
    /// <summary>Characters of a title.</summary>
    public const int Title = 300;

    /// <summary>Characters of details and of an annotation.</summary>
    public const int Details = 4000;

    /// <summary>Characters of a label's value.</summary>
    public const int Value = 1024;

    /// <summary>The text on one line.</summary>
    public static string Line(string text, int most = Title)
    {
        if (text.Length > most * 4) text = text[..(most * 4)];
        var line = new StringBuilder(Math.Min(text.Length, most));
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune)) line.Append(rune);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return Cut(line.ToString().Trim(), most);
    }

    /// <summary>The text with its lines, without other control characters.</summary>
    public static string Block(string text, int most = Details)
    {
        if (text.Length > most * 4) text = text[..(most * 4)];
        var block = new StringBuilder(Math.Min(text.Length, most));
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is '\n' or '\t' || !Rune.IsControl(rune)) block.Append(rune);
        return Cut(block.ToString().Trim(), most);
    }

    /// <summary>At most so many characters; what is longer ends in "…".</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = most - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }

    /// <summary>A name that matchers can take: letters, digits, underscores; empty where nothing is left.</summary>
    public static string LabelName(string name)
    {
        var made = new StringBuilder(Math.Min(name.Length, 64));
        foreach (var c in name.AsSpan(0, Math.Min(name.Length, 64))) made.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        if (made.Length > 0 && char.IsAsciiDigit(made[0])) made.Insert(0, '_');
        return made.ToString().Trim('_').Length == 0 ? "" : made.ToString();
    }

    /// <summary>A time as senders write it: RFC 3339, or seconds or milliseconds since 1970; null for anything else and for "unset" (year 1).</summary>
    public static Instant? Time(string text)
    {
        text = text.Trim();
        if (text.Length is 0 or > 40) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            // Seconds until the year 2286, milliseconds from the year 1970 and four months on.
            var ms = number < 1e10 ? number * 1000 : number;
            return ms is >= 1e11 and < 4e12 ? Instant.FromUnixTimeMilliseconds((long)ms) : null;
        }

        // Some write a space for the T, or leave the zone out: UTC is meant.
        if (text.Length > 10 && text[10] == ' ') text = text[..10] + "T" + text[11..];
        if (text.Length is 19 or 23 && text[^1] != 'Z') text += "Z";
        // ISO 8601's basic offset, as PagerDuty's own examples write it: +0000.
        if (text.Length > 20 && text[^5] is '+' or '-' && text[^4..].All(char.IsAsciiDigit)) text = text[..^2] + ":" + text[^2..];
        var parsed = OffsetDateTimePattern.Rfc3339.Parse(text);
        return parsed.Success && parsed.Value.Year > 1970 ? parsed.Value.ToInstant() : null;
    }

    /// <summary>The text where it is a link that a page may show; else empty.</summary>
    public static string Link(string text) =>
        text.Length <= 2000 && Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" && link.UserInfo.Length == 0 ? text : "";
}
