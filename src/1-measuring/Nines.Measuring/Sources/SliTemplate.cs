namespace Nines.Measuring.Sources;

/// <summary>A shipped way to measure a service from metrics that are there already.</summary>
/// <param name="Name">Last part of the objective's name.</param>
/// <param name="Worlds">Conventions of naming that it knows, the preferred first.</param>
/// <param name="Target">The objective that is proposed.</param>
/// <param name="Words">What is measured, as a sentence without its end.</param>
internal sealed record SliTemplate(string Name, IReadOnlyList<MetricWorld> Worlds, double Target, string Words)
{
    /// <summary>Seconds in which a request shall be answered; null where latency is not measured.</summary>
    public double? LatencySeconds { get; init; }

    /// <summary>True where the metric is a gauge of 0 and 1, read as a ratio.</summary>
    public bool Raw { get; init; }

    /// <summary>The world that a metric's name belongs to and its rank, lower is better; null where the template does not fit.</summary>
    public (MetricWorld World, int Rank)? Fit(string metric)
    {
        var rank = 0;
        foreach (var world in Worlds)
            foreach (var wanted in LatencySeconds is null ? world.Counters : world.Histograms)
            {
                if (wanted[0] == '*' ? MetricWorlds.IsIncoming(metric) && metric.EndsWith(wanted[1..], StringComparison.Ordinal) : metric == wanted) return (world, rank);
                rank++;
            }

        return null;
    }
}

/// <summary>
/// The shipped templates. Targets are starting points that a team changes: availability 99.9 %; 95 % of the requests within 500 ms and
/// 99 % within 1 s, which is what "P95 under 500 ms, P99 under 1000 ms" says in counts.
/// </summary>
internal static class SliTemplates
{
    /// <summary>What is proposed for a whole server.</summary>
    public static IReadOnlyList<SliTemplate> All { get; } =
    [
        new("availability", MetricWorlds.Http, 0.999, "Requests answered without a server error"),
        new("latency-p95", MetricWorlds.Http, 0.95, "Requests") { LatencySeconds = 0.5 },
        new("latency-p99", MetricWorlds.Http, 0.99, "Requests") { LatencySeconds = 1 },
        new("grpc-availability", MetricWorlds.Grpc, 0.999, "Calls that do not end with an error of the server"),
        new("grpc-latency-p95", MetricWorlds.Grpc, 0.95, "Calls") { LatencySeconds = 0.5 },
        new("grpc-latency-p99", MetricWorlds.Grpc, 0.99, "Calls") { LatencySeconds = 1 },
        new("probe", [MetricWorlds.Blackbox], 0.999, "Probes from outside that succeed") { Raw = true },
    ];

    /// <summary>What is offered for one metric that somebody looks at: too many metrics fit to propose it unasked.</summary>
    public static IReadOnlyList<SliTemplate> OnRequest { get; } =
    [
        new("success", [MetricWorlds.Events], 0.999, "Events that succeed"),
        new("latency-p95", [MetricWorlds.AnyHistogram], 0.95, "Events") { LatencySeconds = 0.5 },
    ];
}
