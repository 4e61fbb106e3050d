using System.Text.Json.Serialization;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>The status of one objective as contract.md promises it; figures are null where there is no data.</summary>
public sealed record ObjectiveStatus
{
    /// <summary>Its address.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The SLO document that it belongs to.</summary>
    public required string Slo { get; init; }

    /// <summary>Its service.</summary>
    public required string Service { get; init; }

    /// <summary>T.</summary>
    public required double Target { get; init; }

    /// <summary>The window as written: <c>30d</c>, <c>1M</c>.</summary>
    public required string Window { get; init; }

    /// <summary>How the budget is counted.</summary>
    public required BudgetingMethod Method { get; init; }

    /// <summary>How it stands; <c>nodata</c> is a state of its own.</summary>
    [JsonConverter(typeof(StateWordConverter))]
    public required BudgetState State { get; init; }

    /// <summary>Good events (or slices) of the window.</summary>
    public required double Good { get; init; }

    /// <summary>All events (or slices) of the window.</summary>
    public required double Total { get; init; }

    /// <summary>Good over total.</summary>
    public required double? Sli { get; init; }

    /// <summary>The budget.</summary>
    public required BudgetStatus Budget { get; init; }

    /// <summary>Burn by window.</summary>
    public required IReadOnlyList<BurnStatus> Burn { get; init; }

    /// <summary>Page and ticket.</summary>
    public required IReadOnlyList<AlertStatus> Alerts { get; init; }

    /// <summary>The watched pairs with their limits.</summary>
    public required IReadOnlyList<PairStatus> Pairs { get; init; }

    /// <summary>Minutes a total outage needs to page; null when nothing pages.</summary>
    public required int? OutageMinutesToPage { get; init; }

    /// <summary>The newest minute with events ended here; null before the first.</summary>
    public required Instant? LastEventAt { get; init; }

    /// <summary>Since when the source is silent; null while it is heard.</summary>
    public required Instant? SilentSince { get; init; }

    /// <summary>What is worth knowing: dropped pairs, a target finer than the traffic, more good than total events.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>The members of a composite, those of composites in it included; null for a plain objective.</summary>
    public IReadOnlyList<MemberStatus>? Members { get; init; }

    /// <summary>All objectives of the same SLO; null unless there are several.</summary>
    public IReadOnlyList<ObjectiveStatus>? Objectives { get; init; }
}

/// <summary>A budget as figures.</summary>
/// <param name="Remaining">By N̂: what states and freezes use.</param>
/// <param name="PlainRemaining">By the events seen.</param>
/// <param name="WithExcluded">As if nothing were excluded; equal to Remaining without exclusions.</param>
/// <param name="RemainingMinutes">Minutes of a total outage that it would still bear.</param>
/// <param name="Spent7d">Share spent in the last 7 d.</param>
/// <param name="Allowed">b·N̂: failures that the whole period may hold.</param>
/// <param name="Failed">Failures so far.</param>
/// <param name="CoveredMinutes">Minutes of the window for which data came.</param>
/// <param name="PeriodStart">Where the window begins.</param>
/// <param name="PeriodEnd">Where it ends; now for a rolling one.</param>
/// <param name="Exhausts">When it is gone at the rate of the last 1h, 6h, 24h; null for never.</param>
public sealed record BudgetStatus(
    double? Remaining, double? PlainRemaining, double? WithExcluded, double? RemainingMinutes, double? Spent7d, double? Allowed, double? Failed,
    double CoveredMinutes, Instant PeriodStart, Instant PeriodEnd, IReadOnlyDictionary<string, Instant?> Exhausts);

/// <summary>A member of a composite.</summary>
/// <param name="Objective">Its name.</param>
/// <param name="Weight">Its weight, with those of the composites between; for slices its share of them all.</param>
/// <param name="Burn">Its own burn of the last hour; null without events.</param>
/// <param name="Share">Its share of the composite's burn of the last hour.</param>
/// <param name="Spent">Share of its own budget that it has spent, over the composite's window; null for slices, which share one budget.</param>
/// <param name="NoData">What its missing minutes count as.</param>
/// <param name="SilentSince">Since when its source is silent; null while it is heard.</param>
public sealed record MemberStatus(string Objective, double Weight, double? Burn, double Share, double? Spent, NoDataPolicy NoData, Instant? SilentSince);

/// <summary>Burn of one window; null without events.</summary>
public sealed record BurnStatus(string Window, double? Rate, bool Partial);

/// <summary>An alert of one severity.</summary>
public sealed record AlertStatus(BurnSeverity Severity, AlertPhase State, Instant? Since, string? Reason);

/// <summary>A window pair with its limit and what it measures now.</summary>
/// <param name="Severity">How loud.</param>
/// <param name="Long">The long window.</param>
/// <param name="Short">The short window.</param>
/// <param name="Factor">The burn to be exceeded.</param>
/// <param name="LongBurn">Burn of what came in the long window; null without events.</param>
/// <param name="ShortBurn">The same of the short one.</param>
/// <param name="Holds">True where both are over the limit.</param>
/// <param name="Partial">True where minutes of the long window have no data.</param>
/// <param name="LongAsked">Burn that is held against the limit: minutes without data count as clean (semantics.md 5).</param>
/// <param name="ShortAsked">The same of the short one.</param>
public sealed record PairStatus(
    BurnSeverity Severity, string Long, string Short, double Factor, double? LongBurn, double? ShortBurn, bool Holds, bool Partial, double? LongAsked, double? ShortAsked);

/// <summary>Writes a state as one lower-case word, as contract.md does: <c>nodata</c>.</summary>
internal sealed class StateWordConverter : JsonConverter<BudgetState>
{
    public override BudgetState Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) =>
        Enum.TryParse<BudgetState>(reader.GetString(), ignoreCase: true, out var state) ? state : throw new System.Text.Json.JsonException("Not a state of a budget.");

    public override void Write(System.Text.Json.Utf8JsonWriter writer, BudgetState value, System.Text.Json.JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString().ToLowerInvariant());
}
