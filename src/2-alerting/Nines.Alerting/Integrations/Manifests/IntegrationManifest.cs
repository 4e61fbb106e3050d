using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Alerting.Integrations.Manifests;

/// <summary><c>nines/v1 Integration</c>: a sender of alerts.</summary>
internal sealed class IntegrationManifest : ManifestKind<Integration>
{
    private static readonly string[] Kinds = [.. Enum.GetValues<IntegrationKind>().Select(Integration.WordOf)];

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "Integration";

    /// <inheritdoc />
    public override string Summary => "A sender of alerts: its format, its key, and how its events become alerts.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: Integration
        metadata: { name: backup, displayName: Nightly backup }
        spec:
          kind: events
          key: env:BACKUP_KEY
          service: ledger
          severity: ticket
          resolveAfter: 26h
          mapping:
            title: "Backup of {{database}} failed on {{host | \"an unknown host\"}}"
            details: "{{output}}"
            dedup: "{{database}}"
            state: "{{result}}"
            resolved: [ok]
            severity: "{{level}}"
            labels: { database: "{{database}}" }
            links: { log: "{{log_url}}" }
          severities: { "3": page, "2": ticket }

        """;

    /// <inheritdoc />
    protected override Integration? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var kind = spec.Require("kind", $"Write one of {string.Join(", ", Kinds)}.").Choice(Kinds);
        var severity = Severity(spec.Optional("severity"));
        var after = ReadAfter(spec.Optional("resolveAfter"));
        var mapping = spec.Optional("mapping").Given ? MappingReading.Read(spec.Optional("mapping"), kind == "mail") : null;
        if (mapping is not null && kind is not (null or "events" or "mail" or "grafana"))
            spec.Optional("mapping").Notes($"The format of {kind} says what is what; the mapping is not used.", "Leave it out.");
        return kind is null ? null : new Integration
        {
            Name = metadata.Name,
            DisplayName = metadata.DisplayName,
            Kind = Enum.Parse<IntegrationKind>(kind, ignoreCase: true),
            Key = spec.Optional("key").Secret(),
            Service = spec.Optional("service").Text(),
            Severity = severity,
            Severities = ReadSeverities(spec.Optional("severities")),
            Labels = ReadLabels(spec.Optional("labels")),
            ResolveAfter = after,
            Mapping = mapping,
            Declared = true,
        };
    }

    /// <inheritdoc />
    protected override void Check(Integration spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (spec.Service.Length > 0 && !all.Has(ApiVersion, "Service", spec.Service) && !all.Has("openslo/v1", "Service", spec.Service))
            manifest.Notes(problems, $"There is no service \"{spec.Service}\" in the catalog, so nobody owns these alerts.", all.DidYouMean<Service>(spec.Service) + "Write a Service of that name.", "spec.service");
        if (spec.Key is null && spec.Kind is not (IntegrationKind.Events or IntegrationKind.Mail or IntegrationKind.Alertmanager)
            && all.Of<Integration>().Any(o => o.Kind == spec.Kind && o.Key is null && string.CompareOrdinal(o.Name, spec.Name) < 0))
            manifest.Wrong(problems, $"Another integration of the kind {spec.KindWord} has no key either, so that nothing tells the two apart.", "Write key: env:NAME.", "spec.key");
    }

    private static Duration? ReadAfter(Field field)
    {
        if (field.Duration() is not { } after) return null;
        if (after >= Duration.FromMinutes(1) && after <= Duration.FromDays(30)) return after;
        field.Wrong($"{field.Text()} is out of bounds.", "Write 1m to 30d; longer than the sender's own repeat time.");
        return null;
    }

    private static AlertSeverity? Severity(Field field) => field.Choice("page", "ticket", "log") switch
    {
        "page" => AlertSeverity.Page,
        "ticket" => AlertSeverity.Ticket,
        "log" => AlertSeverity.Log,
        _ => null,
    };

    private static Dictionary<string, AlertSeverity> ReadSeverities(Field field)
    {
        var words = new Dictionary<string, AlertSeverity>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in field.TextMap().Keys)
            if (Severity(field.Below(word)) is { } severity) words[word] = severity;
        return words;
    }

    private static IReadOnlyDictionary<string, string> ReadLabels(Field field)
    {
        var labels = field.TextMap();
        foreach (var name in labels.Keys)
            if (SentText.LabelName(name) != name) field.Below(name).Wrong($"\"{name}\" is not a label's name.", "Write letters, digits and underscores.");
        return labels;
    }
}
