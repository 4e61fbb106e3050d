using Nines.Catalog.Manifests;
using Nines.Measuring.Ingestion.Scrape;
using Nines.Tests.Unit.Measuring.Manifests;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Scrape;

public sealed class ScrapeConfigsTests
{
    private const string Config = """
        global: { scrape_interval: 30s, evaluation_interval: 15s }
        rule_files: [rules.yml]
        scrape_configs:
          - job_name: Shop API
            metrics_path: /internal/metrics
            scheme: https
            scrape_timeout: 5s
            honor_labels: true
            basic_auth: { username: nines, password_file: /etc/shop.password }
            tls_config: { ca_file: /etc/ca.pem, insecure_skip_verify: false }
            static_configs:
              - targets: ["a:8443", "b:8443"]
                labels: { env: "it's" }
              - targets: ["c:8443"]
            metric_relabel_configs: [{ action: drop }]
          - job_name: pods
            kubernetes_sd_configs: [{ role: pod }]
          - job_name: plain
            scrape_interval: 1m
            authorization: { credentials: sesame }
            static_configs: [{ targets: ["d:80"] }]
        """;

    [Fact]
    public void Read_PrometheusYml_BecomesManifestsThatApply()
    {
        var (manifests, _) = Read(Config);

        var set = ManifestReading.Read(string.Join("---\n", manifests));

        Assert.Empty(set.Problems);
        var targets = set.Of<ScrapeTarget>().OrderBy(target => target.Name, StringComparer.Ordinal).ToArray();
        Assert.Equal(["plain", "shop-api-1", "shop-api-2"], targets.Select(target => target.Name));
        Assert.Equal(("Shop API", Duration.FromSeconds(30), Duration.FromSeconds(5), true), (targets[1].Job, targets[1].Interval, targets[1].Timeout, targets[1].HonorLabels));
        Assert.Equal(["https://a:8443/internal/metrics", "https://b:8443/internal/metrics"], targets[1].Pages.Select(page => page.ToString()));
        Assert.Equal("it's", targets[1].Labels["env"]);
        Assert.Equal(("nines", "file:/etc/shop.password", "/etc/ca.pem"), (targets[1].Access.Basic!.User, targets[1].Access.Basic!.Password.ToString(), targets[1].Access.Tls!.CaFile));
        Assert.Equal((Duration.FromMinutes(1), "http://d:80/metrics", null), (targets[0].Interval, targets[0].Pages[0].ToString().Replace("d/", "d:80/", StringComparison.Ordinal), targets[0].Access.Token));
    }

    [Fact]
    public void Read_WhatIsNotTaken_IsSaidWithItsLine()
    {
        var (_, findings) = Read(Config);

        Assert.Equal(
            [
                (15, "metric_relabel_configs is not taken."), (16, "The job pods has no static targets: it becomes no manifest."),
                (17, "kubernetes_sd_configs is not taken."), (20, "This secret is not taken: it stands here in plain."),
            ],
            findings.Select(finding => (finding.Place!.Value.Line, finding.What)));
        Assert.DoesNotContain(findings, finding => finding.IsError || finding.ToString().Contains("sesame", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_AnotherFile_SaysSo()
    {
        var (manifests, problems) = Read("groups: []\n");

        Assert.Empty(manifests);
        Assert.Equal("There are no scrape_configs here. Name the prometheus.yml itself.", $"{Assert.Single(problems).What} {problems[0].Remedy}");
    }

    private static (IReadOnlyList<string> Manifests, IReadOnlyList<Nines.Kernel.Problem> Problems) Read(string text)
    {
        var problems = new ProblemList();
        return (ScrapeConfigs.Read(Assert.Single(ManifestParser.Parse(text, "prometheus.yml", problems)), problems), problems.Problems);
    }
}
