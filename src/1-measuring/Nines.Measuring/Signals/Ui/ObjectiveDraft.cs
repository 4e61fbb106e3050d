using System.Globalization;
using Nines.Kernel;
using Nines.Measuring.Sources;

namespace Nines.Measuring.Signals.Ui;

/// <summary>
/// An objective in the making, from a metric that comes in: what the form shows, and the OpenSLO document that it becomes.
/// </summary>
public sealed record ObjectiveDraft(string Name, string Service, string Good, string Total, string Target, string Window)
{
    private static readonly string[] Services = ["service", "service_name", "app", "job"];

    /// <summary>What the shipped templates make of a family; <see cref="Good"/> is empty where they cannot tell good from bad.</summary>
    public static ObjectiveDraft For(SignalFamily family, string? service = null)
    {
        var offered = Proposals.From(family).Where(proposal => !proposal.Raw).ToArray();
        var chosen = offered.FirstOrDefault(proposal => service is null || proposal.Service == Slug(service)) ?? offered.FirstOrDefault();
        if (chosen is not null) return new(chosen.Name, chosen.Service, chosen.Good, chosen.Total, (chosen.Target * 100).ToString("0.####", CultureInfo.InvariantCulture), "28d");
        var (label, known) = ServiceOf(family);
        var name = service ?? known ?? "";
        var fixedPart = label is not null && name.Length > 0 ? $"{{{label}=\"{name}\"}}" : "";
        return new($"{(name.Length > 0 ? Slug(name) : "service")}-availability", name, "", family.Name + fixedPart, "99.9", "28d");
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

    private static (string? Label, string? Value) ServiceOf(SignalFamily family) =>
        Services.Select(s => family.Labels.FirstOrDefault(l => l.Name == s)).FirstOrDefault(l => l is { Values.Count: > 0 }) is { } label ? (label.Name, label.Values[0]) : (null, null);

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
