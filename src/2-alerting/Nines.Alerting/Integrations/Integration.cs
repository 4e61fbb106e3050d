using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Alerting.Integrations;

/// <summary>In which format a sender speaks.</summary>
public enum IntegrationKind
{
    /// <summary>Any JSON, form or text, read by a mapping.</summary>
    Events,

    /// <summary>Alertmanager's webhook, version 4.</summary>
    Alertmanager,

    /// <summary>PagerDuty's Events API v2.</summary>
    PagerDuty,

    /// <summary>Opsgenie's Alert API.</summary>
    Opsgenie,

    /// <summary>VictorOps' REST endpoint.</summary>
    VictorOps,

    /// <summary>Grafana OnCall's integrations.</summary>
    Grafana,

    /// <summary>Mail.</summary>
    Mail,
}

/// <summary>A sender that Nines takes alerts from: its format, its key, and how its words are read.</summary>
public sealed record Integration
{
    /// <summary>Its name: the label <c>integration</c> of its alerts.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Its format.</summary>
    public required IntegrationKind Kind { get; init; }

    /// <summary>Where the key is kept that a sender must know; null for none.</summary>
    public SecretReference? Key { get; init; }

    /// <summary>The service of alerts that name none; empty for none.</summary>
    public string Service { get; init; } = "";

    /// <summary>The severity of alerts that say none; null for what the house says.</summary>
    public AlertSeverity? Severity { get; init; }

    /// <summary>Words of this sender, before the table that all share.</summary>
    public IReadOnlyDictionary<string, AlertSeverity> Severities { get; init; } = new Dictionary<string, AlertSeverity>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Labels that all its alerts get.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>An alert that is not sent again for so long is over; null where only its sender or a person ends it.</summary>
    public Duration? ResolveAfter { get; init; }

    /// <summary>How its events are read, for the kinds <c>events</c> and <c>mail</c>; null for the shipped reading.</summary>
    internal EventMapping? Mapping { get; init; }

    /// <summary>True where a manifest describes it; false for a sender that just came.</summary>
    public bool Declared { get; init; }

    /// <summary>The word of its kind in manifests and on pages.</summary>
    public string KindWord => WordOf(Kind);

    /// <summary>The word of a kind.</summary>
    public static string WordOf(IntegrationKind kind) => kind.ToString().ToLowerInvariant();
}
