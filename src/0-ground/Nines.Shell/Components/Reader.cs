using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using NodaTime;

namespace Nines.Shell.Components;

/// <summary>Who reads a page: the time it is for them, and their zone. Fragments for many readers are drawn in UTC.</summary>
/// <param name="Now">When the page is drawn.</param>
/// <param name="Zone">IANA zone; a cookie that the script sets names it, UTC until then.</param>
/// <param name="Path">Address of the page with its query, for links that keep it; empty in fragments.</param>
public sealed record Reader(Instant Now, DateTimeZone Zone, string Path)
{
    /// <summary>How the person who reads is called; empty at an open house and in fragments.</summary>
    public string Who { get; init; } = "";

    /// <summary>A reader of whom nothing is known but the time.</summary>
    public static Reader Anyone(Instant now) => new(now, DateTimeZone.Utc, "");

    /// <summary>The reader of one request.</summary>
    public static Reader Of(HttpContext http, TimeProvider clock)
    {
        var name = http.Request.Cookies["nines-zone"];
        var zone = name is { Length: < 60 } ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) : null;
        return new(clock.Now(), zone ?? DateTimeZone.Utc, http.Request.Path + http.Request.QueryString) { Who = http.Known()?.Name ?? "" };
    }
}

/// <summary>The forms of a time; the script writes the same ones.</summary>
public enum TimeForm
{
    /// <summary><c>Thu 19 Nov 09:42 CET</c>.</summary>
    Full,

    /// <summary><c>09:42</c>, with the date when it is not today's.</summary>
    Clock,

    /// <summary><c>09:42:07</c>, with the date when it is not today's.</summary>
    Seconds,

    /// <summary><c>Tue 24 Nov</c>, with the year when it is not this one.</summary>
    Day,

    /// <summary><c>51 min ago</c>.</summary>
    Ago,

    /// <summary><c>on Tuesday 24 November</c>, within two days <c>on Friday 19:45</c>, <c>today at 21:05</c>.</summary>
    Sentence,
}

/// <summary>Times in words, for a reader.</summary>
public static class Times
{
    private static readonly System.Globalization.CultureInfo Plain = System.Globalization.CultureInfo.InvariantCulture;

    public static string Words(Instant at, TimeForm form, Reader reader)
    {
        var local = at.InZone(reader.Zone);
        var sameDay = local.Date == reader.Now.InZone(reader.Zone).Date;
        return form switch
        {
            TimeForm.Clock => local.ToString(sameDay ? "HH':'mm" : "d MMM HH':'mm", Plain),
            TimeForm.Seconds => local.ToString(sameDay ? "HH':'mm':'ss" : "d MMM HH':'mm':'ss", Plain),
            TimeForm.Day => local.ToString(local.Year == reader.Now.InZone(reader.Zone).Year ? "ddd d MMM" : "ddd d MMM yyyy", Plain),
            TimeForm.Ago => Relative(at, reader.Now),
            TimeForm.Sentence => Sentence(at, reader),
            _ => local.ToString("ddd d MMM HH':'mm ", Plain) + local.GetZoneInterval().Name,
        };
    }

    /// <summary><c>51 min ago</c> or <c>in 5 d 13 h</c>.</summary>
    public static string Relative(Instant at, Instant now) =>
        at <= now ? Figures.Span(now - at) + " ago" : "in " + Figures.Span(at - now);

    private static string Sentence(Instant at, Reader reader)
    {
        var local = at.InZone(reader.Zone);
        var away = at - reader.Now;
        if (local.Date == reader.Now.InZone(reader.Zone).Date) return "today at " + local.ToString("HH':'mm", Plain);
        return "on " + (away < Duration.FromDays(2) ? local.ToString("dddd HH':'mm", Plain) : local.ToString("dddd d MMMM", Plain));
    }
}
