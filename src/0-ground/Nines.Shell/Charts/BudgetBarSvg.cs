namespace Nines.Shell.Charts;

/// <summary>
/// The bar over a figure: filled is the budget left, hatched what is spent, notches at 25 and 50 %.
/// It is hidden from screen readers, because the number stands beside it.
/// </summary>
public static class BudgetBarSvg
{
    /// <summary>A sliver that still shows the colour where nothing is left.</summary>
    private const int Edge = 5;

    /// <param name="left">Budget left as a fraction; null is "no data"; below zero is overspent.</param>
    /// <param name="tone">Class of the state: good, warn, crit, gone or none.</param>
    /// <param name="height">6 in tables, 10 on a page, 14 on a wall.</param>
    /// <param name="pace">Where even pace would stand, as a fraction left.</param>
    public static string Draw(double? left, string tone, int height, double? pace = null)
    {
        var svg = new SvgText();
        if (left is not { } share || !double.IsFinite(share))
            return svg.Raw("<svg class=\"bar none nodata\" width=\"100%\" height=\"").Whole(height)
                .Raw("\" aria-hidden=\"true\"><rect class=\"t\" x=\".5\" y=\".5\" width=\"99.6%\" height=\"").Whole(height - 1).Raw("\"/></svg>").ToString();

        svg.Raw("<svg class=\"bar ").Raw(tone).Raw("\" width=\"100%\" height=\"").Whole(height).Raw("\" aria-hidden=\"true\"><rect class=\"t\" width=\"100%\" height=\"").Whole(height)
            .Raw("\"/><rect class=\"l\" width=\"");
        if (share <= 0) svg.Whole(Edge);
        else svg.Share(Math.Min(share, 1));
        svg.Raw("\" height=\"").Whole(height).Raw("\"/>");
        foreach (var notch in (ReadOnlySpan<int>)[25, 50])
            svg.Raw("<line class=\"k\" x1=\"").Whole(notch).Raw("%\" x2=\"").Whole(notch).Raw("%\" y1=\"0\" y2=\"").Whole(height).Raw("\"/>");
        if (pace is { } even && double.IsFinite(even))
            svg.Raw("<rect class=\"p\" x=\"").Share(Math.Clamp(even, 0, 1)).Raw("\" y=\"-3\" width=\"2\" height=\"").Whole(height + 6).Raw("\"/>");
        return svg.Raw("</svg>").ToString();
    }
}
