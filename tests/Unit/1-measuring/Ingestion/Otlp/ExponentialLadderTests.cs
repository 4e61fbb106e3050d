using Nines.Measuring.Ingestion.Otlp;
using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Otlp;

public sealed class ExponentialLadderTests
{
    private const int Delta = 1, Cumulative = 2;

    [Fact]
    public void TryDecode_ExponentialHistogramOfPlainUnit_IsExactAtPowersOfTwo()
    {
        // Scale 0: bucket i holds (2^i, 2^(i+1)]; offset 1 with 5, 3, 2 events: (2,4] (4,8] (8,16].
        var samples = Decode("", Delta, Point(0, 1, [5, 3, 2], zero: 4));

        Assert.Equal(4, samples.Last("x_bucket{le=\"2\"}"));
        Assert.Equal(9, samples.Last("x_bucket{le=\"4\"}"));
        Assert.Equal(12, samples.Last("x_bucket{le=\"8\"}"));
        Assert.Equal(14, samples.Last("x_bucket{le=\"16\"}"));
        Assert.Equal(14, samples.Last("x_bucket{le=\"1024\"}"));
        Assert.Equal(14, samples.Last("x_bucket{le=\"+Inf\"}"));
        Assert.Equal(14, samples.Last("x_count"));
    }

    [Fact]
    public void TryDecode_BoundInsideABucket_TakesItsShareOfTheLogarithm()
    {
        // All events in (0.25, 0.5]; log2(0.3) lies 0.263 of the way from -2 to -1.
        var samples = Decode("s", Delta, Point(0, -2, [1000]));

        Assert.Equal(0, samples.Last("x_seconds_bucket{le=\"0.25\"}"));
        Assert.Equal(1000 * (Math.Log2(0.3) + 2), samples.Last("x_seconds_bucket{le=\"0.3\"}"), 9);
        Assert.Equal(1000, samples.Last("x_seconds_bucket{le=\"0.5\"}"));
    }

    [Fact]
    public void TryDecode_ScaleThatWidens_NeverLowersACountWithinOneStart()
    {
        // At scale 2 all ten events lie in (0.297, 0.354]; at scale 0 only (0.25, 0.5] is known and 0.3 would fall from about 0.5 to less.
        var fine = Point(2, -7, [10], start: 1);
        var coarse = Point(0, -2, [10], start: 1);
        var first = Decode("s", Cumulative, fine).Samples;
        var both = Decode("s", Cumulative, fine, coarse).Samples;

        foreach (var group in both.GroupBy(sample => sample.Series))
        {
            var values = group.Select(sample => sample.Value).ToArray();
            Assert.True(values[1] >= values[0], $"{group.Key} fell from {values[0]} to {values[1]}");
            Assert.Equal(first.Single(sample => sample.Series == group.Key).Value, values[0]);
        }

        Assert.Equal(10, both.Last(sample => sample.Series == "x_seconds_bucket{le=\"0.4\"}").Value);
    }

    [Fact]
    public void TryDecode_CountingThatBeganAnew_MayFall()
    {
        var samples = Decode("s", Cumulative, Point(0, -2, [10], start: 1), Point(0, -2, [4], start: 2)).Samples;

        Assert.Equal([10.0, 4.0], samples.Where(sample => sample.Series == "x_seconds_bucket{le=\"0.5\"}").Select(sample => sample.Value));
    }

    [Fact]
    public void TryDecode_ScalesAtTheEdges_StayInsideTheCount()
    {
        foreach (var scale in new[] { -1000, -11, -10, 20, 21, 1000 })
        {
            var samples = Decode("s", Delta, Point(scale, int.MinValue, [3, 4]), Point(scale, int.MaxValue, [3, 4]), Point(scale, 0, [3, 4])).Samples;
            Assert.All(samples.Where(sample => sample.Kind == SampleKind.Delta && sample.Series.Contains("_bucket", StringComparison.Ordinal)), sample => Assert.InRange(sample.Value, 0, 7));
        }
    }

    [Fact]
    public void TryDecode_CountsNotPacked_GiveTheSame()
    {
        var single = new Wire().ZigZag(1, 1).Varint(2, 5).Varint(2, 300).Varint(2, 2);
        var point = new Wire().Fixed64(3, 5).Fixed64(4, 307).ZigZag(6, 0).Message(8, single);
        var samples = Decode("", Delta, point);

        Assert.Equal(305, samples.Last("x_bucket{le=\"8\"}"));
    }

    [Theory]
    [InlineData(0.005, "0.005")]
    [InlineData(1, "1")]
    [InlineData(2.5, "2.5")]
    [InlineData(1_000_000, "1000000")]
    [InlineData(0.00000025, "0.00000025")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    public void Text_Bound_IsWrittenAsPrometheusDoes(double bound, string expected) => Assert.Equal(expected, ExponentialLadder.Text(bound));

    private static Wire Point(int scale, int offset, ulong[] counts, ulong zero = 0, ulong start = 0) => new Wire()
        .Fixed64(2, start * Export.Nano).Fixed64(3, 5000 * Export.Nano).Fixed64(4, zero + counts.Aggregate(0UL, (a, b) => a + b))
        .ZigZag(6, scale).Fixed64(7, zero).Message(8, new Wire().ZigZag(1, offset).PackedVarint(2, counts));

    private static RecordingSink Decode(string unit, int temporality, params Wire[] points)
    {
        var (sink, refusals, whole) = RecordingSink.Decode(
            [.. points.Select(point => Export.Request(new Wire(), new Wire(), [Export.Metric("x", unit, 10, temporality, point)]))]);
        Assert.True(whole);
        Assert.Equal("", refusals.ToString());
        return sink;
    }
}
