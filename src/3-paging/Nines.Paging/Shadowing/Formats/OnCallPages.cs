using System.Text.Json;
using Nines.Paging.Imports;
using NodaTime;

namespace Nines.Paging.Shadowing.Formats;

/// <summary>Grafana OnCall: outgoing webhooks with the whole payload forwarded, and answers of <c>/api/v1/alert_groups</c>.</summary>
internal static class OnCallPages
{
    /// <summary>One outgoing webhook.</summary>
    public static OutsideNews? Call(JsonElement root, Instant now)
    {
        var (group, type) = (root.At("alert_group"), root.At("event").At("type").Text());
        var id = group.At("id").Text() is { Length: > 0 } own ? own : root.Text("alert_group_id");
        if (id.Length == 0) return null;
        var at = OutsideJson.Moment(root.At("event").At("time")) ?? now;
        OutsideState? state = type switch
        {
            "acknowledge" => OutsideState.Acknowledged,
            "resolve" => OutsideState.Resolved,
            "unacknowledge" or "unresolve" => OutsideState.Open,
            _ => null,
        };
        var opened = OutsideJson.Moment(group.At("created_at"));
        return Group(group ?? root, id) with
        {
            ServiceId = root.At("integration").At("id").Text(),
            ServiceName = Service(root),
            OpenedAt = opened,
            Called = Called(root, opened ?? at),
            Turn = state is { } turned ? new(at, turned, OutsideJson.Name(root.At("user"), "username")) : null,
        };
    }

    /// <summary>Alert groups of the API: what became of them; it does not say whom they woke.</summary>
    public static IReadOnlyList<OutsideNews> Log(IReadOnlyList<JsonElement> files)
    {
        var said = new List<OutsideNews>();
        foreach (var group in files.SelectMany(f => f.List("results").Concat(f.At("alerts_count") is not null ? [f] : [])).Where(g => g.Text("id").Length > 0 && g.At("alerts_count") is not null))
        {
            said.Add(Group(group, group.Text("id")) with { OpenedAt = OutsideJson.Moment(group.At("created_at")), ServiceId = group.Text("integration_id") });
            if (OutsideJson.Moment(group.At("acknowledged_at")) is { } taken) said.Add(new() { Id = group.Text("id"), Turn = new(taken, OutsideState.Acknowledged, new(group.Text("acknowledged_by"), "", "")) });
            if (OutsideJson.Moment(group.At("resolved_at")) is { } over) said.Add(new() { Id = group.Text("id"), Turn = new(over, OutsideState.Resolved, new(group.Text("resolved_by"), "", "")) });
        }

        return said;
    }

    private static OutsideNews Group(JsonElement group, string id) => new() { Id = id, Title = group.Text("title"), Url = group.At("permalinks").At("web").Text() };

    private static string Service(JsonElement root)
    {
        foreach (var labels in (JsonElement?[])[root.At("alert_payload").At("commonLabels"), root.At("alert_payload").At("labels"), root.At("alert_group").At("labels"), root.At("integration").At("labels")])
            if (labels.At("service").Text() is { Length: > 0 } service) return service;
        return root.At("integration").At("name").Text();
    }

    /// <summary>Whom it told; before it told anybody, whoever comes first.</summary>
    private static (OutsideName, Instant, string, int)[] Called(JsonElement root, Instant at)
    {
        var told = root.List("notified_users").Select(u => (OutsideJson.Name(u, "username"), at, "notified", 1)).ToArray();
        if (told.Length > 0) return told;
        // Its documentation has both names.
        return [.. root.List("users_to_be_notified").Concat(root.List("users_to_notify")).Take(1).Select(u => (OutsideJson.Name(u, "username"), at, OutsideNews.Assigned, 1))];
    }
}
