using System.Globalization;
using System.Text;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>Words that leave the house: whatever was typed is text, in every format. Pure.</summary>
public static class PublicText
{
    /// <summary>Text without what is none: control characters, halves of characters, marks that turn the reading direction around.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            if (rune.Value == '\n' || (!Rune.IsControl(rune) && rune.Value is not (>= 0x202A and <= 0x202E) and not (>= 0x2066 and <= 0x2069) and not (0xFFFE or 0xFFFF))) clean.Append(rune.ToString());
        return clean.ToString();
    }

    /// <summary>The paragraphs of a text.</summary>
    public static IReadOnlyList<string> Paragraphs(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A time as people of the page's zone say it: <c>19 Nov 2026, 03:24 CET</c>.</summary>
    public static string Time(Instant at, DateTimeZone zone)
    {
        var local = at.InZone(zone);
        return local.ToString("d MMM uuuu, HH:mm ", CultureInfo.InvariantCulture) + local.GetZoneInterval().Name;
    }

    /// <summary>A stretch: the day is not said twice.</summary>
    public static string Stretch(Instant from, Instant until, DateTimeZone zone)
    {
        var (first, last) = (from.InZone(zone), until.InZone(zone));
        return first.Date == last.Date
            ? $"{first.ToString("dddd d MMMM uuuu, HH:mm", CultureInfo.InvariantCulture)}–{last.ToString("HH:mm", CultureInfo.InvariantCulture)} {last.GetZoneInterval().Name}"
            : $"{Time(from, zone)} – {Time(until, zone)}";
    }

    /// <summary>A day: <c>28 Oct</c>.</summary>
    public static string Day(LocalDate day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>Minutes as people say them: <c>1 h 55 min</c>.</summary>
    public static string Minutes(int minutes) => minutes < 60 ? $"{minutes}\u00a0min" : minutes % 60 == 0 ? $"{minutes / 60}\u00a0h" : $"{minutes / 60}\u00a0h {minutes % 60}\u00a0min";
}
