using Nines.Catalog.Manifests;

namespace Nines.Catalog.Entries;

/// <summary><c>openslo/v1 Service</c>: the same service as a <c>nines/v1</c> one of its name.</summary>
public sealed class OpenSloServiceKind : ManifestKind<OpenSloService>
{
    // OpenSLO v1: "optional up to 1050 characters".
    private const int LongestDescription = 1050;

    /// <inheritdoc />
    public override string ApiVersion => "openslo/v1";

    /// <inheritdoc />
    public override string Kind => "Service";

    /// <inheritdoc />
    public override string Summary => "A service as OpenSLO knows it; a nines/v1 Service of the same name adds owner and the rest.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: openslo/v1
        kind: Service
        metadata:
          name: search
          displayName: Search
        spec:
          description: Finds what people want to buy.

        """;

    /// <inheritdoc />
    protected override OpenSloService Read(Field document, ManifestMetadata metadata)
    {
        var description = document.Optional("spec").Optional("description");
        if (description.Text().Length > LongestDescription) description.Deviates($"The description has {description.Text().Length} characters.", $"OpenSLO allows {LongestDescription}.");
        return new(metadata.Name, metadata.DisplayName, description.Text(), metadata.Labels);
    }

    /// <inheritdoc />
    protected override void Check(OpenSloService spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (all.Find<Service>(spec.Name) is not { } own) return;
        if (spec.DisplayName != spec.Name && own.DisplayName != own.Name && spec.DisplayName != own.DisplayName)
            manifest.Notes(problems, $"nines/v1 calls this service \"{own.DisplayName}\", openslo/v1 \"{spec.DisplayName}\"; the first is shown.", "Write the same in both, or in one only.", "metadata.displayName");
        if (spec.Description.Length > 0 && own.Description.Length > 0 && spec.Description != own.Description)
            manifest.Notes(problems, "nines/v1 describes this service otherwise; that description is shown.", "Write the same in both, or in one only.", "spec.description");
        foreach (var (label, value) in spec.Labels)
            if (own.Labels.TryGetValue(label, out var other) && other != value)
                manifest.Notes(problems, $"The label {label} is \"{other}\" in nines/v1 and \"{value}\" here; the first counts.", "Write the same in both, or in one only.", $"metadata.labels.{label}");
    }
}

/// <summary>What an <c>openslo/v1 Service</c> says.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Description">What it does.</param>
/// <param name="Labels">For filtering.</param>
public sealed record OpenSloService(string Name, string DisplayName, string Description, IReadOnlyDictionary<string, string> Labels);
