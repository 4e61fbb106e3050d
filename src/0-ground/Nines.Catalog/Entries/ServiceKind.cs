using Nines.Catalog.Manifests;

namespace Nines.Catalog.Entries;

/// <summary><c>nines/v1 Service</c>: the catalog entry.</summary>
public sealed class ServiceKind : ManifestKind<Service>
{
    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "Service";

    /// <inheritdoc />
    public override string Summary => "A service: who owns it, what it depends on, how it runs.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: Service
        metadata:
          name: checkout
          displayName: Checkout
          labels: { area: shop }
        spec:
          description: Takes an order from basket to paid.
          tier: critical
          owner: { team: payments }
          oncall: payments-primary
          dependencies:
            upstream: [ledger]
            downstream: []
          dataClassification: confidential
          deploymentFrequency: daily
          architecture: microservice
          language: C#
          infra: k8s
          trafficPattern: diurnal
          peakRps: 120
          storageGb: 40
          monthlyCost: { amount: 1800, currency: USD }
          runbooks: { default: "https://runbooks.example.com/checkout" }
          links: { dashboard: "https://grafana.example.com/d/checkout" }

        """;

    /// <inheritdoc />
    protected override Service Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Optional("spec");
        var (team, person) = ReadOwner(spec);
        return new()
        {
            Name = metadata.Name,
            DisplayName = metadata.DisplayName,
            Labels = metadata.Labels,
            Description = spec.Optional("description").Text(),
            Tier = ReadTier(spec.Optional("tier")),
            OwnerTeam = team,
            OwnerPerson = person,
            OncallRotation = TextOf(spec, "oncall") ?? TextOf(spec, "oncallRotation"),
            Upstream = spec.Optional("dependencies.upstream").Texts(),
            Downstream = spec.Optional("dependencies.downstream").Texts(),
            DataClassification = spec.Optional("dataClassification").Choice("public", "internal", "confidential", "restricted"),
            DeploymentFrequency = spec.Optional("deploymentFrequency").Choice("daily", "weekly", "biweekly", "monthly"),
            Architecture = spec.Optional("architecture").Choice("monolith", "microservice", "serverless", "hybrid"),
            Language = TextOf(spec, "language"),
            Infra = spec.Optional("infra").Choice("k8s", "ECS", "Lambda", "VM", "bare-metal"),
            TrafficPattern = spec.Optional("trafficPattern").Choice("steady", "diurnal", "spiky", "seasonal"),
            PeakRps = NotNegative(spec.Optional("peakRps")),
            StorageGb = NotNegative(spec.Optional("storageGb")),
            MonthlyCost = ReadCost(spec.Optional("monthlyCost")),
            Runbooks = ReadLinks(spec.Optional("runbooks")),
            Links = ReadLinks(spec.Optional("links")),
        };
    }

    /// <inheritdoc />
    protected override void Check(Service spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (spec.OwnerTeam is { } team && !all.Has(ApiVersion, "Team", team))
            manifest.Notes(problems, $"There is no team \"{team}\".", $"{all.DidYouMean<Team>(team)}Write a Team of that name; until then nobody is called for this service.", "spec.owner");
        if (spec.OwnerPerson is { } person && !all.Has(ApiVersion, "Person", person))
            manifest.Notes(problems, $"There is no person \"{person}\".", $"{all.DidYouMean<Person>(person)}Write a Person of that name; until then nobody is called for this service.", "spec.owner");
        if (spec.OwnerTeam is null && spec.OwnerPerson is null)
            manifest.Notes(problems, "Nobody owns this service.", "Write owner: { team: … } or owner: { person: … }; until then nobody is called for it.", "spec.owner");
        CheckNames(spec.Upstream, "spec.dependencies.upstream", spec, manifest, all, problems);
        CheckNames(spec.Downstream, "spec.dependencies.downstream", spec, manifest, all, problems);
        DependencyFindings.Check(spec, manifest, all, problems);
    }

    private static void CheckNames(IReadOnlyList<string> names, string path, Service spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == spec.Name) manifest.Wrong(problems, "A service does not depend on itself.", "Remove it.", $"{path}[{i}]");
            else if (!all.Has("nines/v1", "Service", names[i]) && !all.Has("openslo/v1", "Service", names[i]))
                manifest.Notes(problems, $"There is no service \"{names[i]}\".", $"{all.DidYouMean<Service>(names[i])}Write a Service of that name, or mend this one.", $"{path}[{i}]");
        }
    }

    private static (string? Team, string? Person) ReadOwner(Field spec)
    {
        var owner = spec.Optional("owner");
        if (owner.Node is ManifestScalar && owner.Given) return (owner.Text(), null);
        var (team, person) = (TextOf(owner, "team"), TextOf(owner, "person"));
        if (team is not null && person is not null) owner.Wrong("A service has one owner, but here stand a team and a person.", "Keep one; a person who should be asked first is the team's lead.");
        return (team, person);
    }

    private static ServiceTier? ReadTier(Field field) =>
        field.Choice("critical", "important", "standard", "experimental") is { } word ? Enum.Parse<ServiceTier>(word, ignoreCase: true) : null;

    private static double? NotNegative(Field field)
    {
        var number = field.Number();
        if (number is not < 0) return number;
        field.Wrong($"{number} is below zero.", "Write zero or more.");
        return null;
    }

    private static Money? ReadCost(Field field)
    {
        if (!field.Given) return null;
        var amount = NotNegative(field.Require("amount"));
        var currency = field.Require("currency", "Write currency: with three letters such as USD.");
        if (currency.Given && (currency.Text().Length != 3 || !currency.Text().All(char.IsAsciiLetterUpper)))
            currency.Wrong($"\"{currency.Text()}\" is not a currency.", "Write three capital letters such as USD or EUR (ISO 4217).");
        return amount is null ? null : new((decimal)Math.Min(amount.Value, 1e15), currency.Text());
    }

    private static Dictionary<string, Uri> ReadLinks(Field field)
    {
        if (field.Node is ManifestScalar && field.Given) return ReadLink(field) is { } one ? new() { ["default"] = one } : [];
        var links = new Dictionary<string, Uri>(StringComparer.Ordinal);
        foreach (var name in field.TextMap().Keys)
            if (ReadLink(field.Below(name)) is { } link) links[name] = link;
        return links;
    }

    private static Uri? ReadLink(Field field)
    {
        if (Uri.TryCreate(field.Text(), UriKind.Absolute, out var link) && link.Scheme is "http" or "https") return link;
        field.Wrong($"\"{field.Text()}\" is not a link.", "Write a whole URL that begins with http:// or https://.");
        return null;
    }

    private static string? TextOf(Field owner, string name) => owner.Optional(name).Text() is { Length: > 0 } text ? text : null;
}
