using System.Text.Json.Nodes;
using Nines.Kernel;

namespace Nines.Paging.Tickets.Trackers;

/// <summary>
/// Jira, REST API version 3: an issue is found by a label that holds the ticket's id, a comment by the delivery's id in
/// its text; texts are Atlassian documents.
/// </summary>
internal sealed class JiraTracker : ITicketTracker
{
    public string Kind => TicketTracker.Jira;

    public async Task<SendOutcome> TellAsync(TicketTracker tracker, TrackerMessage message, string delivery, TrackerHttp http, CancellationToken stop)
    {
        var label = "nines-" + message.Ticket;
        var key = await FindAsync(label, delivery, http, stop);
        if (key is null)
        {
            key = await CreateAsync(tracker, message, label, delivery, http, stop);
            if (message.Action == TrackerAction.Open) return new(SendVerdict.Accepted, $"It is {key}.");
        }
        else if (message.Action == TrackerAction.Open) return new(SendVerdict.Accepted, $"It is {key}, from an earlier try.");

        await CommentAsync(key, message, delivery, http, stop);
        return message.Action switch
        {
            TrackerAction.Close => await MoveAsync(key, tracker.Done, delivery, http, stop),
            TrackerAction.Reopen => await MoveAsync(key, tracker.Again, delivery, http, stop),
            _ => new(SendVerdict.Accepted, $"{key} has the comment."),
        };
    }

    private static async Task<string?> FindAsync(string label, string delivery, TrackerHttp http, CancellationToken stop)
    {
        var jql = Uri.EscapeDataString($"labels = \"{label}\" ORDER BY created ASC");
        var found = await http.AskAsync(HttpMethod.Get, $"/rest/api/3/search/jql?jql={jql}&maxResults=1&fields=key", null, delivery, stop);
        return found["issues"]?.AsArray() is { Count: > 0 } issues ? issues[0]!["key"]!.GetValue<string>() : null;
    }

    private static async Task<string> CreateAsync(TicketTracker tracker, TrackerMessage message, string label, string delivery, TrackerHttp http, CancellationToken stop)
    {
        var fields = new JsonObject
        {
            ["project"] = new JsonObject { ["key"] = tracker.Project },
            ["issuetype"] = new JsonObject { ["name"] = tracker.IssueType },
            ["summary"] = message.Summary,
            ["description"] = Document(message.Text, message.Url),
            ["labels"] = new JsonArray("nines", label),
        };
        var made = await http.AskAsync(HttpMethod.Post, "/rest/api/3/issue", new JsonObject { ["fields"] = fields }, delivery, stop);
        return made["key"]!.GetValue<string>();
    }

    private static async Task CommentAsync(string key, TrackerMessage message, string delivery, TrackerHttp http, CancellationToken stop)
    {
        var known = await http.AskAsync(HttpMethod.Get, $"/rest/api/3/issue/{Uri.EscapeDataString(key)}/comment?orderBy=-created&maxResults=50", null, delivery, stop);
        if (known["comments"]?.ToJsonString().Contains(delivery, StringComparison.Ordinal) == true) return;
        var body = new JsonObject { ["body"] = Document(message.Text, message.Url, $"Nines delivery {delivery}") };
        await http.AskAsync(HttpMethod.Post, $"/rest/api/3/issue/{Uri.EscapeDataString(key)}/comment", body, delivery, stop);
    }

    /// <summary>Moves an issue by the transition of that name, or that leads to the status of that name; one that is there already has none.</summary>
    private static async Task<SendOutcome> MoveAsync(string key, string to, string delivery, TrackerHttp http, CancellationToken stop)
    {
        var path = $"/rest/api/3/issue/{Uri.EscapeDataString(key)}";
        var now = (await http.AskAsync(HttpMethod.Get, path + "?fields=status", null, delivery, stop))["fields"]?["status"]?["name"]?.GetValue<string>();
        if (string.Equals(now, to, StringComparison.OrdinalIgnoreCase)) return new(SendVerdict.Accepted, $"{key} is {now}.");
        var all = (await http.AskAsync(HttpMethod.Get, path + "/transitions", null, delivery, stop))["transitions"]?.AsArray() ?? [];
        var one = all.FirstOrDefault(t => Is(t?["name"]) || Is(t?["to"]?["name"]));
        if (one is null)
            return new(SendVerdict.Refused, $"{key} has no transition \"{to}\" from {now}: it has {string.Join(", ", all.Select(t => t?["name"]?.GetValue<string>()))}. Name one in the tracker's manifest.");
        await http.AskAsync(HttpMethod.Post, path + "/transitions", new JsonObject { ["transition"] = new JsonObject { ["id"] = one["id"]!.GetValue<string>() } }, delivery, stop);
        return new(SendVerdict.Accepted, $"{key} is {one["to"]?["name"]?.GetValue<string>() ?? to}.");

        bool Is(JsonNode? name) => string.Equals(name?.GetValue<string>(), to, StringComparison.OrdinalIgnoreCase);
    }

    private static JsonObject Document(string text, string url, string? mark = null)
    {
        var content = new JsonArray();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).DefaultIfEmpty("It was reported without words.")) content.Add(Paragraph(Words(line)));
        content.Add(Paragraph(new JsonObject
        {
            ["type"] = "text",
            ["text"] = "The ticket in Nines",
            ["marks"] = new JsonArray(new JsonObject { ["type"] = "link", ["attrs"] = new JsonObject { ["href"] = url } }),
        }));
        if (mark is not null) content.Add(Paragraph(Words(mark)));
        return new() { ["type"] = "doc", ["version"] = 1, ["content"] = content };

        static JsonObject Words(string words) => new() { ["type"] = "text", ["text"] = words };

        static JsonObject Paragraph(JsonObject text) => new() { ["type"] = "paragraph", ["content"] = new JsonArray(text) };
    }
}
