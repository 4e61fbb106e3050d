using System.Text;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alertmanager;

/// <summary>
/// The routes of Nines as a configuration of Alertmanager, so that <c>amtool config routes</c> can show and try them. Only
/// keys that Alertmanager knows: amtool reads it strictly.
/// </summary>
public static class RoutesYaml
{
    private static readonly Duration Never = Duration.FromDays(365);

    /// <summary>The text.</summary>
    public static string Write(RouteTable routes, Duration timeout, AlertSeverity without)
    {
        var text = new StringBuilder();
        text.Append("global:\n  resolve_timeout: ").Append(FieldDuration.Format(timeout)).Append("\nroute:\n");
        var last = routes.All.FirstOrDefault(r => r.Severity == without) ?? routes.All[^1];
        Write(text, last, "  ");
        text.Append("  routes:\n");
        foreach (var route in routes.All)
        {
            var words = SeverityWords.All.Where(w => w.Value == route.Severity).Select(w => w.Key).Order(StringComparer.Ordinal);
            text.Append("  - matchers: [ ").Append(Quoted($"severity=~\"(?i:{string.Join('|', words)})\"")).Append(" ]\n");
            Write(text, route, "    ");
        }

        text.Append("receivers:\n");
        foreach (var name in routes.All.Select(r => r.Name).Distinct(StringComparer.Ordinal)) text.Append("- name: ").Append(Quoted(name)).Append('\n');
        return text.ToString();
    }

    private static void Write(StringBuilder text, Route route, string indent)
    {
        text.Append(indent).Append("receiver: ").Append(Quoted(route.Name)).Append('\n');
        text.Append(indent).Append("group_by: [").AppendJoin(", ", route.GroupBy.Select(Quoted)).Append("]\n");
        text.Append(indent).Append("group_wait: ").Append(FieldDuration.Format(route.Wait)).Append('\n');
        text.Append(indent).Append("group_interval: ").Append(FieldDuration.Format(Duration.Max(route.Interval, Duration.FromSeconds(1)))).Append('\n');
        text.Append(indent).Append("repeat_interval: ").Append(FieldDuration.Format(route.Repeat ?? Never)).Append('\n');
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
