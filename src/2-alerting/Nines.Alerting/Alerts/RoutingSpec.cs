namespace Nines.Alerting.Alerts;

/// <summary>What somebody wants of the pipeline: the manifest <c>AlertRouting</c>, read.</summary>
public sealed record RoutingSpec
{
    /// <summary>Nothing said: what ships holds.</summary>
    public static RoutingSpec None { get; } = new();

    /// <summary>How each severity is treated where no branch says otherwise; those that are not named are treated as shipped.</summary>
    public IReadOnlyDictionary<AlertSeverity, RouteTimes> Defaults { get; init; } = new Dictionary<AlertSeverity, RouteTimes>();

    /// <summary>The branches, asked in order before what ships.</summary>
    public IReadOnlyList<RouteBranch> Branches { get; init; } = [];

    /// <summary>Named intervals.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TimeInterval>> Intervals { get; init; } = new Dictionary<string, IReadOnlyList<TimeInterval>>();

    /// <summary>Which alerts hold back which.</summary>
    public IReadOnlyList<InhibitRule> Inhibit { get; init; } = [];

    /// <summary>True where an acknowledged page of a service holds back alerts of services that need it.</summary>
    public bool InhibitAlongDependencies { get; init; }

    /// <summary>When an alert flaps.</summary>
    public FlapRule Flapping { get; init; } = FlapRule.Shipped;

    /// <summary>The severity guide; empty for the shipped one.</summary>
    public IReadOnlyList<SeverityRow> Severities { get; init; } = [];
}
