namespace Nines.Catalog;

/// <summary>How much depends on a service.</summary>
public enum ServiceTier
{
    /// <summary>The business stops without it.</summary>
    Critical,

    /// <summary>Users notice at once.</summary>
    Important,

    /// <summary>Users notice later, or few do.</summary>
    Standard,

    /// <summary>Nobody relies on it yet.</summary>
    Experimental,
}

/// <summary>A service of the catalog, with every field of the entry that a readiness review asks for.</summary>
public sealed record Service
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it does for its users; empty where nobody wrote it.</summary>
    public string Description { get; init; } = "";

    /// <summary>How much depends on it; null where nobody said so.</summary>
    public ServiceTier? Tier { get; init; }

    /// <summary>The team that owns it; null where a person does, or nobody.</summary>
    public string? OwnerTeam { get; init; }

    /// <summary>The person who owns it; null where a team does, or nobody.</summary>
    public string? OwnerPerson { get; init; }

    /// <summary>The escalation policy or schedule that is called; null for the team's, or the owner.</summary>
    public string? OncallRotation { get; init; }

    /// <summary>Services that this one calls.</summary>
    public IReadOnlyList<string> Upstream { get; init; } = [];

    /// <summary>Services that call this one.</summary>
    public IReadOnlyList<string> Downstream { get; init; } = [];

    /// <summary><c>public</c>, <c>internal</c>, <c>confidential</c> or <c>restricted</c>.</summary>
    public string? DataClassification { get; init; }

    /// <summary><c>daily</c>, <c>weekly</c>, <c>biweekly</c> or <c>monthly</c>.</summary>
    public string? DeploymentFrequency { get; init; }

    /// <summary><c>monolith</c>, <c>microservice</c>, <c>serverless</c> or <c>hybrid</c>.</summary>
    public string? Architecture { get; init; }

    /// <summary>Programming language.</summary>
    public string? Language { get; init; }

    /// <summary><c>k8s</c>, <c>ECS</c>, <c>Lambda</c>, <c>VM</c> or <c>bare-metal</c>.</summary>
    public string? Infra { get; init; }

    /// <summary><c>steady</c>, <c>diurnal</c>, <c>spiky</c> or <c>seasonal</c>.</summary>
    public string? TrafficPattern { get; init; }

    /// <summary>Requests a second at the peak.</summary>
    public double? PeakRps { get; init; }

    /// <summary>Stored data, in GB.</summary>
    public double? StorageGb { get; init; }

    /// <summary>What it costs a month.</summary>
    public Money? MonthlyCost { get; init; }

    /// <summary>Where to read what to do, by name: <c>default</c>, or an alert's name.</summary>
    public IReadOnlyDictionary<string, Uri> Runbooks { get; init; } = new Dictionary<string, Uri>();

    /// <summary>Other links: dashboards, source.</summary>
    public IReadOnlyDictionary<string, Uri> Links { get; init; } = new Dictionary<string, Uri>();

    /// <summary>For filtering and routing.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>An amount with its currency.</summary>
/// <param name="Amount">How much.</param>
/// <param name="Currency">ISO 4217, such as <c>USD</c>.</param>
public sealed record Money(decimal Amount, string Currency);
