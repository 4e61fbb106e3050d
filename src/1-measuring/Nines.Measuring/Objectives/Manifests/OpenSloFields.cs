using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>What several OpenSLO kinds have in common.</summary>
internal static class OpenSloFields
{
    /// <summary>OpenSLO's version.</summary>
    public const string Version = "openslo/v1";

    // OpenSLO v1: "optional up to 1050 characters".
    private const int LongestDescription = 1050;

    private static readonly string[] SecretWords = ["password", "passwd", "secret", "token", "apikey", "appkey", "accesskey", "privatekey", "credential"];

    public static string Description(Field spec)
    {
        var field = spec.Optional("description");
        var text = field.Text();
        if (text.Length > LongestDescription) field.Deviates($"The description has {text.Length} characters.", $"OpenSLO allows {LongestDescription}.");
        return text;
    }

    /// <summary>Refuses plain secrets anywhere below a field that may hold anything.</summary>
    public static void RefuseSecrets(Field field)
    {
        if (field.Node is ManifestSequence)
        {
            foreach (var item in field.Items()) RefuseSecrets(item);
            return;
        }

        if (field.Node is not ManifestMapping mapping) return;
        foreach (var entry in mapping.Entries)
        {
            var below = field.Below(entry.Name);
            if (entry.Value is ManifestScalar { IsNull: false } scalar && IsSecretName(entry.Name) && !SecretReference.TryParse(scalar.Text, out _))
                field.Problems.PlainSecret(below.Path, below.Place);
            else RefuseSecrets(below);
        }
    }

    /// <summary>A <c>metricSource</c>; null, with a problem, where it is missing or says nothing.</summary>
    public static MetricPart? ReadMetric(Field owner)
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
        RefuseSecrets(spec);
        var kind = type.Text().ToLowerInvariant();
        var text = spec.Given ? spec.Optional(kind == DataSource.Native ? "selector" : "query") : spec;
        if (kind == DataSource.Native && spec.Given && !text.Given) spec.Require("selector", "Write selector: with a metric and labels, such as http_requests_total{service=\"checkout\"}.");
        // What else stands there belongs to the source, not to OpenSLO: anything is allowed.
        if (spec.Node is ManifestMapping mapping && kind != DataSource.Native) foreach (var entry in mapping.Entries) spec.Knows(entry.Name);
        return new(reference.Given ? reference.Text() : null, kind, text.Given && text.Node is ManifestScalar ? text.Text().Trim() : "", source.Path);
    }

    private static bool IsSecretName(string name)
    {
        var plain = new string([.. name.Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant();
        return SecretWords.Any(plain.Contains);
    }
}
