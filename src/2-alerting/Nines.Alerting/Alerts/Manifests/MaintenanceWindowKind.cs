using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;
using NodaTime.Text;

namespace Nines.Alerting.Alerts.Manifests;

/// <summary><c>nines/v1 MaintenanceWindow</c>: planned quiet, once.</summary>
internal sealed class MaintenanceWindowKind : ManifestKind<MaintenanceWindow>
{
    private static readonly Duration Longest = Duration.FromDays(14);

    private static readonly LocalDateTimePattern[] Local =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"), LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.GeneralIso,
    ];

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => RoutingInCommit.Maintenance;

    /// <inheritdoc />
    public override string Summary => "Planned quiet about some services or alerts, from one time to another, with somebody who answers for it.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: MaintenanceWindow
        metadata: { name: database-move }
        spec:
          services: [checkout]
          from: 2026-12-05T22:00
          until: 2026-12-06T02:00
          timeZone: Europe/Berlin
          owner: alice
          reason: The database moves to the new cluster.

        """;

    /// <inheritdoc />
    protected override MaintenanceWindow? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var zone = RoutingFields.Zone(spec.Optional("timeZone")) ?? DateTimeZone.Utc;
        var (from, until) = (spec.Require("from", "Write when it begins, such as 2026-12-05T22:00."), spec.Require("until", "Write when it ends, such as 2026-12-06T02:00."));
        // An ambiguous time begins at its first and ends at its last occurrence: what was asked for is quiet.
        var (begins, ends) = (At(from, zone, first: true), At(until, zone, first: false));
        var services = spec.Optional("services").Texts();
        var match = RoutingFields.Matchers(spec.Optional("match"));
        var owner = spec.Require("owner", "Say who answers for it.").Text();
        var reason = spec.Optional("reason").Text();
        if (services.Count == 0 && match.All(m => m.MatchesNothing)) spec.Wrong("This maintenance holds back every alert.", "Name services, or matchers such as [cluster=eu].");
        if (begins is not { } b || ends is not { } e || owner.Length == 0) return null;
        if (e <= b) until.Wrong("The maintenance ends before it begins.", "Write a later end.");
        else if (e - b > Longest) until.Wrong("A maintenance lasts at most 14d.", "Write an earlier end, or several windows.");
        return new(metadata.Name, services, match, b, e, owner, reason);
    }

    /// <inheritdoc />
    protected override void Check(MaintenanceWindow spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        for (var i = 0; i < spec.Services.Count; i++)
            if (all.Find<Service>(spec.Services[i]) is null)
                manifest.Notes(problems, $"There is no service \"{spec.Services[i]}\" in the catalog.", all.DidYouMean<Service>(spec.Services[i]) + "Write its name as the catalog does.", $"spec.services[{i}]");
    }

    private static Instant? At(Field field, DateTimeZone zone, bool first)
    {
        var text = field.Text();
        if (text.Length == 0) return null;
        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant) return instant.Value;
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } offset) return offset.Value.ToInstant();
        foreach (var pattern in Local)
            if (pattern.Parse(text) is { Success: true } local) return InZone(local.Value, zone, first);
        field.Wrong($"\"{text}\" is not a time.", "Write one such as 2026-12-05T22:00, or with a zone as 2026-12-05T21:00:00Z.");
        return null;
    }

    private static Instant InZone(LocalDateTime local, DateTimeZone zone, bool first)
    {
        var map = zone.MapLocal(local);
        return map.Count == 0 ? map.EarlyInterval.End : (first ? map.First() : map.Last()).ToInstant();
    }
}
