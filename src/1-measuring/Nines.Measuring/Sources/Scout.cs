using System.Text.Json;
using Nines.Kernel;

namespace Nines.Measuring.Sources;

/// <summary>Looks at what a server has, with few and small questions, and proposes objectives.</summary>
internal sealed class Scout(PromClient client)
{
    private const int MaxMetrics = 150;

    /// <summary>Proposes; a problem where the server cannot be read or has nothing that a template fits.</summary>
    public async Task<Outcome<IReadOnlyList<Proposal>>> LookAsync(DataSource source, long nowMs, CancellationToken stop)
    {
        var (body, error) = await client.GetAsync(source, "api/v1/label/__name__/values", stop);
        if (error is not null) return new Problem(ProblemKind.Unavailable, $"{source.Url} cannot be read. {error}", "Check the address; it is the one of the server itself, without /api.");
        if (Names(body) is not { } names) return new Problem(ProblemKind.Unavailable, $"{source.Url} answers, but not as a Prometheus does.", "Check the address; it is the one of the server itself, without /api.");
        var seen = new List<SeenMetric>();
        foreach (var name in names.Where(name => SliTemplates.All.Any(template => SliTemplates.RankOf(template, name) is not null)).Take(MaxMetrics))
        {
            var query = $"group by ({string.Join(',', SliTemplates.Looked.Where(label => label != "instance"))}) ({name})";
            var answer = await client.PostAsync(source, "api/v1/query", [new("query", query), new("time", (nowMs / 1000).ToString())], stop);
            if (answer.Error is null) seen.Add(new SeenMetric(name, [.. answer.Series.Select(series => (IReadOnlyDictionary<string, string>)series.Labels.ToDictionary(label => label.Name, label => label.Value))]));
        }

        var proposals = Proposals.From(seen);
        return proposals.Count > 0
            ? Outcome<IReadOnlyList<Proposal>>.Of(proposals)
            : Problem.NotFound($"{source.Url} has {names.Count} metrics, but none that a shipped template fits.", "Write an objective by hand: nines explain SLO shows one.");
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
