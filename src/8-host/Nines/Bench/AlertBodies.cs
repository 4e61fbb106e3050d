using System.Globalization;
using System.Text.Json;

namespace Nines.Host.Bench;

/// <summary>Alerts as a Prometheus sends them, the same for every server: six labels, two annotations, an end two hours ahead.</summary>
internal static class AlertBodies
{
    /// <summary>Bodies of <paramref name="batch"/> alerts each, over so many groups.</summary>
    public static IReadOnlyList<byte[]> Build(int alerts, int batch, int groups, DateTimeOffset now, DateTimeOffset end, string name = "HighErrorRate") =>
        [.. Enumerable.Range(0, alerts).Select(i => Alert(i, groups, now, end, name)).Chunk(batch).Select(b => JsonSerializer.SerializeToUtf8Bytes(b))];

    /// <summary>One alert.</summary>
    public static Dictionary<string, object> Alert(int i, int groups, DateTimeOffset now, DateTimeOffset? end = null, string name = "HighErrorRate") => new()
    {
        ["labels"] = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["alertname"] = name,
            ["slo"] = $"svc-{i % groups}-availability",
            ["service"] = $"svc-{i % groups}",
            ["pod"] = $"svc-{i % groups}-pod-{i}",
            ["severity"] = "page",
            ["cluster"] = "eu-1",
        },
        ["annotations"] = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["summary"] = "SLO error budget burn rate is over expected.",
            ["runbook_url"] = "https://runbooks.example/slo",
        },
        ["startsAt"] = Time(now),
        ["endsAt"] = Time(end ?? now.AddHours(2)),
        ["generatorURL"] = "http://prometheus.example/graph?g0.expr=x",
    };

    public static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
