using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FsCheck.Fluent;
using Nines.Shell.Charts;
using Xunit;

namespace Nines.Tests.Unit.Ground.Shell.Charts;

public sealed partial class TimeChartSvgTests
{
    private const long Minute = 60_000;
    private static readonly long Start = new DateTimeOffset(2026, 11, 19, 8, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Fact]
    public void Draw_ThreeValues_GivesOneNamedPathWithTheScalesBesideIt()
    {
        var svg = TimeChartSvg.Draw(Chart([10, 0, 5]));

        Assert.Contains("<path class=\"ln\" data-name=\"errors\" data-unit=\"/s\" d=\"M0,0 500,150 1000,75 1000.5,75\"/>", svg, StringComparison.Ordinal);
        Assert.Contains($"data-from=\"{Start}\" data-to=\"{Start + (2 * Minute)}\" data-low=\"0\" data-high=\"10\" data-top=\"8\" data-height=\"150\"", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_PointsOnAStraightLine_KeepsItsEndsOnly()
    {
        var svg = TimeChartSvg.Draw(Chart([0, 2.5, 5, 7.5, 10]));

        Assert.Contains("d=\"M0,150 1000,0 1000.5,0\"", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_Hole_BreaksTheLineAndHatchesTheHole()
    {
        var svg = TimeChartSvg.Draw(Chart([1, 1, double.NaN, double.NaN, 2]));

        Assert.Equal(2, Paths(svg, "ln").Count);
        Assert.Contains("<rect class=\"gap\" x=\"50%\" width=\"50%\" y=\"8\" height=\"150\"/>", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_NoValueAtAll_HatchesEverythingAndDrawsNoLine()
    {
        var svg = TimeChartSvg.Draw(Chart([double.NaN, double.NaN, double.NaN]));

        Assert.Empty(Paths(svg, "ln"));
        Assert.Contains("<rect class=\"gap\" x=\"0%\" width=\"100%\"", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_PartialMinutes_AreADottedPathThatStartsWhereTheLineEnds()
    {
        var chart = Chart([1, 8, 2, 9]);
        chart = chart with { Series = [chart.Series[0] with { PartialFromMs = Start + Minute }] };

        var svg = TimeChartSvg.Draw(chart);

        var line = Assert.Single(Paths(svg, "ln"));
        var dotted = Assert.Single(Paths(svg, "pr"));
        Assert.Equal(line.Split(' ')[1], dotted.Split(' ')[0]);
    }

    [Fact]
    public void Draw_NamesFromOutside_AreEscaped()
    {
        var chart = Chart([1, 2]) with { Sentence = "\"<script>\"", Marks = [new(Start, MarkKind.Deploy, "a & b <c>")] };

        var svg = TimeChartSvg.Draw(chart);

        Assert.Contains("aria-label=\"&quot;&lt;script&gt;&quot;\"", svg, StringComparison.Ordinal);
        Assert.Contains("<title>a &amp; b &lt;c&gt;</title>", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_MarksOutsideTheSpan_AreLeftOut()
    {
        var chart = Chart([1, 2]) with { Marks = [new(Start - Minute, MarkKind.Incident, "before"), new(Start + Minute, MarkKind.Incident, "inside")] };

        var svg = TimeChartSvg.Draw(chart);

        Assert.DoesNotContain("before", svg, StringComparison.Ordinal);
        Assert.Contains("inside", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_LogScale_PutsEachDecadeAtTheSameDistance()
    {
        var chart = Chart([0.1, 1, 10, 100]) with { Value = new ValueScale(0.1, 100, Log: true) };

        var svg = TimeChartSvg.Draw(chart);

        Assert.Contains("d=\"M0,150 1000,0 1000.5,0\"", svg, StringComparison.Ordinal);
        Assert.Contains(" data-log", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_AnyValues_GivesWellFormedMarkupWithFiniteNumbersInsideThePlot()
    {
        var values = Gen.OneOf(Gen.Choose(-100, 1_000_000).Select(i => i / 7.0), Gen.Constant(double.NaN), Gen.Constant(double.PositiveInfinity), Gen.Constant(0.0));
        Prop.ForAll(Arb.From(Gen.ArrayOf(values)), array =>
        {
            var svg = TimeChartSvg.Draw(Chart(array));
            _ = XDocument.Parse(svg.Replace(" data-zoom>", " data-zoom=\"\">", StringComparison.Ordinal));
            Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
            Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
            foreach (var path in Paths(svg, "ln"))
                foreach (var point in path.Split(' '))
                {
                    var y = double.Parse(point.Split(',')[1], CultureInfo.InvariantCulture);
                    Assert.InRange(y, 0, 150);
                }
        }).Hold();
    }

    [Fact]
    public void Draw_ThirtyDaysOfMinutesWithOneSpike_KeepsTheSpikeAndStaysSmall()
    {
        var values = new double[43_200];
        var random = new Random(7);
        for (var i = 0; i < values.Length; i++) values[i] = 1 + random.NextDouble();
        values[12_345] = 100;
        var chart = Chart(values) with { Value = new ValueScale(0, 100) };

        var svg = TimeChartSvg.Draw(chart);

        Assert.Contains(",0 ", Assert.Single(Paths(svg, "ln")), StringComparison.Ordinal);
        Assert.InRange(svg.Length, 1_000, 60_000);
    }

    private static TimeChart Chart(double[] values) => new()
    {
        Title = "Errors",
        Sentence = "Errors over time.",
        Time = new(Start, Start + (Math.Max(values.Length - 1, 1) * Minute)),
        Value = new(0, 10),
        Series = [new("errors", "/s", Start, Minute, values)],
    };

    private static List<string> Paths(string svg, string kind) =>
        [.. Path().Matches(svg).Where(m => m.Groups["class"].Value == kind && m.Groups["name"].Success | kind == "pr").Select(m => m.Groups["d"].Value)];

    [GeneratedRegex("<path class=\"(?<class>[^\"]*)\"(?<name> data-name=\"[^\"]*\" data-unit=\"[^\"]*\")? d=\"M(?<d>[^\"]*)\"/>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Path();
}
