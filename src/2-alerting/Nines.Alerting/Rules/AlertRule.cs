using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Alerting.Rules;

/// <summary>Which golden signal a rule watches. (Errors, the fourth, are what objectives watch.)</summary>
public enum GoldenSignal
{
    /// <summary>How long requests take.</summary>
    Latency,

    /// <summary>How many come.</summary>
    Traffic,

    /// <summary>How full something is.</summary>
    Saturation,
}

/// <summary>A golden-signal rule.</summary>
public sealed record AlertRule
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The service that it watches.</summary>
    public required string Service { get; init; }

    /// <summary>What it watches.</summary>
    public required GoldenSignal Signal { get; init; }

    /// <summary>A selector: of a histogram's name for latency, of a counter for traffic, of a gauge from 0 to 1 for saturation.</summary>
    public required string Metric { get; init; }

    /// <summary>How loud.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>How long the condition must hold; whole minutes.</summary>
    public required Duration For { get; init; }

    /// <summary>Latency: which quantile. Default 0.99.</summary>
    public double Quantile { get; init; } = 0.99;

    /// <summary>Latency: how many times its baseline. Default 2.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>Traffic: the share of the baseline whose loss alerts; null for none. Default 0.3.</summary>
    public double? Drop { get; init; }

    /// <summary>Traffic: the share of the baseline whose gain alerts; null for none. Default 0.5.</summary>
    public double? Spike { get; init; }

    /// <summary>Saturation: the level above which it alerts. Default 0.8.</summary>
    public double Above { get; init; } = 0.8;

    /// <summary>Latency: the histogram's bounds, in its own unit.</summary>
    public IReadOnlyList<double> Buckets { get; init; } = DefaultBuckets;

    /// <summary>What to do; null where nobody wrote it.</summary>
    public Uri? Runbook { get; init; }

    /// <summary>What users feel when it fires; empty where nobody wrote it.</summary>
    public string Impact { get; init; } = "";

    /// <summary>Minutes that the condition must hold.</summary>
    public int Minutes => (int)For.TotalMinutes;

    /// <summary>The bounds that client libraries ship (Prometheus) and those of Nines' ladder for OTLP.</summary>
    public static IReadOnlyList<double> DefaultBuckets { get; } =
    [
        0.001, 0.0015, 0.002, 0.0025, 0.003, 0.004, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4,
        0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10, 15, 20, 25, 30, 40, 50, 75, 100,
    ];
}
