using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary><c>openslo/v1 SLI</c>.</summary>
internal sealed class SliKind : ManifestKind<IndicatorDefinition>
{
    public override string ApiVersion => OpenSloFields.Version;

    public override string Kind => "SLI";

    public override string Summary => "What is measured, for one SLO or several.";

    public override string Example => """
        apiVersion: openslo/v1
        kind: SLI
        metadata:
          name: checkout-latency
          displayName: Checkout answers within half a second
        spec:
          description: Requests answered within 0.5 s, of all requests.
          ratioMetric:
            counter: true
            good:
              metricSource:
                type: nines
                spec: { selector: 'http_request_duration_seconds_bucket{service="checkout",le="0.5"}' }
            total:
              metricSource:
                type: nines
                spec: { selector: 'http_request_duration_seconds_count{service="checkout"}' }

        """;

    protected override IndicatorDefinition? Read(Field document, ManifestMetadata metadata) => SliReading.Read(document.Require("spec"), metadata.Name);

    protected override void Check(IndicatorDefinition spec, CompiledManifest manifest, ManifestSet all, ProblemList problems) =>
        IndicatorCompiler.Check(spec, manifest, all, problems);
}
