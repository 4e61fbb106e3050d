namespace Nines.Shell.Charts;

/// <summary>The burn of a pair of windows on a log scale from 0.1× to 100×: long above, short below, a mark at the limit.</summary>
public static class BurnBarSvg
{
    private static readonly ValueScale Scale = new(0.1, 100, Log: true);

    public static string Draw(double? longBurn, double? shortBurn, double limit, bool firing)
    {
        var svg = new SvgText().Raw("<svg class=\"bar logbar\" width=\"100%\" height=\"18\" aria-hidden=\"true\"><rect class=\"t0\" y=\"3\" width=\"100%\" height=\"12\"/>");
        if (longBurn is { } over && double.IsFinite(over))
            svg.Raw("<rect class=\"").Raw(firing ? "critf" : "brandf").Raw("\" y=\"3\" width=\"").Share(Scale.Up(over)).Raw("\" height=\"7\"/>");
        if (shortBurn is { } now && double.IsFinite(now))
            svg.Raw("<rect class=\"inkf\" y=\"12\" width=\"").Share(Scale.Up(now)).Raw("\" height=\"3\"/>");
        return svg.Raw("<rect class=\"p\" x=\"").Share(Scale.Up(limit)).Raw("\" width=\"2\" height=\"18\"/></svg>").ToString();
    }
}
