using System.Globalization;
using System.Text.Json.Serialization;

namespace Nines.Responding.Runner;

/// <summary>How a figure is held against its limit.</summary>
public enum QueryComparison
{
    /// <summary>Above it.</summary>
    Above,

    /// <summary>At it, or above.</summary>
    AtLeast,

    /// <summary>Below it.</summary>
    Below,

    /// <summary>At it, or below.</summary>
    AtMost,
}

/// <summary>A question with a figure as its answer, and what is expected of it; exactly one of the four sources is set.</summary>
/// <param name="Comparison">How it compares.</param>
/// <param name="Limit">With what.</param>
public sealed record QueryAction(QueryComparison Comparison, double Limit)
{
    /// <summary>An objective, whose <see cref="Figure"/> is asked.</summary>
    public string Objective { get; init; } = "";

    /// <summary><c>burn</c>, <c>remaining</c> or <c>sli</c>.</summary>
    public string Figure { get; init; } = "burn";

    /// <summary>The window of the burn.</summary>
    public string Window { get; init; } = "1h";

    /// <summary>Matchers: how many alerts fire that fit them all.</summary>
    public IReadOnlyList<string> Alerts { get; init; } = [];

    /// <summary>A selector of signals that an objective or a rule watches: the highest of their last values.</summary>
    public string Metric { get; init; } = "";

    /// <summary>A query for <see cref="Source"/>; of several series the highest counts.</summary>
    public string Promql { get; init; } = "";

    /// <summary>The data source that is asked.</summary>
    public string Source { get; init; } = "";

    /// <summary>True where a figure is as expected.</summary>
    public bool Holds(double value) => Comparison switch
    {
        QueryComparison.Above => value > Limit,
        QueryComparison.AtLeast => value >= Limit,
        QueryComparison.Below => value < Limit,
        _ => value <= Limit,
    };

    /// <summary>What is asked, in one line.</summary>
    [JsonIgnore]
    public string Words => $"{Subject} {Compared}";

    /// <summary>What is expected, such as <c>below 1</c>.</summary>
    [JsonIgnore]
    public string Compared => $"{Comparison switch { QueryComparison.Above => "above", QueryComparison.AtLeast => "at least", QueryComparison.Below => "below", _ => "at most" }} {Text(Limit)}";

    /// <summary>The figure in words.</summary>
    [JsonIgnore]
    public string Subject => this switch
    {
        { Objective.Length: > 0, Figure: "burn" } => $"burn of {Objective} over {Window}",
        { Objective.Length: > 0 } => $"{Figure} of {Objective}",
        { Alerts.Count: > 0 } => $"alerts that fire with {string.Join(", ", Alerts)}",
        { Metric.Length: > 0 } => Metric,
        _ => $"{Promql} at {Source}",
    };

    /// <summary>The answer in words.</summary>
    public string Says(double value) => $"{Subject} is {Text(value)}; {(Holds(value) ? "" : "not ")}{Compared}.";

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
