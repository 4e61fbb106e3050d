using System.Globalization;
using Nines.Kernel;

namespace Nines.Measuring.Signals.Ui;

/// <summary>
/// An objective in the making, from a metric that comes in: what the form shows, and the OpenSLO document that it becomes.
/// </summary>
public sealed record ObjectiveDraft(string Name, string Service, string Good, string Total, string Target, string Window)
{
    // Where software puts the outcome of a request, and which values are failures of the service (never of its caller).
    private static readonly (string Label, string BadPattern)[] Outcomes =
    [
        ("code", "5.."), ("status", "5.."), ("status_code", "5.."), ("http_status", "5.."), ("http_response_status_code", "5.."), ("http_status_code", "5.."),
        ("grpc_code", "Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss"), ("rpc_grpc_status_code", "2|4|12|13|14|15"),
        ("outcome", "error|failure|SERVER_ERROR"), ("result", "error|failure"), ("success", "false"),
    ];

    private static readonly string[] Services = ["service", "service_name", "app", "job"];

    /// <summary>What a family suggests; <see cref="Good"/> is empty where good cannot be told from bad by its labels.</summary>
    public static ObjectiveDraft For(SignalFamily family, string? service = null)
    {
        var (label, known) = ServiceOf(family);
        var name = service ?? known ?? "";
        var shape = Measurable.ShapeOf(family.Name);
        var fixedPart = label is not null && name.Length > 0 ? $"{label}=\"{name}\"" : "";
        var (good, total) = shape == "histogram" ? Latency(family, fixedPart) : Ratio(family, fixedPart);
        return new($"{(name.Length > 0 ? Slug(name) : "service")}-{(shape == "histogram" ? "latency" : "availability")}", name, good, total, shape == "histogram" ? "99" : "99.9", "28d");
    }

    /// <summary>Services that a family's labels name.</summary>
    public static IReadOnlyList<string> ServicesOf(SignalFamily family) =>
        Services.Select(s => family.Labels.FirstOrDefault(l => l.Name == s)?.Values).FirstOrDefault(v => v is { Count: > 0 }) ?? [];

    /// <summary>The document, or what is wrong with the fields, each by its name in the form.</summary>
    public Outcome<string> ToManifest()
    {
        var problems = new List<Problem>();
        if (Name.Trim().Length == 0) problems.Add(Problem.Invalid("The objective has no name.", "Write one such as checkout-availability.", "name"));
        if (Service.Trim().Length == 0) problems.Add(Problem.Invalid("No service is named.", "Write the service whose users feel it.", "service"));
        if (!double.TryParse(Target.Trim().TrimEnd('%').Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var target) || target is <= 0 or >= 100)
            problems.Add(Problem.Invalid($"\"{Target}\" is no target.", "Write a per cent above 0 and below 100, such as 99.9.", "target"));
        if (!FieldDuration.TryParse(Window.Trim(), out _)) problems.Add(Problem.Invalid($"\"{Window}\" is no window.", "Write a number and a unit such as 28d.", "window"));
        CheckSelector(Good, "good", problems);
        CheckSelector(Total, "total", problems);
        return problems.Count > 0 ? Outcome<string>.Failed(problems) : Write(Math.Round(target / 100, 12));
    }

    private string Write(double target) => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: {{Quote(Name.Trim())}} }
        spec:
          service: {{Quote(Service.Trim())}}
          indicator:
            metadata: { name: {{Quote(Name.Trim() + "-indicator")}} }
            spec:
              ratioMetric:
                counter: true
                good:
                  metricSource: { type: nines, spec: { selector: {{Quote(Good.Trim())}} } }
                total:
                  metricSource: { type: nines, spec: { selector: {{Quote(Total.Trim())}} } }
          timeWindow: [{ duration: {{Window.Trim()}}, isRolling: true }]
          budgetingMethod: Occurrences
          objectives: [{ target: {{target.ToString("R", CultureInfo.InvariantCulture)}} }]

        """;

    private static (string Good, string Total) Ratio(SignalFamily family, string fixedPart)
    {
        var outcome = Outcomes.FirstOrDefault(o => family.Labels.Any(l => l.Name == o.Label));
        var total = Selector(family.Name, fixedPart);
        return outcome.Label is null ? ("", total) : (Selector(family.Name, fixedPart, $"{outcome.Label}!~\"{outcome.BadPattern}\""), total);
    }

    // The bucket whose bound is nearest to half a second, on the scale that people feel: ratios.
    private static (string Good, string Total) Latency(SignalFamily family, string fixedPart)
    {
        var stem = family.Name[..^"_bucket".Length];
        var bounds = family.Labels.FirstOrDefault(l => l.Name == "le")?.Values ?? [];
        var bound = bounds.Select(b => (Text: b, Value: double.TryParse(b, NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : double.NaN))
            .Where(b => double.IsFinite(b.Value) && b.Value > 0).OrderBy(b => Math.Abs(Math.Log(b.Value / (stem.Contains("milli", StringComparison.Ordinal) ? 500 : 0.5)))).FirstOrDefault();
        return (bound.Text is null ? "" : Selector(family.Name, fixedPart, $"le=\"{bound.Text}\""), Selector(stem + "_count", fixedPart));
    }

    private static (string? Label, string? Value) ServiceOf(SignalFamily family) =>
        Services.Select(s => family.Labels.FirstOrDefault(l => l.Name == s)).FirstOrDefault(l => l is { Values.Count: > 0 }) is { } label ? (label.Name, label.Values[0]) : (null, null);

    private static string Selector(string name, params string[] parts)
    {
        var all = string.Join(',', parts.Where(p => p.Length > 0));
        return all.Length == 0 ? name : $"{name}{{{all}}}";
    }

    private static void CheckSelector(string text, string field, List<Problem> problems)
    {
        if (text.Trim().Length == 0)
        {
            problems.Add(Problem.Invalid($"Nothing says which events are {(field == "good" ? "good" : "counted")}.", "Write a selector such as http_requests_total{code!~\"5..\"}.", field));
            return;
        }
        if (!Signals.Selector.TryParse(text.Trim(), out _, out var error)) problems.Add(Problem.Invalid(error, "Write a selector such as http_requests_total{code!~\"5..\"}.", field));
    }

    private static string Slug(string name) => string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
