using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;
using NodaTime;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary><c>nines/v1 Indicator</c>: what OpenSLO's SLI cannot say.</summary>
internal sealed class IndicatorKind : ManifestKind<NinesIndicator>
{
    public override string ApiVersion => "nines/v1";

    public override string Kind => "Indicator";

    public override string Summary => "An SLI that OpenSLO cannot say: freshness of data, or windows counted as events.";

    public override string Example => """
        apiVersion: nines/v1
        kind: Indicator
        metadata:
          name: ledger-export-freshness
        spec:
          description: The newest export is younger than an hour.
          freshness:
            metricSource:
              type: nines
              spec: { selector: 'export_last_success_timestamp_seconds{job="ledger"}' }
            maxAge: 1h

        """;

    protected override NinesIndicator? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var description = OpenSloFields.Description(spec);
        var (freshness, windows) = (spec.Optional("freshness"), spec.Optional("windows"));
        var read = new IndicatorDefinition(metadata.Name, description) { Freshness = ReadFreshness(freshness), Windows = ReadWindows(windows, metadata.Name) };
        if (freshness.Given == windows.Given) spec.Wrong(freshness.Given ? "Here stand freshness and windows." : "Neither freshness nor windows is said.", "Write one of them.");
        return read.Freshness is null && read.Windows is null ? null : new(read);
    }

    protected override void Check(NinesIndicator spec, CompiledManifest manifest, ManifestSet all, ProblemList problems) =>
        IndicatorCompiler.Check(spec.Definition, manifest, all, problems);

    private static FreshnessPart? ReadFreshness(Field field)
    {
        if (!field.Given) return null;
        var timestamp = MetricReading.Read(field);
        var age = field.Require("maxAge", "Write maxAge: with a duration such as 1h.").Duration();
        return timestamp is null || age is null ? null : new(timestamp, age.Value);
    }

    private static WindowsPart? ReadWindows(Field field, string name)
    {
        if (!field.Given) return null;
        var window = field.Require("window", "Write window: with whole minutes such as 5m.");
        var length = window.Duration();
        if (length is { } l && (l < Duration.FromMinutes(1) || l > Duration.FromDays(1) || l.TotalMinutes != Math.Floor(l.TotalMinutes)))
            window.Wrong($"A window of {window.Text()} cannot be counted.", "Write whole minutes from 1m to 1d.");
        var ratio = field.Require("goodRatio", "Write goodRatio: with the least good ratio of a good window, such as 0.99.");
        var good = ratio.Number();
        if (good is <= 0 or > 1) ratio.Wrong($"{good} is not a ratio above 0 up to 1.", "Write one such as 0.99.");
        var (reference, inline) = (field.Optional("indicatorRef"), field.Optional("indicator"));
        if (reference.Given == inline.Given) field.Wrong("A window needs one indicator inside.", "Write indicatorRef: or indicator:.");
        var inner = inline.Given ? SliReading.Read(inline.Require("spec"), name) : null;
        ManifestMetadata.ReadInline(inline);
        return length is null || good is null || (inner is null && !reference.Given) ? null : new(reference.Given ? reference.Text() : null, inner, length.Value, good.Value);
    }
}

/// <summary>A <c>nines/v1 Indicator</c>; a type of its own, so that an SLI of the same name stays apart.</summary>
internal sealed record NinesIndicator(IndicatorDefinition Definition);
