using Nines.Catalog.Manifests;
using Nines.Measuring.Ingestion.Access;
using Nines.Measuring.Ingestion.Scrape;
using NodaTime;

namespace Nines.Measuring.Ingestion.Manifests;

/// <summary><c>nines/v1 ScrapeTarget</c>: metrics pages that Nines reads itself.</summary>
internal sealed class ScrapeTargetKind : ManifestKind<ScrapeTarget>
{
    private static readonly Duration Longest = Duration.FromHours(1);

    public override string ApiVersion => "nines/v1";

    public override string Kind => "ScrapeTarget";

    public override string Summary => "Metrics pages (Prometheus text or OpenMetrics) that Nines reads at an interval.";

    public override string Example => """
        apiVersion: nines/v1
        kind: ScrapeTarget
        metadata: { name: checkout }
        spec:
          targets: ["10.0.0.7:9100", "http://10.0.0.8:8080/internal/metrics"]
          interval: 15s
          timeout: 10s
          labels: { service: checkout, env: production }

        """;

    protected override ScrapeTarget Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec", "Write spec: { url: http://host:port/metrics }.");
        var interval = Between(spec.Optional("interval"), Duration.FromSeconds(1), Longest, "1s to 1h") ?? ScrapeTarget.DefaultInterval;
        var timeoutField = spec.Optional("timeout");
        var timeout = timeoutField.Duration() ?? Duration.Min(ScrapeTarget.DefaultTimeout, interval);
        if (timeout > interval) timeoutField.Wrong("The timeout is longer than the interval.", "Write one that is at most the interval.");
        var job = spec.Optional("job").Text();
        var pages = ReadPages(spec);
        return new(
            metadata.Name, job.Length > 0 ? job : metadata.Name, pages, interval, timeout, ReadLabels(spec.Optional("labels")),
            spec.Optional("honorLabels").Flag() ?? false,
            (int)(spec.Optional("sampleLimit").Integer(1, 10_000_000) ?? ScrapeTarget.DefaultSampleLimit),
            spec.Optional("bodyLimit").Integer(1024, 1L << 32) ?? ScrapeTarget.DefaultBodyLimit,
            AccessReading.Of(spec, pages));
    }

    private static Duration? Between(Field field, Duration least, Duration most, string range)
    {
        if (field.Duration() is not { } duration) return null;
        if (duration >= least && duration <= most) return duration;
        field.Wrong($"{field.Text()} is out of range.", $"Write a duration from {range}.");
        return null;
    }

    private static List<Uri> ReadPages(Field spec)
    {
        var (one, many) = (spec.Optional("url"), spec.Optional("targets"));
        if (one.Given && many.Given) many.Wrong("Here stand both url and targets.", "Keep one of them.");
        if (!one.Given && !many.Given) spec.Wrong("It names no page.", "Write url: http://host:port/metrics, or targets: [\"host:port\"].");
        var pages = new List<Uri>();
        if (one.Given && ReadPage(one) is { } page) pages.Add(page);
        foreach (var field in many.Items())
            if (ReadPage(field) is { } next)
            {
                if (pages.Contains(next)) field.Wrong($"The page {next} stands here twice.", "Remove one.");
                else pages.Add(next);
            }
        return pages;
    }

    private static Uri? ReadPage(Field field)
    {
        var text = field.Text();
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}/metrics";
        if (Uri.TryCreate(whole, UriKind.Absolute, out var page) && page.Scheme is "http" or "https" && page.Host.Length > 0 && page.UserInfo.Length == 0) return page;
        field.Wrong($"\"{text}\" is not the address of a page.", "Write host:port, or a whole URL such as http://host:port/metrics, without user and password; those go to basic: or token:.");
        return null;
    }

    private static IReadOnlyDictionary<string, string> ReadLabels(Field field)
    {
        var labels = field.TextMap();
        foreach (var name in labels.Keys)
        {
            if (name is "job" or "instance" or "__name__")
                field.Below(name).Wrong($"The label {name} is set by Nines.", name == "job" ? "Write spec.job instead." : "Remove it.");
            else if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                field.Below(name).Wrong($"\"{name}\" is not a label name.", "Write letters, digits and underscores, not beginning with a digit.");
        }
        return labels;
    }
}
