using Nines.Catalog.Manifests;

namespace Nines.Catalog.Backstage;

/// <summary>
/// Turns Backstage's <c>catalog-info.yaml</c> into manifests: components become services, groups teams, users people;
/// systems become a label and APIs dependencies. Everything that is not taken is a finding.
/// </summary>
public static class BackstageImport
{
    private const string Version = "backstage.io/v1alpha1";

    private static readonly string[] Handled = ["Component", "System", "Group", "User", "API"];

    /// <summary>Reads entities and gives manifests, each a YAML document.</summary>
    /// <param name="documents">As parsed.</param>
    /// <param name="problems">Takes what is wrong and what is not taken.</param>
    public static IReadOnlyList<string> Read(IReadOnlyList<ManifestDocument> documents, ProblemList problems)
    {
        var entities = documents.Select(d => Entity(d, problems)).OfType<BackstageEntity>().ToArray();
        // Who provides an API is what its consumers call.
        var providers = entities.Where(e => e.Kind == "Component")
            .SelectMany(e => e.Root.Optional("spec.providesApis").Texts().Select(a => (Api: Name(a), Component: e.Name)))
            .GroupBy(p => p.Api).ToDictionary(g => g.Key, g => g.Select(p => p.Component).ToArray());
        // A user may name their groups instead of the group its members.
        var memberships = entities.Where(e => e.Kind == "User")
            .SelectMany(e => e.Root.Optional("spec.memberOf").Texts().Select(g => (Group: Name(g), User: e.Name)))
            .ToLookup(m => m.Group, m => m.User);
        var manifests = new List<string>();
        foreach (var entity in entities)
        {
            var manifest = entity.Kind switch
            {
                "Component" => BackstageMapping.Service(entity, providers),
                "Group" => BackstageMapping.Team(entity, memberships[entity.Name]),
                "User" => BackstageMapping.Person(entity),
                _ => Known(entity),
            };
            if (manifest is not null) manifests.Add(ManifestText.ToYaml(manifest));
            BackstageMapping.ReportUntaken(entity);
        }

        return manifests;
    }

    /// <summary>The last part of <c>kind:namespace/name</c>.</summary>
    internal static string Name(string reference)
    {
        var slash = reference.LastIndexOf('/');
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        return slash >= 0 ? reference[(slash + 1)..] : reference[(colon + 1)..];
    }

    private static BackstageEntity? Entity(ManifestDocument document, ProblemList problems)
    {
        if (document.ApiVersion != Version && document.ApiVersion != "backstage.io/v1beta1")
        {
            problems.Invalid($"\"{document.ApiVersion}\" is not Backstage's.", $"Write apiVersion: {Version}.", "apiVersion", document.Place);
            return null;
        }

        if (!Handled.Contains(document.Kind))
        {
            problems.Finding($"{document.Kind} \"{document.Name}\" is not taken; Nines has nothing of the kind.", "", null, document.Place);
            return null;
        }

        if (document.Name.Length == 0)
        {
            problems.Invalid("This field is missing.", "Write a name.", "metadata.name", document.Place);
            return null;
        }

        return new(document.Kind, document.Name, Field.Of(document, problems));
    }

    private static ManifestMapping? Known(BackstageEntity entity)
    {
        entity.Root.Notes(entity.Kind == "System"
            ? $"System \"{entity.Name}\" becomes the label system of its components."
            : $"API \"{entity.Name}\" becomes a dependency of those who consume it.", "");
        return null;
    }
}

/// <summary>An entity of Backstage.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Root">Its fields.</param>
internal sealed record BackstageEntity(string Kind, string Name, Field Root);
