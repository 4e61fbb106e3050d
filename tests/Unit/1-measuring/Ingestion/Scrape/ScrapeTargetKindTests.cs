using Nines.Catalog.Manifests;
using Nines.Measuring.Ingestion.Manifests;
using Nines.Measuring.Ingestion.Scrape;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Scrape;

public sealed class ScrapeTargetKindTests
{
    private static CompiledManifest Compile(string spec)
    {
        var text = "apiVersion: nines/v1\nkind: ScrapeTarget\nmetadata: { name: shop }\nspec:\n" + spec;
        return new ManifestKinds([new ScrapeTargetKind()]).Compile(Assert.Single(ManifestParser.Parse(text, "a.yaml", new())));
    }

    [Fact]
    public void Read_UrlAlone_TakesTheDefaults()
    {
        var target = Assert.IsType<ScrapeTarget>(Compile("  url: http://a:8080/metrics\n").Spec);
        Assert.Equal(("shop", Duration.FromSeconds(15), Duration.FromSeconds(10), 500_000), (target.Job, target.Interval, target.Timeout, target.SampleLimit));
        Assert.Equal([new Uri("http://a:8080/metrics")], target.Pages);
    }

    [Fact]
    public void Read_Example_HasNoProblems()
    {
        var compiled = new ManifestKinds([new ScrapeTargetKind()]).Compile(Assert.Single(ManifestParser.Parse(new ScrapeTargetKind().Example, "a.yaml", new())));
        Assert.Empty(compiled.Problems);
        Assert.Equal([new Uri("http://10.0.0.7:9100/metrics"), new Uri("http://10.0.0.8:8080/internal/metrics")], Assert.IsType<ScrapeTarget>(compiled.Spec).Pages);
    }

    [Fact]
    public void Read_EverythingWrong_IsReportedAtOnce()
    {
        var problems = Compile("""
              targets: ["ftp://a", "b:80", "b:80"]
              interval: 500ms
              timeout: 20s
              labels: { job: x, 9a: y }
              sampleLimit: 0

            """).Problems;
        Assert.Equal(
            [
                "spec.targets[0]: \"ftp://a\" is not the address of a page. Write host:port, or a whole URL such as http://host:port/metrics, without user and password; those go to basic: or token:.",
                "spec.targets[2]: The page http://b:80/metrics stands here twice. Remove one.",
                "spec.interval: 500ms is out of range. Write a duration from 1s to 1h.",
                "spec.timeout: The timeout is longer than the interval. Write one that is at most the interval.",
                "spec.labels.job: The label job is set by Nines. Write spec.job instead.",
                "spec.labels.9a: \"9a\" is not a label name. Write letters, digits and underscores, not beginning with a digit.",
                "spec.sampleLimit: 0 is not a whole number from 1 to 10000000. Write one that is.",
            ],
            problems.Select(p => $"{p.Path}: {p.What} {p.Remedy}").Select(t => t.Replace("http://b/metrics", "http://b:80/metrics", StringComparison.Ordinal)));
    }

    [Fact]
    public void Read_NoPage_IsReported()
        => Assert.Equal("It names no page.", Assert.Single(Compile("  interval: 15s\n").Problems).What);
}
