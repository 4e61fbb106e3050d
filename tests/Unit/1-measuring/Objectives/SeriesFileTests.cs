using System.Text;
using Nines.Measuring.Ingestion.Prometheus;
using Nines.Measuring.Objectives;
using Nines.Measuring.Objectives.Cli;
using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

public sealed class SeriesFileTests
{
    [Fact]
    public void Read_SeriesLineAfterLine_GivesEverySample()
    {
        var (samples, file) = Read("# TYPE a counter\na_total{x=\"1\"} 1 60\na_total{x=\"1\"} 2 120\na_total{x=\"2\"} 5 60.5\n# EOF\n");
        Assert.Equal([(1.0, 60_000L), (2.0, 120_000L), (5.0, 60_500L)], samples.Select(s => (s.Value, s.UnixMs)));
        Assert.All(samples, s => Assert.Equal(SampleKind.Counter, s.Kind));
        Assert.Equal("2", samples[2].Labels["x"]);
        Assert.Empty(file.Problems);
    }

    [Fact]
    public void Read_LinesThatCannotBeRead_AreNamedAndTheRestCounts()
    {
        var (samples, file) = Read("a 1\na{ 1 60\na x 60\na 3 60\n");
        Assert.Equal(3, Assert.Single(samples).Value);
        Assert.Equal(3, file.Unreadable);
        Assert.Equal("h.om:1:1: This line was left out: the sample has no timestamp.", file.Problems[0].ToString());
        Assert.Equal("h.om:2:1: This line was left out: the labels do not end.", file.Problems[1].ToString());
    }

    [Fact]
    public void Read_RandomBytes_NeverThrows()
    {
        const string Bytes = "a{}=\"\\ \n#1.eE+-_,TYPEcount\u00ff";
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(400)];
            for (var j = 0; j < bytes.Length; j++) bytes[j] = (byte)Bytes[random.Next(Bytes.Length)];
            new SeriesFile("h.om", ExpositionFormat.OpenMetrics).Read(new MemoryStream(bytes), _ => { });
        }
    }

    private static (List<RecordedSample> Samples, SeriesFile File) Read(string text)
    {
        var file = new SeriesFile("h.om", ExpositionFormat.OpenMetrics);
        var samples = new List<RecordedSample>();
        file.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), samples.Add);
        return (samples, file);
    }
}
