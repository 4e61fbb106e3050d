using System.Collections.Immutable;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Responding.Incidents.Manifests;

/// <summary><c>nines/v1 IncidentPolicy</c>: the matrix, what severities ask, the checklist; one a house.</summary>
internal sealed class IncidentPolicyKind : ManifestKind<IncidentPolicy>
{
    private static readonly string[] Tiers = [.. Enum.GetNames<ServiceTier>().Select(n => n.ToLowerInvariant())];

    private static readonly string[] Severities = ["sev1", "sev2", "sev3", "sev4"];

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "IncidentPolicy";

    /// <inheritdoc />
    public override string Summary => "How the house responds: from impact to severity, what each severity asks, the checklist, how long data must be clean.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: IncidentPolicy
        metadata: { name: incidents }
        spec:
          matrix:
            core: [sev3, sev2, sev1, sev1]
          severities:
            - { severity: sev1, means: Shoppers cannot pay, respond: 5m, checkIn: 15m }
          checklist:
            - { key: real, phase: detect, text: Is it real? Which severity? }
            - { key: bridge, phase: triage, text: Bridge open }
          mitigations: [Roll back the last deployment, Turn off a feature flag]
          cleanFor: 30m
          raiseWhenSpent: true
          declare:
            - { tiers: [critical], after: 10m }

        """;

    /// <inheritdoc />
    protected override IncidentPolicy? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var shipped = IncidentPolicy.Shipped;
        var mitigations = spec.Optional("mitigations").Texts();
        var checklist = Checklist(spec.Optional("checklist"));
        return shipped with
        {
            Matrix = new(Matrix(spec.Optional("matrix"))),
            Targets = Targets(spec.Optional("severities")),
            Checklist = checklist.Length > 0 ? checklist : shipped.Checklist,
            Mitigations = mitigations.Count > 0 ? [.. mitigations] : shipped.Mitigations,
            CleanFor = spec.Optional("cleanFor").Duration() ?? shipped.CleanFor,
            RaiseWhenSpent = spec.Optional("raiseWhenSpent").Flag() ?? shipped.RaiseWhenSpent,
            Declare = Rules(spec.Optional("declare")),
        };
    }

    /// <inheritdoc />
    protected override void Check(IncidentPolicy spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (all.All.FirstOrDefault(m => m.Kind is IncidentPolicyKind && m.Key != manifest.Key) is { } other)
            manifest.Wrong(problems, $"There is an incident policy already: {other.Metadata.Name}.", "A house has one: change it, or delete it.", "metadata.name");
        if (spec.CleanFor < Duration.FromMinutes(1)) manifest.Notes(problems, "An incident may be resolved while it still burns.", "Write cleanFor: 30m, or leave it out.", "spec.cleanFor");
    }

    private static ImmutableSortedDictionary<ImpactFunction, ImmutableArray<IncidentSeverity>> Matrix(Field field)
    {
        var rows = SeverityMatrix.Shipped.Rows;
        foreach (var function in Enum.GetValues<ImpactFunction>())
        {
            var row = field.Optional(Word(function));
            if (!row.Given) continue;
            var cells = row.Items().Select(c => SeverityText.Parse(c.Choice(Severities))).ToArray();
            if (cells.Length != 4) row.Wrong($"This row has {cells.Length} severities.", "Write four: for one user, fewer than a quarter, more, all.");
            else if (Array.TrueForAll(cells, c => c is not null)) rows = rows.SetItem(function, [.. cells.Select(c => c!.Value)]);
        }

        return rows;
    }

    private static ImmutableArray<SeverityTarget> Targets(Field field)
    {
        var targets = IncidentPolicy.Shipped.Targets;
        foreach (var item in field.Items())
        {
            var severity = SeverityText.Parse(item.Require("severity", "Write sev1, sev2, sev3 or sev4.").Choice(Severities));
            var (means, respond, checkIn) = (item.Optional("means").Text(), item.Optional("respond").Duration(), item.Optional("checkIn").Duration());
            if (severity is not { } known) continue;
            var shipped = IncidentPolicy.Shipped.Of(known);
            targets = targets.Replace(targets.First(t => t.Severity == known), new(known, means.Length > 0 ? means : shipped.Means, respond ?? shipped.Respond, checkIn ?? shipped.CheckIn));
        }

        return targets;
    }

    private static ImmutableArray<DeclareRule> Rules(Field field)
    {
        var rules = new List<DeclareRule>();
        foreach (var item in field.Items())
        {
            var tiers = item.Optional("tiers");
            var read = tiers.Given ? [.. tiers.Items().Select(t => t.Choice(Tiers)).OfType<string>().Select(t => Enum.Parse<ServiceTier>(t, ignoreCase: true))] : Array.Empty<ServiceTier>();
            var services = item.Optional("services").Texts();
            if (item.Require("after", "Write how long a page is open before it is an incident, such as 10m.").Duration() is { } after) rules.Add(new([.. read], [.. services], after));
        }

        return [.. rules];
    }

    private static ImmutableArray<ChecklistItem> Checklist(Field field)
    {
        var items = new List<ChecklistItem>();
        foreach (var item in field.Items())
        {
            var key = item.Require("key", "Write a short name, by which it is ticked off.");
            var phase = item.Require("phase", "Write in which phase it is done.").Choice([.. Enum.GetValues<IncidentPhase>().Select(p => Word(p))]);
            var text = item.Require("text", "Write what to do.").Text();
            if (items.Exists(i => i.Key == key.Text())) key.Wrong($"There are two items {key.Text()}.", "Give one another key.");
            else if (phase is not null && key.Text().Length > 0) items.Add(new(key.Text(), Enum.Parse<IncidentPhase>(phase, ignoreCase: true), text));
        }

        return [.. items];
    }

    private static string Word<T>(T value) where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];
}
