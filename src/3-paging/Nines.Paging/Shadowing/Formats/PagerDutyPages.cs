using System.Text.Json;
using Nines.Paging.Imports;
using NodaTime;

namespace Nines.Paging.Shadowing.Formats;

/// <summary>PagerDuty: webhooks of version 3, and answers of <c>/incidents</c> and <c>/log_entries</c>.</summary>
internal static class PagerDutyPages
{
    /// <summary>One webhook event; null for what is no news about whom an incident woke.</summary>
    public static OutsideNews? Call(JsonElement root)
    {
        var happened = root.At("event");
        var type = happened.At("event_type").Text();
        var data = happened.At("data");
        var at = OutsideJson.Moment(happened.At("occurred_at"));
        if (at is null || data.At("type").Text() != "incident" || data.At("id").Text().Length == 0) return null;
        var state = type switch
        {
            "incident.triggered" or "incident.escalated" or "incident.reassigned" or "incident.delegated" => OutsideState.Open,
            "incident.reopened" or "incident.unacknowledged" => OutsideState.Open,
            "incident.acknowledged" => OutsideState.Acknowledged,
            "incident.resolved" => OutsideState.Resolved,
            _ => (OutsideState?)null,
        };
        if (state is null) return null;
        // Only these two say that nobody has it any more; the others leave it as it is.
        var turns = state != OutsideState.Open || type is "incident.reopened" or "incident.unacknowledged";
        var calls = type is "incident.triggered" or "incident.escalated" or "incident.reassigned" or "incident.delegated";
        return Incident(data!.Value, "title") with
        {
            Called = calls ? [.. data.At("assignees").List().Select(a => (OutsideJson.Name(a), at.Value, OutsideNews.Assigned, type == "incident.triggered" ? 1 : 2))] : [],
            Turn = turns ? new(at.Value, state.Value, OutsideJson.Name(happened.At("agent"))) : null,
        };
    }

    /// <summary>Incidents with their log entries, which may come in files of their own.</summary>
    public static IReadOnlyList<OutsideNews> Log(IReadOnlyList<JsonElement> files)
    {
        var said = new List<OutsideNews>();
        foreach (var incident in files.SelectMany(f => f.List("incidents").Concat(f.At("incident") is { } one ? [one] : [])).Where(i => i.Text("id").Length > 0)) said.AddRange(Incident(incident));
        var levels = new Dictionary<string, int>(StringComparer.Ordinal);
        // The API answers the newest first; levels count from the oldest.
        foreach (var entry in files.SelectMany(f => f.List("log_entries")).Select(e => (Entry: e, At: OutsideJson.Moment(e.At("created_at")))).Where(e => e.At is not null).OrderBy(e => e.At))
            if (Entry(entry.Entry, entry.At!.Value, levels) is { } news) said.Add(news);
        return said;
    }

    private static IEnumerable<OutsideNews> Incident(JsonElement incident)
    {
        var news = Incident(incident, "title");
        if (news.Title.Length == 0) news = news with { Title = incident.Text("description") };
        yield return news with { Called = [.. incident.List("assignments").Select(a => (OutsideJson.Name(a.At("assignee")), OutsideJson.Moment(a.At("at")) ?? news.OpenedAt ?? Instant.FromUnixTimeSeconds(0), OutsideNews.Assigned, 2))] };
        foreach (var taken in incident.List("acknowledgements"))
            if (OutsideJson.Moment(taken.At("at")) is { } at) yield return new() { Id = news.Id, Turn = new(at, OutsideState.Acknowledged, OutsideJson.Name(taken.At("acknowledger"))) };
        if (incident.Text("status") == "resolved" && (OutsideJson.Moment(incident.At("resolved_at")) ?? OutsideJson.Moment(incident.At("last_status_change_at"))) is { } over)
            yield return new() { Id = news.Id, Turn = new(over, OutsideState.Resolved, OutsideJson.Name(incident.At("last_status_change_by"))) };
    }

    private static OutsideNews Incident(JsonElement incident, string title) => new()
    {
        Id = incident.Text("id"),
        Key = incident.Text("incident_key"),
        Title = incident.Text(title),
        Url = incident.Text("html_url"),
        ServiceId = incident.At("service").At("id").Text(),
        ServiceName = incident.At("service").At("summary").Text(),
        OpenedAt = OutsideJson.Moment(incident.At("created_at")),
        Urgent = incident.Text("urgency") is { Length: > 0 } urgency ? urgency == "high" : null,
    };

    private static OutsideNews? Entry(JsonElement entry, Instant at, Dictionary<string, int> levels)
    {
        var id = entry.At("incident").At("id").Text();
        if (id.Length == 0) return null;
        var level = levels.GetValueOrDefault(id, 1);
        var news = new OutsideNews { Id = id };
        switch (entry.Text("type").Replace("_reference", "", StringComparison.Ordinal))
        {
            case "trigger_log_entry":
                return news with { OpenedAt = at, ServiceId = entry.At("service").At("id").Text(), ServiceName = entry.At("service").At("summary").Text(), Title = entry.At("event_details").At("description").Text() };
            case "assign_log_entry":
                return news with { Called = [.. entry.List("assignees").Select(a => (OutsideJson.Name(a), at, OutsideNews.Assigned, level))] };
            case "escalate_log_entry":
                levels[id] = ++level;
                return news with { Called = [.. entry.List("assignees").Select(a => (OutsideJson.Name(a), at, OutsideNews.Assigned, level))] };
            case "notify_log_entry" when entry.At("user") is { } user:
                return news with { Called = [(OutsideJson.Name(user), at, Way(entry.At("channel")), level)] };
            case "acknowledge_log_entry":
                return news with { Turn = new(at, OutsideState.Acknowledged, OutsideJson.Name(entry.At("agent"))) };
            case "unacknowledge_log_entry":
                return news with { Turn = new(at, OutsideState.Open, OutsideJson.Name(null)) };
            case "resolve_log_entry":
                return news with { Turn = new(at, OutsideState.Resolved, OutsideJson.Name(entry.At("agent"))) };
            default:
                return null;
        }
    }

    private static string Way(JsonElement? channel)
    {
        var way = channel.At("notification").At("type").Text() is { Length: > 0 } told ? told : channel.At("type").Text();
        return way.Length is > 0 and <= 30 ? way : "notified";
    }
}
