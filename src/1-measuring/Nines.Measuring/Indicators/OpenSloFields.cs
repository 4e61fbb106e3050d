using Nines.Catalog.Manifests;

namespace Nines.Measuring.Indicators;

/// <summary>What OpenSLO kinds of several rooms have in common.</summary>
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

    private static bool IsSecretName(string name)
    {
        var plain = new string([.. name.Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant();
        return SecretWords.Any(plain.Contains);
    }
}
