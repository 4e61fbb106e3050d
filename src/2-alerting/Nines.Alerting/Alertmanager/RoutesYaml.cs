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

    /// <summary>The names of all routes, the loudest first, those that ship before the branches.</summary>
    public static IReadOnlyList<string> Receivers(RouteTable routes) =>
        [.. routes.Otherwise.Select(r => r.Name).Concat(RouteTable.All(routes.Branches).SelectMany(n => n.Routes).Select(r => r.Name)).Distinct(StringComparer.Ordinal)];

    /// <summary>The text.</summary>
    public static string Write(RouteTable routes, Duration timeout, AlertSeverity without)
    {
        var text = new StringBuilder();
        text.Append("global:\n  resolve_timeout: ").Append(FieldDuration.Format(timeout)).Append("\nroute:\n");
        Write(text, routes.Otherwise.First(r => r.Severity == without), "  ");
        text.Append("  routes:\n");
        foreach (var node in routes.Branches) Write(text, node, without, "  ");
        BySeverity(text, routes.Otherwise, "  ");
        text.Append("receivers:\n");
        foreach (var name in Receivers(routes)) text.Append("- name: ").Append(Quoted(name)).Append('\n');
        return text.ToString();
    }

    private static void Write(StringBuilder text, RouteNode node, AlertSeverity without, string indent)
    {
        text.Append(indent).Append("- matchers: [").AppendJoin(", ", node.Branch.Match.Select(m => Quoted(m.ToString()))).Append("]\n");
        if (node.Branch.Continue) text.Append(indent).Append("  continue: true\n");
        Write(text, node.For(without), indent + "  ");
        text.Append(indent).Append("  routes:\n");
        foreach (var below in node.Branches) Write(text, below, without, indent + "  ");
        BySeverity(text, node.Routes, indent + "  ");
    }

    /// <summary>One route a severity, chosen by the words of the severity guide.</summary>
    private static void BySeverity(StringBuilder text, IReadOnlyList<Route> routes, string indent)
    {
        foreach (var severity in Enum.GetValues<AlertSeverity>())
        {
            var words = SeverityWords.All.Where(w => w.Value == severity).Select(w => w.Key).Order(StringComparer.Ordinal);
            text.Append(indent).Append("- matchers: [").Append(Quoted($"severity=~\"(?i:{string.Join('|', words)})\"")).Append("]\n");
            Write(text, routes[(int)severity], indent + "  ");
        }
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
