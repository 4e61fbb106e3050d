using System.Text.Json;
using Nines.Alerting.Alerts;

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

    /// <summary>Writes it as Alertmanager does.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("alerts");
        foreach (var alert in Alerts) AlertJson.Write(json, alert);
        json.WriteEndArray();
        json.WriteStartObject("labels");
        foreach (var pair in Labels.Pairs) json.WriteString(pair.Key, pair.Value);
        json.WriteEndObject();
        json.WriteStartObject("receiver");
        json.WriteString("name", Receiver);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
