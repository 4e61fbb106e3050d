using System.Globalization;
using System.Net;
using System.Text;
using NodaTime;

namespace Nines.Paging.Schedules.Ui;

/// <summary>One bar of a lane.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Until">Where it ends.</param>
/// <param name="Label">A few letters.</param>
/// <param name="Title">The whole of it, in words.</param>
/// <param name="Class"><c>lay</c>, <c>ovr</c>, <c>fin</c> or <c>gapf</c>.</param>
/// <param name="Address">Where a click leads; null for nowhere. The same links stand in a table for those who use keys.</param>
public sealed record RotaBar(Instant From, Instant Until, string Label, string Title, string Class, string? Address = null);

/// <summary>Draws lanes of a schedule: everything in shares of the width, so that it fits any screen.</summary>
public static class RotaSvg
{
    /// <summary>One lane.</summary>
    /// <param name="bars">What stands in it.</param>
    /// <param name="days">Where each day begins, the end of the last one included.</param>
    /// <param name="now">The present time; drawn where it lies within.</param>
    public static string Lane(IEnumerable<RotaBar> bars, IReadOnlyList<Instant> days, Instant now)
    {
        RotaBar[] all = [.. bars];
        // What can be touched is as high as a thumb.
        var height = all.Any(b => b.Address is not null) ? 44 : 36;
        var svg = new StringBuilder("<svg class=\"c rota\" width=\"100%\" height=\"").Append(height).Append("\" aria-hidden=\"true\">");
        var (from, until) = (days[0], days[^1]);
        foreach (var day in days) Line(svg, "g", Share(day, from, until), height);
        foreach (var bar in all) Bar(svg, bar, Share(bar.From, from, until), Share(bar.Until, from, until), height);
        if (from <= now && now < until) Line(svg, "now", Share(now, from, until), height);
        return svg.Append("</svg>").ToString();
    }

    private static void Bar(StringBuilder svg, RotaBar bar, double a, double b, int height)
    {
        if (b <= a) return;
        svg.Append("<svg x=\"").Append(Percent(a)).Append("\" width=\"").Append(Percent(Math.Max(b - a, 0.004))).Append("\" height=\"").Append(height).Append("\">");
        if (bar.Address is not null) svg.Append("<a tabindex=\"-1\" href=\"").Append(WebUtility.HtmlEncode(bar.Address)).Append("\"><rect class=\"hit\" width=\"100%\" height=\"").Append(height).Append("\"/>");
        svg.Append("<title>").Append(WebUtility.HtmlEncode(bar.Title)).Append("</title><rect class=\"").Append(bar.Class)
            .Append("\" x=\"1\" y=\"").Append((height - 30) / 2).Append("\" width=\"99.5%\" height=\"30\" rx=\"3\"/>");
        if (bar.Label.Length > 0 && b - a > 0.045) svg.Append("<text x=\"8\" y=\"").Append((height / 2) + 5).Append("\">").Append(WebUtility.HtmlEncode(bar.Label)).Append("</text>");
        svg.Append(bar.Address is not null ? "</a></svg>" : "</svg>");
    }

    /// <summary>The days above the lanes, in the same geometry.</summary>
    public static string Days(IReadOnlyList<Instant> days, DateTimeZone zone, Instant now)
    {
        var svg = new StringBuilder("<svg class=\"c rota-days\" width=\"100%\" height=\"20\" aria-hidden=\"true\">");
        var today = now.InZone(zone).Date;
        for (var i = 0; i < days.Count - 1; i++)
        {
            var date = days[i].InZone(zone).Date;
            svg.Append("<text").Append(date == today ? " class=\"b\"" : "").Append(" x=\"").Append(Percent(Share(days[i], days[0], days[^1]) + 0.005)).Append("\" y=\"14\">")
                .Append(date.ToString("ddd", CultureInfo.InvariantCulture)).Append("<tspan class=\"x-wide\"> ").Append(date.Day).Append("</tspan></text>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Line(StringBuilder svg, string kind, double share, int height) =>
        svg.Append("<line class=\"").Append(kind).Append("\" x1=\"").Append(Percent(share)).Append("\" x2=\"").Append(Percent(share)).Append("\" y1=\"0\" y2=\"").Append(height).Append("\"/>");

    private static double Share(Instant at, Instant from, Instant until) => Math.Clamp((at - from) / (until - from), 0, 1);

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
