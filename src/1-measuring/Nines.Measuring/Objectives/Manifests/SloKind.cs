using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary><c>openslo/v1 SLO</c>.</summary>
internal sealed class SloKind : ManifestKind<SloDefinition>
{
    public override string ApiVersion => OpenSloFields.Version;

    public override string Kind => "SLO";

    public override string Summary => "A target over a window of an indicator; without alertPolicies the shipped burn policy applies.";

    public override string Example => """
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: checkout-availability
          displayName: Checkout works
        spec:
          description: 99.9 % of orders go through.
          service: checkout
          indicator:
            metadata: { name: checkout-requests }
            spec:
              ratioMetric:
                counter: true
                good:
                  metricSource: { type: nines, spec: { selector: 'http_requests_total{service="checkout",code!~"5.."}' } }
                total:
                  metricSource: { type: nines, spec: { selector: 'http_requests_total{service="checkout"}' } }
          timeWindow: [{ duration: 28d, isRolling: true }]
          budgetingMethod: Occurrences
          objectives: [{ target: 0.999 }]

        """;

    protected override SloDefinition? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var service = spec.Require("service", "Write service: with the service whose users feel it.");
        var (indicator, reference) = (spec.Optional("indicator"), spec.Optional("indicatorRef"));
        var method = SloReading.Method(spec.Optional("budgetingMethod"));
        var window = SloReading.Window(spec.Optional("timeWindow"));
        var objectives = SloReading.Objectives(spec.Require("objectives", "Write objectives: [{ target: 0.999 }]."), method);
        var (inline, named) = SloReading.Indicator(indicator, reference);
        var definition = new SloDefinition(metadata.Name, metadata.DisplayName, OpenSloFields.Description(spec), service.Text())
        {
            Indicator = inline,
            IndicatorRef = named,
            Window = window,
            Method = method,
            Objectives = objectives,
            Policies = SloReading.Policies(spec.Optional("alertPolicies")),
            Extras = SloReading.Extras(document.Optional("metadata.annotations")),
        };
        SloReading.CheckIndicators(definition, spec, indicator, reference);
        return objectives.Count == 0 ? null : definition;
    }

    protected override void Check(SloDefinition spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (spec.Service.Length > 0 && !all.Has("nines/v1", "Service", spec.Service) && !all.Has(ApiVersion, "Service", spec.Service))
            manifest.Notes(problems, $"There is no service \"{spec.Service}\".", $"{all.DidYouMean<Service>(spec.Service)}Write a Service of that name; until then nobody is called for this objective.", "spec.service");
        CheckIndicator(spec.Indicator, spec.IndicatorRef, "spec", manifest, all, problems);
        foreach (var objective in spec.Objectives)
            CheckIndicator(objective.Indicator, objective.IndicatorRef, $"spec.objectives[{objective.Index}]", manifest, all, problems);
        for (var i = 0; i < spec.Policies.Count; i++) PolicyCompiler.CheckUse(spec.Policies[i], $"spec.alertPolicies[{i}]", manifest, all, problems);
        CheckLimits(spec, manifest, all, problems);
        if (manifest.Spec is null) return;
        ObjectiveCompiler.CheckSlo(spec, manifest, all, problems);
    }

    /// <summary>How long a total outage takes to page (semantics.md 4).</summary>
    public override IReadOnlyList<string> Says(CompiledManifest manifest, ManifestSet all) => ObjectiveCompiler.Outages((SloDefinition)manifest.Spec!, all);

    /// <summary>An SLI that stands elsewhere shows only here that its samples need a limit.</summary>
    private static void CheckLimits(SloDefinition slo, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        foreach (var objective in slo.Objectives)
            if (objective.Indicator is null && (objective.IndicatorRef ?? slo.IndicatorRef) is { } name && slo.Indicator is null
                && IndicatorCompiler.Resolve(name, all)?.Threshold is not null && SloReading.Limit(objective) is { } missing)
                manifest.Deviates(problems, missing.What, missing.Remedy, $"spec.objectives[{objective.Index}]");
    }

    private static void CheckIndicator(IndicatorDefinition? inline, string? reference, string path, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (inline is not null) IndicatorCompiler.Check(inline, manifest, all, problems, $"{path}.indicator");
        if (reference is null || IndicatorCompiler.Resolve(reference, all) is not null) return;
        var meant = all.DidYouMean<IndicatorDefinition>(reference);
        if (all.Has(OpenSloFields.Version, "SLI", reference) || all.Has("nines/v1", "Indicator", reference))
            manifest.Dangles(all, problems, $"The SLI \"{reference}\" has errors of its own.", "Mend it first.", $"{path}.indicatorRef");
        else manifest.Dangles(all, problems, $"There is no SLI \"{reference}\".", $"{meant}Write it, or write the indicator here.", $"{path}.indicatorRef");
    }
}
