namespace Nines.Shell.Charts;

/// <summary>When something alerted: <paramref name="Page"/> is drawn tall, a ticket low, a muted one grey.</summary>
public sealed record Firing(long FromMs, long? ToMs, bool Page, bool Muted, string Title);

/// <summary>A strip of firings over time, one row of a table.</summary>
public static class AlertStripSvg
{
    public static string Draw(TimeScale time, IEnumerable<Firing> firings)
    {
        var svg = new SvgText().Raw("<svg class=\"c fire\" height=\"22\" width=\"100%\" aria-hidden=\"true\"><line class=\"ax\" x1=\"0\" x2=\"100%\" y1=\"21\" y2=\"21\"/>");
        foreach (var firing in firings)
        {
            if (firing.ToMs < time.FromMs || firing.FromMs > time.ToMs) continue;
            var (from, to) = (time.Inside(firing.FromMs), time.Inside(firing.ToMs ?? time.ToMs));
            svg.Raw("<rect class=\"").Raw(firing.Muted ? "f none" : firing.Page ? "bad" : "f warn").Raw("\" x=\"").Share(Math.Min(from, 0.9955))
                .Raw("\" width=\"").Share(Math.Max(to - from, 0.0045)).Raw(firing.Page ? "\" y=\"2\" height=\"19\"><title>" : "\" y=\"8\" height=\"13\"><title>")
                .Words(firing.Title).Raw("</title></rect>");
        }
        return svg.Raw("</svg>").ToString();
    }
}
