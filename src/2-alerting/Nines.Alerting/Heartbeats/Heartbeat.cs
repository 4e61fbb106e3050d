using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Alerting.Heartbeats;

/// <summary>A sign of life that somebody promised: where it stays out, an alert begins.</summary>
public sealed record Heartbeat
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>How often it is to come.</summary>
    public required Duration Every { get; init; }

    /// <summary>How late it may be.</summary>
    public Duration Grace { get; init; }

    /// <summary>How loud its absence is.</summary>
    public AlertSeverity Severity { get; init; } = AlertSeverity.Page;

    /// <summary>The service whose users feel it; empty for none.</summary>
    public string Service { get; init; } = "";

    /// <summary>Where the key is kept that a ping must bring; null for none.</summary>
    public SecretReference? Key { get; init; }

    /// <summary>What to do when it stays out; null for the service's own.</summary>
    public Uri? Runbook { get; init; }

    /// <summary>How long nothing may be heard.</summary>
    public Duration Patience => Every + Grace;

    /// <summary>How seldom a ping is written down: a ping renews a lease and is no entry.</summary>
    public Duration WrittenEvery => Duration.Max(Every / 2, Duration.FromMinutes(1));
}
