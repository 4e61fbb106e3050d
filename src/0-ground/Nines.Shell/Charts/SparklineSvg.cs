namespace Nines.Shell.Charts;

/// <summary>A burn rate's last day in a table cell. One scale serves a whole column; the hairline is 1×.</summary>
public static class SparklineSvg
{
    private const double Height = 22;
    private const double Width = 100;

    // The hairline at a quarter of the height leaves room to tell 0.2× from 0.8×, and to see 4× whole.
    private const double HairlineAt = 17.1;

    /// <param name="values">Burn rates on an even grid; NaN is "no data" and breaks the line.</param>
    /// <param name="top">The burn rate at the upper edge, the same for every row.</param>
    public static string Draw(ReadOnlySpan<double> values, double top)
    {
        var svg = new SvgText().Raw("<svg class=\"spark\" viewBox=\"0 0 100 22\" height=\"22\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path class=\"z\" d=\"M0,17.1H100\"/>");
        Lines(svg, values, top, "ln", static _ => true);
        Lines(svg, values, top, "hi", static v => v > 1);
        return svg.Raw("</svg>").ToString();
    }

    /// <summary>The upper edge that a column of rows shares: its largest value, at least 4×, at most 20×.</summary>
    public static double SharedTop(double largest) => double.IsFinite(largest) ? Math.Clamp(largest, 4, 20) : 4;

    private static void Lines(SvgText svg, ReadOnlySpan<double> values, double top, string kind, Func<double, bool> wanted)
    {
        var (run, x) = (0, 0d);
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) || !wanted(values[i]))
            {
                Close(svg, run, x);
                run = 0;
                continue;
            }
            x = values.Length < 2 ? 0 : i * Width / (values.Length - 1);
            svg.Raw(run > 0 ? " " : "<path class=\"" + kind + "\" d=\"M").Number(x).Raw(",").Number(Y(values[i], top));
            run++;
        }
        Close(svg, run, x);
    }

    // One lone value would be an empty path; a short stroke makes it a dot.
    private static void Close(SvgText svg, int run, double x)
    {
        if (run > 0) svg.Raw(run > 1 ? "\"/>" : x > Width / 2 ? "h-1.5\"/>" : "h1.5\"/>");
    }

    private static double Y(double burn, double top) => burn <= 1
        ? Height - 0.4 - (Math.Max(burn, 0) * (Height - 0.4 - HairlineAt))
        : HairlineAt - (Math.Min((burn - 1) / Math.Max(top - 1, 1e-9), 1) * HairlineAt);
}
