namespace Nines.Host.Bench;

/// <summary>The manifests that benchmarks apply, as a user would write them.</summary>
internal static class BenchManifests
{
    /// <summary>An OpenSLO availability objective over request counters of one matcher.</summary>
    public static string Availability(string name, string matcher) => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: {{name}}-availability }
        spec:
          service: {{name}}
          indicator:
            metadata: { name: {{name}}-requests }
            spec:
              ratioMetric:
                counter: true
                good: { metricSource: { type: nines, spec: { selector: 'http_requests_total{ {{matcher}},code!~"5.."}' } } }
                total: { metricSource: { type: nines, spec: { selector: 'http_requests_total{ {{matcher}}}' } } }
          timeWindow: [{ duration: 30d, isRolling: true }]
          budgetingMethod: Occurrences
          objectives: [{ target: 0.999 }]
        ---
        apiVersion: nines/v1
        kind: Service
        metadata: { name: {{name}} }
        spec: { tier: standard }

        """;

    /// <summary>A target that Nines reads itself.</summary>
    public static string Target(string name, Uri address, string interval) => $$"""
        apiVersion: nines/v1
        kind: ScrapeTarget
        metadata: { name: {{name}} }
        spec:
          targets: ["{{address.Authority}}"]
          interval: {{interval}}
          sampleLimit: 200000
          bodyLimit: 100000000

        """;
}
