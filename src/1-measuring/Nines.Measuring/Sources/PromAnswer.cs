using System.Globalization;
using System.Text.Json;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Sources;

/// <summary>A series of an answer.</summary>
/// <param name="Labels">As the server gave them, its metric name among them.</param>
/// <param name="Samples">Time in milliseconds and value, ascending.</param>
public sealed record PromSeries(IReadOnlyList<Label> Labels, IReadOnlyList<(long UnixMs, double Value)> Samples);

/// <summary>The answer of a Prometheus-compatible query API. Reading never throws on bytes.</summary>
/// <param name="Error">Why there is no data, in words; null where there is.</param>
/// <param name="TooMuch">The error says that the query asked for too much at once.</param>
/// <param name="Partial">The server says that part of the data is missing.</param>
/// <param name="Series">The data.</param>
public sealed record PromAnswer(string? Error, bool TooMuch, bool Partial, IReadOnlyList<PromSeries> Series)
{
    /// <summary>Reads the body of a query.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="body">As received.</param>
    public static PromAnswer Read(int status, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(status, document.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return Failed(status == 200 ? "It answered something that is no query result." : Refusal(status));
        }
    }

    /// <summary>What a status that is no success says.</summary>
    public static string Refusal(int status) => status switch
    {
        401 => "It answered HTTP 401: it wants to know who asks. Give it a token or a password.",
        403 => "It answered HTTP 403: who asks may not read it.",
        404 => "It answered HTTP 404: there is no query API at this address.",
        _ => $"It answered HTTP {status}.",
    };

    /// <summary>An answer that is an error.</summary>
    public static PromAnswer Failed(string why, bool tooMuch = false) => new(why, tooMuch, false, []);

    private static PromAnswer Read(int status, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("status", out var outcome)) return Failed($"It answered HTTP {status} and no query result.");
        if (outcome.GetString() != "success")
        {
            var error = root.TryGetProperty("error", out var text) ? text.GetString() ?? "" : "";
            var type = root.TryGetProperty("errorType", out var kind) ? kind.GetString() ?? "error" : "error";
            var much = error.Contains("too many samples", StringComparison.OrdinalIgnoreCase) || error.Contains("exceeded maximum resolution", StringComparison.OrdinalIgnoreCase)
                || type is "timeout" || error.Contains("limit", StringComparison.OrdinalIgnoreCase);
            return Failed($"It answered {type}: {(error.Length > 300 ? error[..300] + "…" : error)}", much);
        }

        var data = root.GetProperty("data");
        var result = data.GetProperty("result");
        var series = new List<PromSeries>();
        if (data.GetProperty("resultType").GetString() is "matrix" or "vector")
            foreach (var one in result.EnumerateArray()) series.Add(One(one));
        else
            series.Add(new([], [Sample(result)]));
        return new(null, false, IsPartial(root), series);
    }

    private static PromSeries One(JsonElement element)
    {
        var labels = new List<Label>();
        foreach (var label in element.GetProperty("metric").EnumerateObject()) labels.Add(new(label.Name, label.Value.GetString() ?? ""));
        var samples = new List<(long, double)>();
        if (element.TryGetProperty("values", out var values))
            foreach (var value in values.EnumerateArray()) samples.Add(Sample(value));
        else if (element.TryGetProperty("value", out var single))
            samples.Add(Sample(single));
        return new(labels, samples);
    }

    private static (long UnixMs, double Value) Sample(JsonElement pair) => ((long)Math.Round(pair[0].GetDouble() * 1000), Number(pair[1].GetString() ?? ""));

    private static double Number(string text) => text switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    // Thanos, Cortex and Mimir say with a warning (older ones with a flag) that a store did not answer; other warnings concern the query's style.
    private static bool IsPartial(JsonElement root)
    {
        if (root.TryGetProperty("isPartial", out var flag) && flag.ValueKind == JsonValueKind.True) return true;
        if (!root.TryGetProperty("warnings", out var warnings) || warnings.ValueKind != JsonValueKind.Array) return false;
        foreach (var warning in warnings.EnumerateArray())
        {
            var text = warning.GetString() ?? "";
            if (text.Contains("partial", StringComparison.OrdinalIgnoreCase) || text.Contains("unavailable", StringComparison.OrdinalIgnoreCase)
                || text.Contains("fetch series", StringComparison.OrdinalIgnoreCase) || text.Contains("no store", StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
