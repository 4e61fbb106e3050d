namespace Nines.Shell.Charts;

/// <summary>Bars from the bottom up; where several steps share a pixel the tallest stands for them.</summary>
internal static class Bars
{
    public static void Draw(SvgText svg, Series series, TimeChart chart)
    {
        var values = series.Values.Span;
        var wide = Math.Max(series.StepMs / (double)Math.Max(chart.Time.ToMs - chart.Time.FromMs, 1) * Reduction.Columns, 1);
        svg.Raw("<path class=\"").Raw(series.Tone == SeriesTone.Bad ? "bad" : "f").Raw("\" d=\"");
        var (column, tallest) = (-1, 0d);
        for (var i = 0; i <= values.Length; i++)
        {
            var at = series.TimeOf(i);
            var inside = i < values.Length && at >= chart.Time.FromMs && at < chart.Time.ToMs;
            var next = inside ? (int)(chart.Time.Share(at) * Reduction.Columns / wide) : -1;
            if (next != column)
            {
                if (tallest > 0) One(svg, column * wide, wide, (1 - chart.Value.Up(tallest)) * chart.Height, chart.Height);
                (column, tallest) = (next, 0);
            }
            if (inside && double.IsFinite(values[i])) tallest = Math.Max(tallest, values[i]);
        }
        svg.Raw("\"/>");
    }

    private static void One(SvgText svg, double x, double wide, double y, int height) =>
        svg.Raw("M").Number(x).Raw(",").Whole(height).Raw("V").Number(y).Raw("h").Number(wide > 3 ? wide - 1 : wide).Raw("V").Whole(height).Raw("z");
}
