using NodaTime;

namespace Nines.Shell.Charts;

/// <summary>
/// Draws a <see cref="TimeChart"/> as SVG. The outer drawing has no view box and holds text and marks at shares of
/// the width; a nested one stretches and holds the paths. So one drawing serves 360 and 1440 pixels with sharp text.
/// </summary>
public static class TimeChartSvg
{
    private const int TopWithMarks = 34;
    private const int TopPlain = 8;
    private const int AxisHeight = 26;

    // A projection's words take about this share of the width; where they would leave the plot, they end at its edge.
    private const double WordsWide = 0.18;

    // Words nearer to the end of a projection than this share of the width would run into its words.
    private const double Crowded = 0.09;
    private const double CrowdedOnPhone = 0.24;

    // Lines of words below each other need this many pixels.
    private const int LineOfWords = 15;

    /// <summary>The whole drawing, to be put into a figure with its title, key, table and CSV.</summary>
    public static string Draw(TimeChart chart)
    {
        var svg = new SvgText();
        var top = chart.Marks.Count > 0 || chart.NowWords is not null ? TopWithMarks : TopPlain;
        Open(svg, chart, top);
        Hatches(svg, chart, top);
        Plot(svg, chart, top);
        GridWords(svg, chart, top);
        TimeAxis(svg, chart, top);
        Marks(svg, chart, top);
        Now(svg, chart, top);
        return svg.Raw("</svg>").ToString();
    }

    private static void Open(SvgText svg, TimeChart chart, int top)
    {
        svg.Raw("<svg class=\"c\" width=\"100%\" height=\"").Whole(top + chart.Height + AxisHeight)
            .Raw("\" role=\"img\" aria-label=\"").Words(chart.Sentence)
            .Raw("\" data-from=\"").Whole(chart.Time.FromMs).Raw("\" data-to=\"").Whole(chart.Time.ToMs)
            .Raw("\" data-low=\"").Raw(Plain(chart.Value.Low)).Raw("\" data-high=\"").Raw(Plain(chart.Value.High))
            .Raw("\" data-top=\"").Whole(top).Raw("\" data-height=\"").Whole(chart.Height).Raw("\"");
        if (chart.Value.Log) svg.Raw(" data-log");
        if (chart.Zoom) svg.Raw(" data-zoom");
        svg.Raw(">");
    }

    // Hatches belong in the outer drawing: stretched, their lines would lean.
    private static void Hatches(SvgText svg, TimeChart chart, int top)
    {
        foreach (var (from, to) in chart.Series.Count > 0 ? Reduction.Gaps(chart.Series[0], chart.Time) : [])
        {
            var (a, b) = (chart.Time.Inside(from), chart.Time.Inside(to));
            svg.Raw("<rect class=\"gap\" x=\"").Share(a).Raw("\" width=\"").Share(Math.Max(b - a, 0.002))
                .Raw("\" y=\"").Whole(top).Raw("\" height=\"").Whole(chart.Height).Raw("\"/>");
        }
    }

    private static void Plot(SvgText svg, TimeChart chart, int top)
    {
        svg.Raw("<svg y=\"").Whole(top).Raw("\" width=\"100%\" height=\"").Whole(chart.Height)
            .Raw("\" viewBox=\"0 0 1000 ").Whole(chart.Height).Raw("\" preserveAspectRatio=\"none\">");
        foreach (var band in chart.Bands)
        {
            var (a, b) = (chart.Time.Inside(band.FromMs), chart.Time.Inside(band.ToMs ?? chart.NowMs ?? chart.Time.ToMs));
            svg.Raw("<rect class=\"band\" x=\"").Number(a * Reduction.Columns).Raw("\" width=\"").Number(Math.Max((b - a) * Reduction.Columns, 2))
                .Raw("\" height=\"").Whole(chart.Height).Raw("\"><title>").Words(band.Title).Raw("</title></rect>");
            svg.Raw("<rect class=\"f ").Raw(band.Title == "page" ? "crit" : "warn").Raw("\" x=\"").Number(a * Reduction.Columns).Raw("\" width=\"").Number(Math.Max((b - a) * Reduction.Columns, 2)).Raw("\" height=\"3\"/>");
        }
        foreach (var line in GridOf(chart))
            svg.Raw(line.Limit ? "<path class=\"th crit\" d=\"M0," : "<path class=\"g\" d=\"M0,").Number(Y(chart, line.Value)).Raw("H1000\"/>");
        foreach (var series in chart.Series) Draw(svg, series, chart);
        if (chart.Guide is { } guide)
            svg.Raw("<path class=\"ln2 ln\" d=\"M").Number(X(chart, guide.FromMs)).Raw(",").Number(Y(chart, guide.From))
                .Raw(" ").Number(X(chart, guide.ToMs)).Raw(",").Number(Y(chart, guide.To)).Raw("\"/>");
        foreach (var projection in chart.Projections) Path(svg, "pr", projection.Points.Select(p => (X(chart, p.AtMs), Y(chart, p.Value))), null);
        svg.Raw("<path class=\"ax\" d=\"M0,").Whole(chart.Height).Raw("H1000\"/></svg>");
    }

    private static void Draw(SvgText svg, Series series, TimeChart chart)
    {
        if (series.Form == SeriesForm.Bars)
        {
            Bars.Draw(svg, series, chart);
            return;
        }
        var runs = Reduction.Runs(series, chart.Time, chart.Value, chart.Height);
        if (series.Form == SeriesForm.Area)
            foreach (var run in runs)
                Path(svg, "ar", run.Points.Prepend((run.Points[0].X, chart.Height)).Append((run.Points[^1].X, chart.Height)), null, close: true);
        foreach (var run in runs)
            Path(svg, run.Partial ? "pr" : series.Tone == SeriesTone.Compared ? "ln2 ln" : series.Tone == SeriesTone.Bad ? "ln bl" : "ln", run.Points, series);
    }

    private static void Path(SvgText svg, string kind, IEnumerable<(double X, double Y)> points, Series? named, bool close = false)
    {
        svg.Raw("<path class=\"").Raw(kind).Raw("\"");
        if (named is not null) svg.Raw(" data-name=\"").Words(named.Name).Raw("\" data-unit=\"").Words(named.Unit).Raw("\"");
        svg.Raw(" d=\"M");
        var first = true;
        var last = default((double X, double Y));
        foreach (var point in points)
        {
            if (!first) svg.Raw(" ");
            svg.Number(point.X).Raw(",").Number(point.Y);
            (first, last) = (false, point);
        }
        // One lone value would be an empty path; half a unit makes it a dot.
        if (!close) svg.Raw(" ").Number(last.X + 0.5).Raw(",").Number(last.Y);
        svg.Raw(close ? "z\"/>" : "\"/>");
    }

    private static void GridWords(SvgText svg, TimeChart chart, int top)
    {
        foreach (var line in GridOf(chart))
            svg.Raw("<text class=\"h\" x=\"2\" y=\"").Number(Math.Max(top + Y(chart, line.Value) - 3, 11)).Raw("\">").Words(line.Words).Raw("</text>");
        if (chart.Guide is not { } guide) return;
        var middle = 0.72;
        var at = guide.FromMs + (long)((guide.ToMs - guide.FromMs) * middle);
        svg.Raw("<text class=\"h x-wide e\" x=\"").Share(chart.Time.Share(at) - 0.008).Raw("\" y=\"")
            .Number(top + Y(chart, guide.From + ((guide.To - guide.From) * middle)) + 12).Raw("\">").Words(guide.Words).Raw("</text>");
    }

    private static void TimeAxis(SvgText svg, TimeChart chart, int top)
    {
        var y = top + chart.Height + 18;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(chart.Zone) ?? DateTimeZone.Utc;
        foreach (var (at, words) in Ticks.Times(chart.Time, zone))
        {
            var share = chart.Time.Share(at);
            var apart = chart.End is { } near ? Math.Abs(chart.Time.Share(near.AtMs) - share) : 1;
            if (apart < Crowded) continue;
            svg.Raw(apart < CrowdedOnPhone ? "<text class=\"m x-wide\" x=\"" : "<text class=\"m\" x=\"").Share(share).Raw("\" y=\"").Whole(y).Raw("\">").Words(words).Raw("</text>");
        }
        if (chart.End is not { } end || chart.Time.Share(end.AtMs) is not (>= 0 and <= 1)) return;
        var place = chart.Time.Share(end.AtMs);
        svg.Raw("<text class=\"b ").Raw(place > 0.95 ? "e" : "m").Raw("\" x=\"").Share(place).Raw("\" y=\"").Whole(y).Raw("\">").Words(end.Words)
            .Raw("</text><circle class=\"mk\" cx=\"").Share(place).Raw("\" cy=\"").Whole(top + chart.Height).Raw("\" r=\"4\"/>");
    }

    private static void Marks(SvgText svg, TimeChart chart, int top)
    {
        foreach (var mark in chart.Marks)
        {
            var share = chart.Time.Share(mark.AtMs);
            if (share is < 0 or > 1) continue;
            svg.Raw("<svg x=\"").Share(share).Raw("\" y=\"14\" overflow=\"visible\"><title>").Words(mark.Title)
                .Raw("</title><path class=\"dr\" d=\"M0 8V").Whole(top + chart.Height - 14).Raw("\"/>").Raw(MarkShape.Of(mark.Kind)).Raw("</svg>");
        }
    }

    private static void Now(SvgText svg, TimeChart chart, int top)
    {
        if (chart.NowMs is not { } now) return;
        var share = chart.Time.Inside(now);
        svg.Raw("<line class=\"now\" x1=\"").Share(share).Raw("\" x2=\"").Share(share).Raw("\" y1=\"").Whole(top - 10)
            .Raw("\" y2=\"").Whole(top + chart.Height).Raw("\"/>");
        if (chart.NowWords is { } words && LastValue(chart) is { } value)
        {
            // Beside the line's end, on the side where there is room: below it, or above when it lies at the bottom.
            var y = Y(chart, value);
            svg.Raw("<text class=\"h b e\" x=\"").Share(share - 0.01).Raw("\" y=\"")
                .Number(top + (y > chart.Height - 30 ? y - 10 : y + 22)).Raw("\">").Words(words).Raw("</text>");
        }
        ProjectionWords(svg, chart, top);
    }

    // All projections begin at one point, so their words are spread down the lines, the last one lowest.
    private static void ProjectionWords(SvgText svg, TimeChart chart, int top)
    {
        var named = chart.Projections.Where(p => p.Words.Length > 0 && p.Points.Count > 1).ToArray();
        var below = double.PositiveInfinity;
        for (var i = named.Length - 1; i >= 0; i--)
        {
            var ((fromAt, from), (toAt, to)) = (named[i].Points[0], named[i].Points[^1]);
            var along = (i + 1.0) / (named.Length + 1);
            var x = chart.Time.Share(fromAt) + ((chart.Time.Share(toAt) - chart.Time.Share(fromAt)) * along);
            // A line that leaves the picture falls away from its beginning: above that there is room for words that end at the edge.
            var edge = x + WordsWide > 1;
            var y = Math.Min(Math.Max(Y(chart, edge ? from : from + ((to - from) * along)) - 6, 4), below - LineOfWords);
            below = y;
            svg.Raw("<text class=\"h x-wide").Raw(edge ? " e" : "").Raw("\" x=\"").Share(edge ? 0.998 : x + 0.012).Raw("\" y=\"")
                .Number(top + y).Raw("\">").Words(named[i].Words).Raw("</text>");
        }
    }

    private static IReadOnlyList<GridLine> GridOf(TimeChart chart) =>
        chart.Grid.Count > 0 ? chart.Grid : [.. Ticks.Values(chart.Value).Select(v => new GridLine(v, Plain(v)))];

    private static double? LastValue(TimeChart chart)
    {
        if (chart.Series.Count == 0) return null;
        var values = chart.Series[0].Values.Span;
        for (var i = values.Length - 1; i >= 0; i--)
            if (double.IsFinite(values[i])) return values[i];
        return null;
    }

    private static double X(TimeChart chart, long atMs) => chart.Time.Inside(atMs) * Reduction.Columns;

    private static double Y(TimeChart chart, double value) => (1 - chart.Value.Up(value)) * chart.Height;

    private static string Plain(double value) => value.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);
}
