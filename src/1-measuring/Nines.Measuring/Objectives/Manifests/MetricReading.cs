using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>Reads where a metric comes from.</summary>
internal static class MetricReading
{
    /// <summary>A <c>metricSource</c>; null, with a problem, where it is missing or says nothing.</summary>
    public static MetricPart? Read(Field owner)
    {
        if (!owner.Given) return null;
        var source = owner.Require("metricSource", "Write metricSource: with type: and spec:.");
        var reference = source.Optional("metricSourceRef");
        var type = source.Optional("type");
        var spec = source.Optional("spec");
        if (!source.Given) return null;
        if (!reference.Given && !type.Given) source.Wrong("Nothing says where this is read.", "Write type: nines with spec: { selector: … }, or metricSourceRef: with the name of a DataSource.");
        if (spec.Node is ManifestScalar && spec.Given) spec.IsMapping();
        else if (!spec.Given) spec.Deviates("The source says nothing about what is read.", "Write spec: with selector: (type nines) or query: (type prometheus).");
        OpenSloFields.RefuseSecrets(spec);
        var kind = type.Text();
        var text = spec.Given ? spec.Optional(IsNative(kind) ? "selector" : "query") : spec;
        if (IsNative(kind) && spec.Given && !text.Given) spec.Require("selector", "Write selector: with a metric and labels, such as http_requests_total{service=\"checkout\"}.");
        // What else stands there belongs to the source, not to OpenSLO: anything is allowed.
        if (spec.Node is ManifestMapping mapping && !IsNative(kind)) foreach (var entry in mapping.Entries) spec.Knows(entry.Name);
        return new(reference.Given ? reference.Text() : null, kind, text.Given && text.Node is ManifestScalar ? text.Text().Trim() : "", source.Path);
    }

    private static bool IsNative(string type) => type.Equals(MetricTypes.Native, StringComparison.OrdinalIgnoreCase);
}
