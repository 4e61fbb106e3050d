using System.Collections.Immutable;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Postmortems.Manifests;

/// <summary><c>nines/v1 PostmortemPolicy</c>: which incidents need one, by when, what a minute costs, what is asked, which words judge; one a house.</summary>
internal sealed class PostmortemPolicyKind : ManifestKind<PostmortemPolicy>
{
    private static readonly string[] Severities = ["sev1", "sev2", "sev3", "sev4"];

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "PostmortemPolicy";

    /// <inheritdoc />
    public override string Summary => "How the house learns: which incidents need a postmortem, by when, what a minute of an outage costs, what is asked, which words judge.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: PostmortemPolicy
        metadata: { name: postmortems }
        spec:
          severities: [sev1, sev2, sev3]
          businessDays: 5
          reviewers: 1
          zone: Europe/Berlin
          costPerMinute:
            - { service: payments, amount: 180, currency: EUR }
          factors:
            - { key: trigger, name: Trigger, ask: What change or event started it? }
          blameWords:
            - { phrase: sloppy, why: It judges somebody's care., better: Say what made it easy to happen. }

        """;

    /// <inheritdoc />
    protected override PostmortemPolicy? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var shipped = PostmortemPolicy.Shipped;
        var severities = spec.Optional("severities");
        var factors = Factors(spec.Optional("factors"));
        return shipped with
        {
            Severities = severities.Given ? [.. severities.Items().Select(s => SeverityText.Parse(s.Choice(Severities))).OfType<IncidentSeverity>()] : shipped.Severities,
            BusinessDays = (int)(spec.Optional("businessDays").Integer(1, 60) ?? shipped.BusinessDays),
            Reviewers = (int)(spec.Optional("reviewers").Integer(0, 20) ?? shipped.Reviewers),
            Zone = Zone(spec.Optional("zone")),
            CostPerMinute = Costs(spec.Optional("costPerMinute")),
            Factors = factors.Length > 0 ? factors : shipped.Factors,
            BlameWords = [.. shipped.BlameWords, .. Words(spec.Optional("blameWords"))],
        };
    }

    /// <inheritdoc />
    protected override void Check(PostmortemPolicy spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (all.All.FirstOrDefault(m => m.Kind is PostmortemPolicyKind && m.Key != manifest.Key) is { } other)
            manifest.Wrong(problems, $"There is a postmortem policy already: {other.Metadata.Name}.", "A house has one: change it, or delete it.", "metadata.name");
        foreach (var service in spec.CostPerMinute.Keys)
            if (all.Find<Service>(service) is null) manifest.Notes(problems, $"There is no service \"{service}\" in the catalog.", all.DidYouMean<Service>(service) + "Write its name as the catalog does.", "spec.costPerMinute");
    }

    private static DateTimeZone Zone(Field field)
    {
        if (!field.Given) return PostmortemPolicy.Shipped.Zone;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(field.Text()) is { } zone) return zone;
        field.Wrong($"\"{field.Text()}\" is not an IANA time zone.", "Write one such as Europe/Berlin.");
        return PostmortemPolicy.Shipped.Zone;
    }

    private static ImmutableSortedDictionary<string, Money> Costs(Field field)
    {
        var costs = PostmortemPolicy.Shipped.CostPerMinute;
        foreach (var item in field.Items())
        {
            var service = item.Require("service", "Write the service as the catalog has it.").Text();
            var amount = item.Require("amount", "Write what a minute costs.");
            var currency = item.Require("currency", "Write three letters such as USD.");
            var number = amount.Number();
            if (number is < 0) amount.Wrong($"{number} is below zero.", "Write zero or more.");
            if (currency.Given && (currency.Text().Length != 3 || !currency.Text().All(char.IsAsciiLetterUpper)))
                currency.Wrong($"\"{currency.Text()}\" is not a currency.", "Write three capital letters such as USD or EUR (ISO 4217).");
            if (service.Length > 0 && number is >= 0) costs = costs.SetItem(service, new((decimal)Math.Min(number.Value, 1e12), currency.Text()));
        }

        return costs;
    }

    private static ImmutableArray<CauseCategory> Factors(Field field)
    {
        var factors = new List<CauseCategory>();
        foreach (var item in field.Items())
        {
            var key = item.Require("key", "Write a short name in small letters.");
            var name = item.Require("name", "Write what people call it.").Text();
            var ask = item.Require("ask", "Write what is asked.").Text();
            if (key.Given && !key.Text().All(c => char.IsAsciiLetterLower(c) || c == '-')) key.Wrong($"\"{key.Text()}\" is no short name.", "Write small letters and hyphens.");
            else if (factors.Exists(f => f.Key == key.Text())) key.Wrong($"There are two factors {key.Text()}.", "Give one another key.");
            else if (key.Text().Length > 0) factors.Add(new(key.Text(), name, ask));
        }

        return [.. factors];
    }

    private static IEnumerable<BlameWord> Words(Field field)
    {
        foreach (var item in field.Items())
        {
            var phrase = item.Require("phrase", "Write the words that judge.").Text();
            var beside = item.Optional("besidePeople").Flag() ?? false;
            var (why, better) = (item.Require("why", "Write what is wrong with them.").Text(), item.Require("better", "Write what to say instead.").Text());
            if (phrase.Length > 0) yield return new(phrase, beside, why, better);
        }
    }
}
