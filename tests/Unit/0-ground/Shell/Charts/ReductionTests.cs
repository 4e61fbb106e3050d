using FsCheck.Fluent;
using Nines.Shell.Charts;
using Xunit;

namespace Nines.Tests.Unit.Ground.Shell.Charts;

public sealed class ReductionTests
{
    [Fact]
    public void Runs_AnyLongSeries_KeepsTheExtremesOfEachColumn()
    {
        Prop.ForAll(Arb.From(Gen.Choose(0, 1000).Select(i => (double)i).ArrayOf(5000)), values =>
        {
            var series = new Series("x", "", 0, 1, values);
            var runs = Reduction.Runs(series, new(0, 4999), new(0, 1000), 1000);
            var run = Assert.Single(runs);
            Assert.Equal(1000 - values.Max(), run.Points.Min(p => p.Y), 6);
            Assert.Equal(1000 - values.Min(), run.Points.Max(p => p.Y), 6);
            Assert.Equal(1000 - values[^1], run.Points[^1].Y, 6);
        }).Hold();
    }

    [Fact]
    public void Runs_AnySeries_LiesWithinAFifthOfAPixelOfEveryValue()
    {
        Prop.ForAll(Arb.From(Gen.Choose(0, 100).Select(i => (double)i).ArrayOf(200)), values =>
        {
            var series = new Series("x", "", 0, 1, values);
            var points = Assert.Single(Reduction.Runs(series, new(0, 199), new(0, 100), 100)).Points;
            for (var i = 0; i < values.Length; i++)
            {
                var x = i / 199.0 * Reduction.Columns;
                Assert.True(Distance(points, x, 100 - values[i]) < 0.201, $"value {i} is lost");
            }
        }).Hold();
    }

    [Fact]
    public void Gaps_TwoHoles_AreNamedByTheirEnds()
    {
        var series = new Series("x", "", 0, 10, new[] { 1, double.NaN, double.NaN, 1, double.NaN });

        Assert.Equal([(10, 30), (40, 50)], Reduction.Gaps(series, new(0, 60)));
    }

    [Fact]
    public void Gaps_HoleFromBeforeTheEdge_BeginsAtTheEdge() =>
        Assert.Equal([(5, 20)], Reduction.Gaps(new Series("x", "", 0, 10, new[] { double.NaN, double.NaN, 1 }), new(5, 60)));

    private static double Distance(List<(double X, double Y)> points, double x, double y)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var (a, b) = (points[i - 1], points[i]);
            if (x < a.X - 1e-9 || x > b.X + 1e-9) continue;
            var on = b.X - a.X < 1e-9 ? Math.Clamp(y, Math.Min(a.Y, b.Y), Math.Max(a.Y, b.Y)) : a.Y + ((b.Y - a.Y) * (x - a.X) / (b.X - a.X));
            if (Math.Abs(on - y) < 0.201) return Math.Abs(on - y);
        }
        return points.Min(p => Math.Abs(p.X - x) < 1 ? Math.Abs(p.Y - y) : double.MaxValue);
    }
}
