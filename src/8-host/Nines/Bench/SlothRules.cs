using System.Text;

namespace Nines.Host.Bench;

/// <summary>
/// The Prometheus rules that Sloth (v0.11) writes for one objective of 99.9 % over 30 days: 8 recordings of the
/// error ratio, 7 of metadata, 2 alerts, in 3 groups. What Nines' cost an objective is compared with.
/// </summary>
internal static class SlothRules
{
    /// <summary>Rules of one objective.</summary>
    public const int RulesOfOne = 17;

    private const string Budget = "0.001";
    private static readonly string[] Windows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"];

    /// <summary>A rule file for jobs <c>svc-0</c> to <c>svc-(n-1)</c>.</summary>
    public static string File(int objectives)
    {
        var text = new StringBuilder("groups:\n");
        for (var i = 0; i < objectives; i++) AddObjective(text, i);
        return text.ToString();
    }

    private static void AddObjective(StringBuilder text, int i)
    {
        var id = $"svc-{i}-availability";
        var labels = $"{{sloth_id: {id}, sloth_service: svc-{i}, sloth_slo: availability";
        var match = $"sloth_id=\"{id}\", sloth_service=\"svc-{i}\", sloth_slo=\"availability\"";
        text.Append($"- name: sloth-slo-sli-recordings-{id}\n  rules:\n");
        foreach (var w in Windows)
        {
            Record(
                text, $"slo:sli_error:ratio_rate{w}", $"{labels}, sloth_window: {w}}}",
                $"(sum(rate(http_requests_total{{job=\"svc-{i}\",code=~\"(5..|429)\"}}[{w}]))) / (sum(rate(http_requests_total{{job=\"svc-{i}\"}}[{w}])))");
        }

        Record(
            text, "slo:sli_error:ratio_rate30d", $"{labels}, sloth_window: 30d}}",
            $"sum_over_time(slo:sli_error:ratio_rate5m{{{match}}}[30d]) / ignoring (sloth_window) count_over_time(slo:sli_error:ratio_rate5m{{{match}}}[30d])");
        AddMetadata(text, id, labels + "}", match);
        text.Append($"- name: sloth-slo-alerts-{id}\n  rules:\n");
        Alert(text, i, "page", match, ("14.4", "5m", "1h"), ("6", "30m", "6h"));
        Alert(text, i, "ticket", match, ("3", "2h", "1d"), ("1", "6h", "3d"));
    }

    private static void AddMetadata(StringBuilder text, string id, string labels, string match)
    {
        const string on = "on(sloth_id, sloth_slo, sloth_service) group_left";
        text.Append($"- name: sloth-slo-meta-recordings-{id}\n  rules:\n");
        Record(text, "slo:objective:ratio", labels, "vector(0.999)");
        Record(text, "slo:error_budget:ratio", labels, "vector(1-0.999)");
        Record(text, "slo:time_period:days", labels, "vector(30)");
        Record(text, "slo:current_burn_rate:ratio", labels, $"slo:sli_error:ratio_rate5m{{{match}}} / {on} slo:error_budget:ratio{{{match}}}");
        Record(text, "slo:period_burn_rate:ratio", labels, $"slo:sli_error:ratio_rate30d{{{match}}} / {on} slo:error_budget:ratio{{{match}}}");
        Record(text, "slo:period_error_budget_remaining:ratio", labels, $"1 - slo:period_burn_rate:ratio{{{match}}}");
        Record(text, "sloth_slo_info", labels, "vector(1)");
    }

    private static void Record(StringBuilder text, string name, string labels, string expression) =>
        text.Append($"  - record: {name}\n    labels: {labels}\n    expr: '{expression}'\n");

    private static void Alert(
        StringBuilder text, int i, string severity, string match, (string Factor, string Short, string Long) quick, (string Factor, string Short, string Long) slow)
    {
        string Part(string factor, string window) => $"max(slo:sli_error:ratio_rate{window}{{{match}}} > ({factor} * {Budget})) without (sloth_window)";
        string Pair((string Factor, string Short, string Long) p) => $"({Part(p.Factor, p.Short)} and {Part(p.Factor, p.Long)})";
        text.Append($"  - alert: HighErrorRate{i}\n    labels: {{sloth_severity: {severity}, service: svc-{i}}}\n    expr: '{Pair(quick)} or {Pair(slow)}'\n");
    }
}
