using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Alerting.Heartbeats.Manifests;

/// <summary><c>nines/v1 Heartbeat</c>.</summary>
internal sealed class HeartbeatKind : ManifestKind<Heartbeat>
{
    private static readonly Duration Shortest = Duration.FromSeconds(10);
    private static readonly Duration Longest = Duration.FromDays(40);

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "Heartbeat";

    /// <inheritdoc />
    public override string Summary => "A sign of life that somebody promises; where it stays out, an alert begins.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: Heartbeat
        metadata: { name: nightly-backup, displayName: Nightly backup }
        spec:
          every: 24h
          grace: 30m
          severity: ticket
          service: ledger
          key: env:BACKUP_HEARTBEAT_KEY
          runbook: https://runbooks.example.com/backup

        """;

    /// <inheritdoc />
    protected override Heartbeat? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var every = spec.Require("every", "Write how often it comes, such as 5m or 24h.");
        var (length, grace) = (every.Duration(), spec.Optional("grace").Duration());
        if (length is { } given && (given < Shortest || given > Longest)) every.Wrong($"{every.Text()} is out of bounds.", "Write 10s to 40d.");
        if (grace > Longest) spec.Optional("grace").Wrong("The grace is longer than 40d.", "Write less; it is how late a ping may be.");
        var runbook = spec.Optional("runbook");
        Uri? link = null;
        if (runbook.Given && (!Uri.TryCreate(runbook.Text(), UriKind.Absolute, out link) || link.Scheme is not ("http" or "https"))) runbook.Wrong($"\"{runbook.Text()}\" is not an address.", "Write a whole URL that begins with https://.");
        var severity = spec.Optional("severity").Choice("page", "ticket", "log");
        var beat = new Heartbeat
        {
            Name = metadata.Name,
            DisplayName = metadata.DisplayName,
            Every = length ?? Duration.FromDays(1),
            Grace = grace ?? Duration.Zero,
            Severity = severity switch { "ticket" => AlertSeverity.Ticket, "log" => AlertSeverity.Log, _ => AlertSeverity.Page },
            Service = spec.Optional("service").Text(),
            Key = spec.Optional("key").Secret(),
            Runbook = link,
        };
        return length is null ? null : beat;
    }

    /// <inheritdoc />
    protected override void Check(Heartbeat spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (spec.Service.Length == 0) manifest.Notes(problems, "It belongs to no service, so nobody owns its absence.", "Write service: with its name.", "spec.service");
        else if (!all.Has(ApiVersion, "Service", spec.Service) && !all.Has("openslo/v1", "Service", spec.Service))
            manifest.Notes(problems, $"There is no service \"{spec.Service}\" in the catalog, so nobody owns its absence.", all.DidYouMean<Service>(spec.Service) + "Write a Service of that name.", "spec.service");
    }
}
