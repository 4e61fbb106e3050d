using System.Text.Json;
using Nines.Paging.Imports;
using NodaTime;

namespace Nines.Paging.Shadowing.Formats;

/// <summary>
/// Opsgenie: the outgoing webhook's actions, and alerts of the API. Its webhook names teams and no people; an alert of an
/// export may carry its <c>recipients</c>, as <c>/v2/alerts/{id}/recipients</c> answers them.
/// </summary>
internal static class OpsgeniePages
{
    /// <summary>One call of the webhook.</summary>
    public static OutsideNews? Call(JsonElement root, Instant now)
    {
        var (alert, action) = (root.At("alert"), root.Text("action"));
        var id = alert.At("alertId").Text();
        if (id.Length == 0) return null;
        // Nanoseconds since 1970, in one field of many.
        var at = long.TryParse(alert.At("updatedAt").Text(), out var nanos) && nanos > 1_000_000_000_000_000_000 ? Instant.FromUnixTimeTicks(nanos / 100) : now;
        var by = new OutsideName(alert.At("userId").Text(), "", alert.At("username").Text());
        OutsideState? state = action switch
        {
            "Acknowledge" => OutsideState.Acknowledged,
            "UnAcknowledge" => OutsideState.Open,
            "Close" or "Delete" => OutsideState.Resolved,
            _ => null,
        };
        var told = action is "EscalateNext" or "Escalate" ? root.At("escalationNotify") : null;
        if (state is null && action is not ("Create" or "EscalateNext" or "Escalate" or "AssignOwnership" or "TakeOwnership")) return null;
        return Alert(alert!.Value, id) with
        {
            OpenedAt = OutsideJson.Moment(alert.At("createdAt")) ?? (action == "Create" ? at : null),
            Called = told.At("type").Text() == "user" ? [(new(told.At("id").Text(), told.At("name").Text(), told.At("name").Text()), at, "escalation", 2)] : People(alert.At("recipients"), at),
            Turn = state is { } turned ? new(at, turned, by) : null,
        };
    }

    /// <summary>Alerts of the API's lists, each maybe with its recipients.</summary>
    public static IReadOnlyList<OutsideNews> Log(IReadOnlyList<JsonElement> files)
    {
        var said = new List<OutsideNews>();
        var all = files.SelectMany(f => f.At("data") switch { { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().ToArray(), { ValueKind: JsonValueKind.Object } one => [one], _ => [f] });
        foreach (var alert in all.Where(a => a.ValueKind == JsonValueKind.Object && a.Text("id").Length > 0 && a.At("message") is not null)) said.AddRange(Read(alert));
        return said;
    }

    private static IEnumerable<OutsideNews> Read(JsonElement alert)
    {
        var news = Alert(alert, alert.Text("id")) with { OpenedAt = OutsideJson.Moment(alert.At("createdAt")) };
        var opened = news.OpenedAt ?? Instant.FromUnixTimeSeconds(0);
        var told = alert.List("recipients").Concat(alert.At("recipients").At("data").List())
            .Select(r => (new OutsideName(r.At("user").At("id").Text(), "", r.At("user").At("username").Text()), OutsideJson.Moment(r.At("createdAt")) ?? opened, "notified", 1)).ToArray();
        yield return news with { Called = told };
        var report = alert.At("report");
        if (Whole(report.At("ackTime")) is { } after) yield return new() { Id = news.Id, Turn = new(opened + Duration.FromMilliseconds(after), OutsideState.Acknowledged, new("", "", report.At("acknowledgedBy").Text())) };
        if (Whole(report.At("closeTime")) is { } over) yield return new() { Id = news.Id, Turn = new(opened + Duration.FromMilliseconds(over), OutsideState.Resolved, new("", "", report.At("closedBy").Text())) };
        else if (alert.Text("status") == "closed" && OutsideJson.Moment(alert.At("updatedAt")) is { } last) yield return new() { Id = news.Id, Turn = new(last, OutsideState.Resolved, new("", "", "")) };
    }

    private static OutsideNews Alert(JsonElement alert, string id)
    {
        var details = alert.At("details");
        var service = details.At("service").Text();
        return new()
        {
            Id = id,
            Key = alert.Text("alias"),
            Title = alert.Text("message"),
            ServiceName = service.Length > 0 ? service : alert.Text("entity"),
            // P4 and P5 wake nobody by Opsgenie's own rules of notification.
            Urgent = alert.Text("priority") is { Length: > 0 } priority ? priority is "P1" or "P2" or "P3" : null,
        };
    }

    private static (OutsideName, Instant, string, int)[] People(JsonElement? list, Instant at) =>
        [.. list.List().Select(r => ((JsonElement?)r).Text()).Where(r => r.Length > 0).Select(r => (r.Contains('@') ? new OutsideName("", "", r) : new OutsideName(r, r, ""), at, OutsideNews.Assigned, 1))];

    private static long? Whole(JsonElement? value) => long.TryParse(value.Text(), out var number) && number is > 0 and < 400L * 86_400_000 ? number : null;
}
