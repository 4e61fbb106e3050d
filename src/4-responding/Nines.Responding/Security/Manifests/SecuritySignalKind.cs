using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Measuring.Signals;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Security.Manifests;

/// <summary><c>nines/v1 SecuritySignal</c>: so many events within a time open a case.</summary>
internal sealed class SecuritySignalKind : ManifestKind<SecuritySignal>
{
    private static readonly string[] Categories = [.. Enum.GetValues<SignalCategory>().Select(SecurityWords.Word)];
    private static readonly string[] Kinds = [.. Enum.GetValues<CaseKind>().Select(SecurityWords.Word)];
    private static readonly string[] Facts = [.. Enum.GetValues<OwnFact>().Select(SecurityWords.Word)];

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "SecuritySignal";

    /// <inheritdoc />
    public override string Summary => "A rule that opens a security case: so many events within a time, in a metric, in a data source, or at Nines' own doors.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: SecuritySignal
        metadata: { name: shop-failed-logins }
        spec:
          category: failed-logins
          opens: credential-stuffing
          severity: sev2
          service: shop
          metric: 'http_requests_total{service="shop",path="/login",code="401"}'
          atLeast: 100
          within: 5m

        """;

    /// <inheritdoc />
    protected override SecuritySignal? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var category = SecurityWords.Read<SignalCategory>(spec.Require("category", $"Write one of {string.Join(", ", Categories)}.").Choice(Categories) ?? "");
        var opens = SecurityWords.Read<CaseKind>(spec.Optional("opens").Choice(Kinds) ?? "other") ?? CaseKind.Other;
        var severity = SeverityText.Parse(spec.Optional("severity").Choice("sev1", "sev2", "sev3", "sev4") ?? "sev2") ?? IncidentSeverity.Sev2;
        var service = spec.Optional("service").Text();
        var metric = Metric(spec.Optional("metric"));
        var promql = spec.Optional("promql").Text();
        var source = spec.Optional("source").Text();
        var own = spec.Optional("nines").Choice(Facts) is { } fact ? SecurityWords.Read<OwnFact>(fact) : null;
        var atLeast = spec.Require("atLeast", "Write how many open a case.");
        var least = atLeast.Number();
        if (least is <= 0) atLeast.Wrong("It would always hold.", "Write a number above 0.");
        var within = Within(spec.Optional("within"));
        var sources = (metric.Length > 0 ? 1 : 0) + (promql.Length > 0 ? 1 : 0) + (own is not null ? 1 : 0);
        if (sources != 1) spec.Wrong(sources == 0 ? "It counts nothing." : "It counts in several places.", "Write one of metric, promql, nines.");
        return category is null || least is null or <= 0 || sources != 1 ? null : new SecuritySignal
        {
            Name = metadata.Name,
            Category = category.Value,
            Opens = opens,
            Severity = severity,
            Service = service,
            Metric = metric,
            Promql = promql,
            Source = source,
            Own = own,
            AtLeast = least.Value,
            Within = within,
        };
    }

    /// <inheritdoc />
    protected override void Check(SecuritySignal spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (!SecurityPolicies.Of(all).Given) manifest.Notes(problems, "It opens no case: nobody says who is to read it.", "Write a SecurityPolicy.", "kind");
        if (spec.Service.Length > 0 && all.Find<Service>(spec.Service) is null)
            manifest.Notes(problems, $"There is no service \"{spec.Service}\" in the catalog.", all.DidYouMean<Service>(spec.Service) + "Write a Service of that name.", "spec.service");
    }

    private static string Metric(Field field)
    {
        var text = field.Text();
        if (text.Length == 0 || Selector.TryParse(text, out _, out var error)) return text;
        field.Wrong($"\"{text}\" is not a selector: {error}.", "Write one such as http_requests_total{code=\"401\"}.");
        return "";
    }

    private static Duration Within(Field field)
    {
        var within = field.Duration() ?? Duration.FromMinutes(5);
        if (within.TotalMinutes == Math.Floor(within.TotalMinutes) && within >= Duration.FromMinutes(1) && within <= Duration.FromMinutes(60)) return within;
        field.Wrong("It counts within whole minutes, from 1m to 60m.", "Write one such as 5m.");
        return Duration.FromMinutes(5);
    }
}
