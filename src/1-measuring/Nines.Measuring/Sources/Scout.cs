using System.Text.Json;
using Nines.Kernel;

namespace Nines.Measuring.Sources;

/// <summary>Looks at what a server has, with few and small questions, and proposes objectives.</summary>
internal sealed class Scout(PromClient client)
{
    private const int MaxMetrics = 150;

    // What a query of now sees: five minutes back.
    private const long LookBackMs = 300_000;

    /// <summary>Proposes; a problem where the server cannot be read or has nothing that a template fits.</summary>
    public async Task<Outcome<IReadOnlyList<Proposal>>> LookAsync(DataSource source, long nowMs, CancellationToken stop)
    {
        var (body, error) = await client.GetAsync(source, "api/v1/label/__name__/values", stop);
        if (error is not null) return new Problem(ProblemKind.Unavailable, $"{source.Url} cannot be read. {error}", "Check the address; it is the one of the server itself, without /api.");
        if (Names(body) is not { } names) return new Problem(ProblemKind.Unavailable, $"{source.Url} answers, but not as a Prometheus does.", "Check the address; it is the one of the server itself, without /api.");
        var seen = new List<SeenMetric>();
        string? missed = null;
        foreach (var name in names.Where(name => SliTemplates.All.Any(template => template.Fit(name) is not null)).Take(MaxMetrics))
        {
            var (metric, wrong) = await MetricAsync(source, name, nowMs, stop);
            if (metric is not null) seen.Add(metric);
            missed ??= wrong;
        }

        var proposals = Proposals.From(seen);
        if (proposals.Count > 0) return Outcome<IReadOnlyList<Proposal>>.Of(proposals);
        return missed is not null
            ? new Problem(ProblemKind.Unavailable, $"{source.Url} lists its metrics, but cannot be asked for them. {missed}", "Try the query \"up\" in its own browser page first.")
            : Problem.NotFound($"{source.Url} has {names.Count} metrics, but none that a shipped template fits.", "Write an objective by hand: nines explain SLO shows one.");
    }

    // Names of all labels first: the values of most of them (paths, pods) are many, and nobody needs them.
    private async Task<(SeenMetric? Metric, string? Error)> MetricAsync(DataSource source, string name, long nowMs, CancellationToken stop)
    {
        var (body, error) = await client.GetAsync(source, $"api/v1/labels?match[]={Uri.EscapeDataString(name)}&start={(nowMs - LookBackMs) / 1000}&end={nowMs / 1000}", stop);
        if (error is not null || Names(body) is not { } labels) return (null, error ?? "It does not answer as a Prometheus does.");
        var query = $"group by ({string.Join(',', labels.Where(SeenMetric.Read.Contains))}) ({name})";
        var answer = await client.PostAsync(source, "api/v1/query", [new("query", query), new("time", (nowMs / 1000).ToString())], stop);
        if (answer.Error is not null || answer.Partial) return (null, answer.Error ?? "Part of its data is missing, it says.");
        return (new(name, [.. answer.Series.Select(series => (IReadOnlyDictionary<string, string>)series.Labels.ToDictionary(label => label.Name, label => label.Value))], labels.ToHashSet(StringComparer.Ordinal)), null);
    }

    private static IReadOnlyList<string>? Names(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return [.. document.RootElement.GetProperty("data").EnumerateArray().Select(name => name.GetString() ?? "").Where(name => name.Length > 0)];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
