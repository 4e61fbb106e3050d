using System.Text;
using FsCheck.Fluent;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Ingestion.Prometheus;
using Nines.Measuring.Ingestion.Scrape;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Nines.Tests.Unit.Measuring.Ingestion.Prometheus;
using Nines.Tests.Unit.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Scrape;

public sealed class TargetPageTests
{
    private const long T0 = 1_790_000_000_000;
    private static readonly SignalSource Source = SignalSource.Scrape("shop", "a:80");
    private static readonly TargetLabels Own = new([new("job", "shop"), new("instance", "a:80")]);
    private readonly RecordingSink _sink = new();
    private readonly SignalHub _hub = new();

    public TargetPageTests() => Ask(_hub, _sink);

    private static void Ask(SignalHub hub, RecordingSink sink) => hub.SetBindings(
        [new(Selector.Parse("requests_total"), 0, StreamRole.Total), new(Selector.Parse("foo_total"), 1, StreamRole.Total)], sink);

    private TargetPage Page(int limit = 1000, TargetLabels? labels = null) => new(_hub, Source, labels ?? Own, new SeriesHasher(1, 2), new TextCache(), limit);

    private void Scrape(TargetPage page, int second, string text, ExpositionFormat format = ExpositionFormat.Text, int piece = int.MaxValue)
    {
        using var batch = SampleBatch.Rent(Source, T0 + second * 1000);
        page.Begin(batch, format);
        var bytes = Encoding.UTF8.GetBytes(text);
        for (int at = 0, end = Math.Min(piece, bytes.Length); at < bytes.Length || end < bytes.Length; end = Math.Min(end + piece, bytes.Length))
        {
            at += page.Read(bytes.AsSpan(at, end - at), end == bytes.Length);
            if (end == bytes.Length) break;
        }
        page.Complete();
        _hub.Apply(batch);
    }

    [Fact]
    public void Read_SecondPage_CountsIncreases()
    {
        var page = Page();
        Scrape(page, 0, "requests_total{code=\"200\"} 10\nother 1\n");
        Scrape(page, 15, "requests_total{code=\"200\"} 12\nother 2\n");
        Assert.Equal(2, _sink.Sum(0));
        Assert.Equal("requests_total{code=\"200\",instance=\"a:80\",job=\"shop\"}", Assert.Single(_hub.MatchedSeries()).Labels.ToString());
    }

    [Fact]
    public void Read_SeriesThatNothingAsksFor_AreShownAsIfReadInFull()
    {
        // A blank before the brace is legal, and such a line is read in full.
        var (skimmed, full) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < 1500; i++)
        {
            var labels = $"{{path=\"/p/{i}\",code=\"{(i < 1400 ? 200 : 500)}\"{(i > 1000 ? ",late=\"é\"" : "")}}} {i}\n";
            skimmed.Append("other").Append(labels);
            full.Append("other ").Append(labels);
        }

        var (one, two) = (new SignalHub(), new SignalHub());
        foreach (var (hub, text) in new[] { (one, skimmed), (two, full) })
        {
            var page = new TargetPage(hub, Source, Own, new SeriesHasher(1, 2), new TextCache(), 2000);
            Ask(hub, _sink);
            ScrapeInto(hub, page, text.ToString());
            Ask(hub, _sink);
            ScrapeInto(hub, page, text.ToString());
        }

        var (there, wanted) = (Assert.Single(one.Families()), Assert.Single(two.Families()));
        Assert.Equal(1500, there.SeriesCount);
        Assert.Equivalent(wanted, there, strict: true);
        Assert.Equal(3000, one.Figures().Unmatched);
    }

    [Theory]
    [InlineData("other{a=\"1\",a=\"2\"} 1", "a label stands twice")]
    [InlineData("other{a=\"1\",a:b=\"2\"} 1", "after label a")]
    [InlineData("other{1a=\"1\"} 1", "expected a label name")]
    [InlineData("other{a=\"x\"}b 1", "expected a value")]
    [InlineData("other{a=\"x\"} x", "expected a value")]
    public void Read_WrongLineAmongManyThatNothingAsksFor_IsRefused(string line, string why)
    {
        var page = Page(2000);
        Scrape(page, 0, string.Concat(Enumerable.Range(0, 1000).Select(i => $"other{{a=\"{i}\"}} 1\n")) + line + "\n");
        Assert.Equal(1000, page.SampleCount);
        Assert.Contains(why, Assert.Single(page.Errors).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OwnLabelOnALineThatNothingAsksFor_IsShownAsExported()
    {
        var page = Page(2000);
        Scrape(page, 0, string.Concat(Enumerable.Range(0, 1000).Select(i => $"other{{a=\"{i}\"}} 1\n")) + "other{a=\"1\",job=\"inner\"} 1\n");
        Assert.Contains(_hub.Families().Single(f => f.Name == "other").Labels, l => l.Name == "exported_job" && l.Values.SequenceEqual(["inner"]));
    }

    private static void ScrapeInto(SignalHub hub, TargetPage page, string text)
    {
        using var batch = SampleBatch.Rent(Source, T0);
        page.Begin(batch, ExpositionFormat.Text);
        page.Read(Encoding.UTF8.GetBytes(text), isLast: true);
        page.Complete();
        hub.Apply(batch);
    }

    [Fact]
    public void Read_BornSeries_CountsItsFirstValue()
    {
        var page = Page();
        Scrape(page, 0, "requests_total{code=\"200\"} 10\n");
        Scrape(page, 15, "requests_total{code=\"200\"} 12\nrequests_total{code=\"500\"} 3\n");
        Assert.Equal(5, _sink.Sum(0));
    }

    [Fact]
    public void Read_RenamedSeries_IsABaseline()
    {
        var page = Page();
        Scrape(page, 0, "requests_total{code=\"200\"} 10\nrequests_total{v=\"1\"} 900\n");
        Scrape(page, 15, "requests_total{code=\"200\"} 12\nrequests_total{v=\"2\"} 901\n");
        Assert.Equal(2, _sink.Sum(0));
    }

    [Fact]
    public void Read_ReorderedPage_FindsEveryLine()
    {
        var page = Page();
        var lines = Enumerable.Range(0, 50).Select(i => $"requests_total{{code=\"{i}\"}} {{0}}\n").ToArray();
        Scrape(page, 0, string.Concat(lines).Replace("{0}", "1", StringComparison.Ordinal));
        Scrape(page, 15, string.Concat(lines.Reverse()).Replace("{0}", "2", StringComparison.Ordinal));
        Scrape(page, 30, string.Concat(lines.Skip(7).Concat(lines.Take(7))).Replace("{0}", "3", StringComparison.Ordinal));
        Assert.Equal(100, _sink.Sum(0));
        Assert.Equal(50, page.SampleCount);
    }

    [Fact]
    public void Read_AbandonedPage_ComparesTheNextWithTheLastWholeOne()
    {
        var page = Page();
        Scrape(page, 0, "requests_total{code=\"200\"} 10\nrequests_total{code=\"201\"} 10\n");
        using (var broken = SampleBatch.Rent(Source, T0 + 15_000))
        {
            page.Begin(broken, ExpositionFormat.Text);
            page.Read("requests_total{code=\"200\"} 11\n"u8, isLast: false);
            page.Abandon();
        }
        Scrape(page, 30, "requests_total{code=\"200\"} 12\nrequests_total{code=\"202\"} 900\n");
        Assert.Equal(2, _sink.Sum(0));
    }

    [Fact]
    public void Read_CreatedAfterLastRead_CountsTheFirstValue()
    {
        var page = Page();
        Scrape(page, 0, "# TYPE foo counter\nfoo_total{a=\"1\"} 5\nfoo_created{a=\"1\"} 1789990000\n# EOF\n", ExpositionFormat.OpenMetrics);
        Scrape(page, 15, $"# TYPE foo counter\nfoo_total{{a=\"2\"}} 7\nfoo_created{{a=\"2\"}} {T0 / 1000 + 5}\n# EOF\n", ExpositionFormat.OpenMetrics);
        Assert.Equal(7, _sink.Sum(1));
        Assert.True(page.HasEnd);
    }

    [Fact]
    public void Read_ExplicitTimestamp_IsUsed()
    {
        var page = Page();
        Scrape(page, 0, $"requests_total 5 {T0 - 5000}\n");
        Scrape(page, 15, $"requests_total 6 {T0 + 10_000}\n");
        Assert.Contains("add 0 Total 1 at 1790000010", _sink.Calls);
    }

    [Fact]
    public void Read_LabelsOfPageAndTarget_ThePagesAreRenamedOrHonoured()
    {
        Scrape(Page(), 0, "requests_total{job=\"mine\"} 5\n");
        Scrape(Page(labels: Own with { HonorPage = true }), 15, "requests_total{job=\"mine\"} 5\n");
        Assert.Equal(
            ["requests_total{exported_job=\"mine\",instance=\"a:80\",job=\"shop\"}", "requests_total{instance=\"a:80\",job=\"mine\"}"],
            _hub.MatchedSeries().Select(s => s.Labels.ToString()));
    }

    [Fact]
    public void Read_BadLines_AreReportedEachTimeAndTheRestCounts()
    {
        var page = Page();
        foreach (var second in new[] { 0, 15 })
        {
            Scrape(page, second, $"requests_total{{a=\"1\"}} {second}\nrequests_total{{ 3\nrequests_total{{a=\"2\"}} x\n");
            Assert.Equal(["line 2: the labels do not end", "line 3: expected a value, found 'x'"], page.Errors.Select(e => e.ToString()));
        }
        Assert.Equal(15, _sink.Sum(0));
    }

    [Fact]
    public void Read_PageThatChangesCompletely_ForgetsOldLinesAndKeepsCounting()
    {
        var page = Page(limit: 100_000);
        string Lines(string prefix, int value) => "requests_total{code=\"200\"} " + value + "\n" + string.Concat(Enumerable.Range(0, 1500).Select(i => $"{prefix}_{i} 1\n")) + $"{prefix}_1 1\n";
        for (var read = 0; read < 6; read++) Scrape(page, read * 15, Lines($"a{read}", read));
        Assert.Equal(5, _sink.Sum(0));
        Scrape(page, 90, Lines("a5", 6));
        Scrape(page, 105, Lines("a5", 8));
        Assert.Equal(8, _sink.Sum(0));
        Assert.Equal(1502, page.SampleCount);
    }

    [Fact]
    public void Read_MoreThanTheLimit_StopsThere()
    {
        var page = Page(limit: 10);
        using var batch = SampleBatch.Rent(Source, T0);
        page.Begin(batch, ExpositionFormat.Text);
        page.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(i => $"a{i} 1\n"))), isLast: true);
        Assert.True(page.IsTooLong);
        Assert.Equal(11, page.SampleCount);
    }

    [Fact]
    public void Read_OtherObjectives_ResolvesEveryLineAnew()
    {
        var page = Page();
        Scrape(page, 0, "requests_total 5\nlater_total 5\n");
        _hub.SetBindings([new(Selector.Parse("later_total"), 0, StreamRole.Total)], _sink);
        Scrape(page, 15, "requests_total 6\nlater_total 7\n");
        Scrape(page, 30, "requests_total 7\nlater_total 9\n");
        Assert.Equal(2, _sink.Sum(0));
    }

    [Fact]
    public void Read_AnyPieces_GivesTheSameAsThePlainReader() => Prop.ForAll<int>(seed =>
    {
        var random = new System.Random(seed);
        var (mine, plain) = (new RecordingSink(), new RecordingSink());
        var (one, two) = (new SignalHub(), new SignalHub());
        Ask(one, mine);
        Ask(two, plain);
        var page = new TargetPage(one, Source, Own, new SeriesHasher(1, 2), new TextCache(), 1000);
        for (var read = 0; read < 4; read++)
        {
            var series = Enumerable.Range(0, 12).Where(_ => random.Next(8) > 0).OrderBy(i => random.Next(3) * 100 + i).ToArray();
            var text = Encoding.UTF8.GetBytes("# TYPE requests_total counter\n" + string.Concat(series.Select(i => $"requests_total{{code=\"{i}\"}} {read * 10 + i}.5\nother_{i} 1\n")));
            using (var batch = SampleBatch.Rent(Source, T0 + read * 15_000))
            {
                page.Begin(batch, ExpositionFormat.Text);
                for (int at = 0, end = 0; end < text.Length;)
                {
                    end = Math.Min(text.Length, end + random.Next(1, 200));
                    at += page.Read(text.AsSpan(at, end - at), end == text.Length);
                }
                page.Complete();
                one.Apply(batch);
            }
            Slowly(two, text, T0 + read * 15_000);
        }
        return mine.Calls.Order(StringComparer.Ordinal).SequenceEqual(plain.Calls.Order(StringComparer.Ordinal));
    }).Hold();

    private readonly static Dictionary<SignalHub, HashSet<Labels>> Last = [];

    /// <summary>The reference: everything read anew, vanished series by set difference.</summary>
    private static void Slowly(SignalHub hub, byte[] text, long now)
    {
        using var batch = SampleBatch.Rent(Source, now);
        var seen = new HashSet<Labels>();
        new ExpositionReader(ExpositionFormat.Text).Read(text, s =>
        {
            var labels = s.Labels.With("job", "shop").With("instance", "a:80");
            seen.Add(labels);
            batch.Add(hub.Resolve(labels, SampleKind.Counter, Source), now, s.Value);
        });
        foreach (var gone in Last.GetValueOrDefault(hub, []).Except(seen)) batch.Add(hub.Resolve(gone, SampleKind.Counter, Source), now, StaleMarker.Value);
        Last[hub] = seen;
        batch.IsCompleteRead = true;
        hub.Apply(batch);
    }

    [Fact]
    public void Read_MutatedPages_NeverThrows() => Prop.ForAll<int>(seed =>
    {
        var random = new System.Random(seed);
        var page = Page();
        for (var read = 0; read < 3; read++)
        {
            var text = Encoding.UTF8.GetBytes(ExpositionReaderTests.TextPage + ExpositionReaderTests.OpenMetricsPage);
            for (var hits = random.Next(0, 20); hits > 0; hits--) text[random.Next(text.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : "{}\"\\,= \n#"u8[random.Next(9)];
            using var batch = SampleBatch.Rent(Source, T0 + read * 1000);
            page.Begin(batch, random.Next(2) == 0 ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text);
            var used = page.Read(text, isLast: true);
            page.Complete();
            _hub.Apply(batch);
            if (used != text.Length) return false;
        }
        return true;
    }).Hold();
}
