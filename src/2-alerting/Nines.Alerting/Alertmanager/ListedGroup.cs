using Nines.Alerting.Alerts;
using Nines.Kernel;

namespace Nines.Alerting.Alertmanager;

/// <summary>Alerts that are told together, as this API lists them.</summary>
/// <param name="Labels">What they share.</param>
/// <param name="Receiver">The route.</param>
/// <param name="Alerts">By fingerprint.</param>
public sealed record ListedGroup(AlertLabels Labels, string Receiver, IReadOnlyList<ListedAlert> Alerts)
{
    /// <summary>The groups in which something is asked for, by labels and receiver.</summary>
    public static IReadOnlyList<ListedGroup> Find(ListedAlerts listed, RouteTable routes, AlertQuery query)
    {
        var groups = new Dictionary<string, (string Route, List<ListedAlert> Alerts)>(StringComparer.Ordinal);
        foreach (var alert in listed.Find(query))
        {
            if (!groups.TryGetValue(alert.Alert.Group, out var group)) groups[alert.Alert.Group] = group = (alert.Alert.Route, []);
            group.Alerts.Add(alert);
        }

        return [.. groups.Values
            .Select(g => new ListedGroup(g.Alerts[0].Alert.Labels.Only(routes.Named(g.Route).GroupBy), g.Route, g.Alerts))
            .OrderBy(g => g.Labels.ToString(), StringComparer.Ordinal).ThenBy(g => g.Receiver, StringComparer.Ordinal)];
    }

    /// <summary>Writes groups as Alertmanager does; answers how much stands there after each piece, so that it may leave.</summary>
    public static IEnumerable<int> WriteAll(RawJson json, IReadOnlyList<ListedGroup> groups)
    {
        var rows = new AlertJson();
        json.Raw("["u8);
        for (var i = 0; i < groups.Count; i++)
        {
            json.Raw(i > 0 ? ",{\"alerts\":"u8 : "{\"alerts\":"u8);
            foreach (var written in rows.WriteAll(json, groups[i].Alerts)) yield return written;
            json.Raw(",\"labels\":"u8).Members(groups[i].Labels.Span).Raw(",\"receiver\":{\"name\":"u8).Text(groups[i].Receiver).Raw("}}"u8);
        }

        json.Raw("]"u8);
    }
}
