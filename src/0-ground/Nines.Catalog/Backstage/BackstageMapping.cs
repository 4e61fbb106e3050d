using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Catalog.Backstage;

/// <summary>Field by field, from Backstage's entities to manifests.</summary>
internal static class BackstageMapping
{
    private static readonly SourcePlace Nowhere = new(null, 1, 1);

    /// <summary>What is read of each kind; everything else written there is reported.</summary>
    private static readonly Dictionary<string, string[]> Taken = new(StringComparer.Ordinal)
    {
        ["Component"] = ["type", "lifecycle", "owner", "system", "dependsOn", "providesApis", "consumesApis"],
        ["System"] = [],
        ["API"] = [],
        ["Group"] = ["profile", "members", "type"],
        ["User"] = ["profile", "memberOf"],
    };

    public static ManifestMapping? Service(BackstageEntity entity, IReadOnlyDictionary<string, string[]> providers)
    {
        var spec = entity.Root.Optional("spec");
        var type = spec.Optional("type").Text();
        if (type == "library")
        {
            entity.Root.Notes($"Component \"{entity.Name}\" is a library and not taken; only what runs has objectives.", "");
            return null;
        }

        var labels = new SortedDictionary<string, string>(entity.Root.Optional("metadata.labels").TextMap().ToDictionary(), StringComparer.Ordinal);
        foreach (var name in (string[])["type", "lifecycle"]) if (spec.Optional(name).Text() is { Length: > 0 } word) labels[name] = word;
        if (spec.Optional("system").Text() is { Length: > 0 } system) labels["system"] = BackstageImport.Name(system);
        if (entity.Root.Optional("metadata.tags").Texts() is { Count: > 0 } tags) labels["tags"] = string.Join(',', tags);
        var body = new List<(string, ManifestNode?)>
        {
            ("description", Text(entity.Root.Optional("metadata.description").Text())),
            ("tier", spec.Optional("lifecycle").Text() == "experimental" ? Text("experimental") : null),
            ("owner", Owner(spec.Optional("owner"))),
            ("dependencies", Dependencies(entity, spec, providers)),
            ("links", Links(entity.Root.Optional("metadata.links"))),
        };
        return Document("Service", entity, entity.Root.Optional("metadata.title").Text(), labels, Map(body));
    }

    public static ManifestMapping Team(BackstageEntity entity, IEnumerable<string> members)
    {
        var names = entity.Root.Optional("spec.members").Texts().Select(BackstageImport.Name).Concat(members).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        var title = entity.Root.Optional("spec.profile.displayName").Text();
        entity.Root.Optional("spec.profile").Knows("email", "picture");
        return Document("Team", entity, title.Length > 0 ? title : entity.Root.Optional("metadata.title").Text(), entity.Root.Optional("metadata.labels").TextMap(), Map(
        [
            ("description", Text(entity.Root.Optional("metadata.description").Text())),
            ("members", names.Length == 0 ? null : List(names)),
        ]));
    }

    public static ManifestMapping Person(BackstageEntity entity)
    {
        var profile = entity.Root.Optional("spec.profile");
        profile.Knows("picture");
        var email = profile.Optional("email").Text();
        return Document("Person", entity, profile.Optional("displayName").Text(), new Dictionary<string, string>(), Map([("contacts", email.Length == 0 ? null : Map([("email", Text(email))]))]));
    }

    /// <summary>A finding for each field that nobody took.</summary>
    public static void ReportUntaken(BackstageEntity entity)
    {
        Report("metadata", entity, ["name", "title", "description", "labels", "tags", "links", "namespace"]);
        Report("spec", entity, Taken[entity.Kind]);
    }

    private static void Report(string part, BackstageEntity entity, string[] taken)
    {
        if (entity.Root.Optional(part).Node is not ManifestMapping mapping) return;
        foreach (var entry in mapping.Entries)
        {
            if (taken.Contains(entry.Name)) continue;
            var what = entry.Name == "annotations" && entry.Value is ManifestMapping annotations
                ? $"Annotations of {entity.Kind} \"{entity.Name}\" are not taken: {string.Join(", ", annotations.Entries.Select(a => a.Name))}."
                : $"The field {entry.Name} of {entity.Kind} \"{entity.Name}\" is not taken.";
            entity.Root.Problems.Finding(what, "", $"{part}.{entry.Name}", entry.NamePlace);
        }
    }

    private static ManifestMapping? Owner(Field field)
    {
        var reference = field.Text();
        if (reference.Length == 0) return null;
        return Map([(reference.StartsWith("user:", StringComparison.OrdinalIgnoreCase) ? "person" : "team", Text(BackstageImport.Name(reference)))]);
    }

    private static ManifestMapping? Dependencies(BackstageEntity entity, Field spec, IReadOnlyDictionary<string, string[]> providers)
    {
        var upstream = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var reference in spec.Optional("dependsOn").Texts())
        {
            if (reference.StartsWith("component:", StringComparison.OrdinalIgnoreCase)) upstream.Add(BackstageImport.Name(reference));
            else spec.Optional("dependsOn").Notes($"The dependency {reference} of \"{entity.Name}\" is not taken; only components are services.", "");
        }

        foreach (var api in spec.Optional("consumesApis").Texts())
        {
            if (providers.TryGetValue(BackstageImport.Name(api), out var components)) upstream.UnionWith(components);
            else spec.Optional("consumesApis").Notes($"Nothing here provides the API {api} that \"{entity.Name}\" consumes.", "");
        }

        // "component:" names nobody.
        upstream.ExceptWith([entity.Name, ""]);
        return upstream.Count == 0 ? null : Map([("upstream", List(upstream))]);
    }

    private static ManifestMapping? Links(Field field)
    {
        var links = new List<(string, ManifestNode?)>();
        foreach (var item in field.Items())
        {
            item.Knows("icon", "type");
            var (url, title) = (item.Optional("url").Text(), item.Optional("title").Text());
            if (title.Length == 0) title = $"link-{links.Count + 1}";
            if (url.Length > 0 && links.TrueForAll(l => l.Item1 != title)) links.Add((title, Text(url)));
        }

        return links.Count == 0 ? null : Map(links);
    }

    private static ManifestMapping Document(string kind, BackstageEntity entity, string displayName, IReadOnlyDictionary<string, string> labels, ManifestMapping spec) => Map(
    [
        ("apiVersion", Text("nines/v1")),
        ("kind", Text(kind)),
        ("metadata", Map(
        [
            ("name", Text(entity.Name)),
            ("displayName", displayName.Length > 0 ? Text(displayName) : null),
            ("labels", labels.Count == 0 ? null : Map([.. labels.Select(l => (l.Key, (ManifestNode?)Text(l.Value)))])),
        ])),
        ("spec", spec),
    ]);

    private static ManifestScalar? Text(string text) => text.Length == 0 ? null : new(text, quoted: true, Nowhere);

    private static ManifestSequence List(IEnumerable<string> texts) => new([.. texts.Select(t => (ManifestNode)Text(t)!)], Nowhere);

    private static ManifestMapping Map(IReadOnlyList<(string Name, ManifestNode? Value)> entries) =>
        new([.. entries.Where(e => e.Value is not null).Select(e => new ManifestEntry(e.Name, Nowhere, e.Value!))], Nowhere);
}
