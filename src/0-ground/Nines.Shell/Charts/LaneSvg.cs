namespace Nines.Shell.Charts;

/// <summary>What a stretch of a lane says.</summary>
public enum LaneKind
{
    /// <summary>Burning faster than the budget allows.</summary>
    OverOne,

    /// <summary>An alert was firing.</summary>
    Alert,

    /// <summary>Releases were frozen.</summary>
    Frozen,

    /// <summary>Nothing was received.</summary>
    NoData,
}

/// <summary>A stretch of one lane; <paramref name="ToMs"/> null means it still holds.</summary>
public sealed record Stretch(long FromMs, long? ToMs, LaneKind Kind, string Title);

/// <summary>A service's last day in one row: what burned, what alerted, what was silent, with marks on it.</summary>
public static class LaneSvg
{
    /// <param name="time">What the width spans.</param>
    /// <param name="stretches">What it says, later ones on top.</param>
    /// <param name="marks">What happened.</param>
    /// <param name="beganMs">Where the line begins; before it a dotted one says that nothing was measured yet.</param>
    public static string Draw(TimeScale time, IEnumerable<Stretch> stretches, IEnumerable<Mark> marks, long? beganMs = null)
    {
        var began = beganMs is { } first ? time.Inside(first) : 0;
        var svg = new SvgText().Raw("<svg class=\"c lane\" width=\"100%\" height=\"30\" aria-hidden=\"true\"><line class=\"g\" x1=\"").Share(began).Raw("\" x2=\"100%\" y1=\"15\" y2=\"15\"/>");
        if (began > 0) svg.Raw("<line class=\"dr\" x1=\"0\" x2=\"").Share(began).Raw("\" y1=\"15\" y2=\"15\"/>");
        foreach (var stretch in stretches)
        {
            if (stretch.ToMs < time.FromMs || stretch.FromMs > time.ToMs) continue;
            var (from, to) = (time.Inside(stretch.FromMs), time.Inside(stretch.ToMs ?? time.ToMs));
            var (kind, tall) = stretch.Kind switch
            {
                LaneKind.OverOne => ("f warn", false),
                LaneKind.Alert => ("f crit", true),
                LaneKind.Frozen => ("f gone", false),
                _ => ("gap", true),
            };
            svg.Raw("<rect class=\"").Raw(kind).Raw("\" x=\"").Share(Math.Min(from, 0.996)).Raw("\" width=\"").Share(Math.Max(to - from, 0.004))
                .Raw(tall ? "\" y=\"7\" height=\"16\"><title>" : "\" y=\"11\" height=\"8\"><title>").Words(stretch.Title).Raw("</title></rect>");
        }
        foreach (var mark in marks)
            if (time.Share(mark.AtMs) is >= 0 and <= 1)
                svg.Raw("<svg x=\"").Share(time.Share(mark.AtMs)).Raw("\" y=\"15\" overflow=\"visible\"><title>").Words(mark.Title).Raw("</title>").Raw(MarkShape.Of(mark.Kind)).Raw("</svg>");
        return svg.Raw("</svg>").ToString();
    }

    /// <summary>The hours above the lanes, in the same geometry.</summary>
    public static string Hours(TimeScale time, string zone)
    {
        var svg = new SvgText().Raw("<svg class=\"c\" width=\"100%\" height=\"18\" aria-hidden=\"true\">");
        var tz = NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? NodaTime.DateTimeZone.Utc;
        foreach (var (at, words) in Ticks.Times(time, tz))
            if (time.Share(at) < 0.92) svg.Raw(time.Share(at) < 0.8 ? "<text class=\"m\" x=\"" : "<text class=\"m x-wide\" x=\"").Share(time.Share(at)).Raw("\" y=\"13\">").Words(words).Raw("</text>");
        return svg.Raw("<text class=\"e\" x=\"100%\" y=\"13\">now</text></svg>").ToString();
    }
}
