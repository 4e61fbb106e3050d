using Nines.Measuring.Indicators;
using NodaTime;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>An SLO as written, before references are followed.</summary>
internal sealed record SloDefinition(string Name, string DisplayName, string Description, string Service)
{
    /// <summary>The inline SLI.</summary>
    public IndicatorDefinition? Indicator { get; init; }

    /// <summary>The SLI by name.</summary>
    public string? IndicatorRef { get; init; }

    /// <summary>The budget's window.</summary>
    public ObjectiveWindow Window { get; init; } = ObjectiveWindow.Default;

    /// <summary>How the budget is counted.</summary>
    public BudgetingMethod Method { get; init; }

    /// <summary>At least one.</summary>
    public IReadOnlyList<SloObjective> Objectives { get; init; } = [];

    /// <summary>Alert policies, inline or by name; empty for the shipped one.</summary>
    public IReadOnlyList<PolicyUse> Policies { get; init; } = [];

    /// <summary>From annotations: what Nines reads beyond OpenSLO.</summary>
    public SloExtras Extras { get; init; } = new(null, null, null);

    /// <summary>True where each objective has an SLI of its own: OpenSLO's composite.</summary>
    public bool IsComposite => Objectives.Any(o => o.Indicator is not null || o.IndicatorRef is not null);
}

/// <summary>One entry of <c>objectives</c>.</summary>
internal sealed record SloObjective(int Index, string DisplayName, double Target)
{
    public ThresholdOperator? Operator { get; init; }

    public double? Value { get; init; }

    public double? TimeSliceTarget { get; init; }

    public Duration? TimeSliceWindow { get; init; }

    public IndicatorDefinition? Indicator { get; init; }

    public string? IndicatorRef { get; init; }

    public double Weight { get; init; } = 1;

    /// <summary>What tells it from others of its SLO.</summary>
    public string Suffix => DisplayName.Length > 0 ? DisplayName : Index.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>One entry of <c>alertPolicies</c>.</summary>
internal sealed record PolicyUse(string? Ref, AlertPolicyDefinition? Inline);

/// <summary>Annotations of an SLO that Nines reads: <c>nines/no-data</c>, <c>nines/stale-after</c>, <c>nines/min-failures</c>.</summary>
internal sealed record SloExtras(NoDataPolicy? NoData, Duration? StaleAfter, int? MinFailures);

/// <summary>An OpenSLO alert policy as written.</summary>
internal sealed record AlertPolicyDefinition(string Name, IReadOnlyList<ConditionUse> Conditions, IReadOnlyList<TargetUse> Targets, bool WhenBreaching, bool WhenResolved, bool WhenNoData);

/// <summary>One entry of <c>conditions</c>.</summary>
internal sealed record ConditionUse(string? Ref, AlertConditionDefinition? Inline);

/// <summary>One entry of <c>notificationTargets</c>.</summary>
internal sealed record TargetUse(string? Ref, NotificationTargetDefinition? Inline);

/// <summary>An OpenSLO alert condition as written: one window, one factor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Severity">What firing means, in Nines' words.</param>
/// <param name="Threshold">Burn above which it holds.</param>
/// <param name="Lookback">The window.</param>
/// <param name="AlertAfter">How long it must hold; zero for at once.</param>
internal sealed record AlertConditionDefinition(string Name, BurnSeverity Severity, double Threshold, Duration Lookback, Duration AlertAfter);

/// <summary>An OpenSLO notification target as written.</summary>
internal sealed record NotificationTargetDefinition(string Name, string Target, string Description);
