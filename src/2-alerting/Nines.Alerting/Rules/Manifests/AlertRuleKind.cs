using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Measuring.Signals;
using NodaTime;

namespace Nines.Alerting.Rules.Manifests;

/// <summary><c>nines/v1 AlertRule</c>: a golden-signal rule.</summary>
internal sealed class AlertRuleKind : ManifestKind<AlertRule>
{
    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "AlertRule";

    /// <inheritdoc />
    public override string Summary => "A golden-signal rule: latency or traffic against its own baseline, or saturation against a level.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: AlertRule
        metadata: { name: checkout-latency }
        spec:
          service: checkout
          signal: latency
          metric: 'http_request_duration_seconds{service="checkout"}'
          severity: ticket
          runbook: https://runbooks.example.com/checkout-latency
          impact: Buyers wait at the till.

        """;

    /// <inheritdoc />
    protected override AlertRule? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var service = spec.Require("service", "Write the service that the rule watches.").Text();
        var signal = spec.Require("signal", "Write one of latency, traffic, saturation.").Choice("latency", "traffic", "saturation");
        var metric = ReadMetric(spec.Require("metric", "Write a selector such as http_requests_total{service=\"checkout\"}."));
        var severity = spec.Optional("severity").Choice("page", "ticket", "log") ?? "ticket";
        var lasting = ReadFor(spec.Optional("for"), signal);
        var runbook = ReadRunbook(spec.Optional("runbook"));
        var impact = spec.Optional("impact").Text();
        var rule = new AlertRule
        {
            Name = metadata.Name,
            Service = service,
            Signal = signal switch { "latency" => GoldenSignal.Latency, "traffic" => GoldenSignal.Traffic, _ => GoldenSignal.Saturation },
            Metric = metric,
            Severity = severity switch { "page" => AlertSeverity.Page, "ticket" => AlertSeverity.Ticket, _ => AlertSeverity.Log },
            For = lasting,
            Quantile = Share(spec.Optional("quantile"), 0.99),
            Factor = Above(spec.Optional("factor"), 2, 1),
            Drop = Share(spec.Optional("drop"), 0.3),
            Spike = Above(spec.Optional("spike"), 0.5, 0),
            Above = Share(spec.Optional("above"), 0.8),
            Buckets = ReadBuckets(spec.Optional("buckets")),
            Runbook = runbook,
            Impact = impact,
        };
        return signal is null || metric.Length == 0 || service.Length == 0 ? null : rule;
    }

    /// <inheritdoc />
    protected override void Check(AlertRule spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (all.Find<Service>(spec.Service) is null)
            manifest.Notes(problems, $"There is no service \"{spec.Service}\" in the catalog, so nobody owns this rule.", all.DidYouMean<Service>(spec.Service) + "Write a Service of that name.", "spec.service");
    }

    private static string ReadMetric(Field field)
    {
        var text = field.Text();
        if (text.Length == 0 || Selector.TryParse(text, out _, out var error)) return text;
        field.Wrong($"\"{text}\" is not a selector: {error}.", "Write one such as http_requests_total{service=\"checkout\"}.");
        return "";
    }

    private static Duration ReadFor(Field field, string? signal)
    {
        // The conditions that ship: p99 for 5 min, traffic over 5 min, saturation for 10 min.
        var lasting = field.Duration() ?? Duration.FromMinutes(signal == "saturation" ? 10 : 5);
        if (lasting.TotalMinutes == Math.Floor(lasting.TotalMinutes) && lasting >= Duration.FromMinutes(1) && lasting <= Duration.FromMinutes(RuleMinutes.Kept)) return lasting;
        field.Wrong($"A rule holds for whole minutes, from 1m to {RuleMinutes.Kept}m.", "Write one such as 5m.");
        return Duration.FromMinutes(5);
    }

    private static double Share(Field field, double otherwise)
    {
        if (field.Number() is not { } number) return otherwise;
        if (number is > 0 and < 1) return number;
        field.Wrong("This must be a share above 0 and below 1.", $"Write one such as {otherwise}.");
        return otherwise;
    }

    private static double Above(Field field, double otherwise, double least)
    {
        if (field.Number() is not { } number) return otherwise;
        if (number > least) return number;
        field.Wrong($"This must be above {least}.", $"Write one such as {otherwise}.");
        return otherwise;
    }

    private static IReadOnlyList<double> ReadBuckets(Field field)
    {
        if (!field.Given) return AlertRule.DefaultBuckets;
        double[] bounds = [.. field.Items().Select(i => i.Number()).OfType<double>()];
        if (bounds.Length is > 0 and <= 100 && bounds.Zip(bounds.Skip(1)).All(p => p.First < p.Second)) return bounds;
        field.Wrong("Buckets are 1 to 100 bounds that rise.", "Write the histogram's own le values, such as [0.1, 0.5, 1].");
        return AlertRule.DefaultBuckets;
    }

    private static Uri? ReadRunbook(Field field)
    {
        if (!field.Given) return null;
        if (Uri.TryCreate(field.Text(), UriKind.Absolute, out var url) && (url.Scheme is "http" or "https")) return url;
        field.Wrong($"\"{field.Text()}\" is not an address.", "Write a whole URL that begins with https://.");
        return null;
    }
}
