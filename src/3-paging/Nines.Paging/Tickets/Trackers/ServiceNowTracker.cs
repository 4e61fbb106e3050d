using System.Text.Json.Nodes;
using Nines.Kernel;

namespace Nines.Paging.Tickets.Trackers;

/// <summary>
/// ServiceNow, Table API: a record is found by its <c>correlation_id</c>, which is the ticket's id; a work note by the
/// delivery's id in its text.
/// </summary>
internal sealed class ServiceNowTracker : ITicketTracker
{
    public string Kind => TicketTracker.ServiceNow;

    public async Task<SendOutcome> TellAsync(TicketTracker tracker, TrackerMessage message, string delivery, TrackerHttp http, CancellationToken stop)
    {
        var table = $"/api/now/table/{Uri.EscapeDataString(tracker.Project)}";
        var record = await FindAsync(table, message, delivery, http, stop);
        if (record is null)
        {
            record = (await http.AskAsync(HttpMethod.Post, table, New(message), delivery, stop))["result"]!;
            if (message.Action == TrackerAction.Open) return new(SendVerdict.Accepted, $"It is {Number(record)}.");
        }
        else if (message.Action == TrackerAction.Open) return new(SendVerdict.Accepted, $"It is {Number(record)}, from an earlier try.");

        var state = message.Action switch { TrackerAction.Close => tracker.Done, TrackerAction.Reopen => tracker.Again, _ => "" };
        var body = new JsonObject();
        if (!await NotedAsync(record, delivery, http, stop)) body["work_notes"] = $"{message.Text}\n{message.Url}\nNines delivery {delivery}";
        if (state.Length > 0) body["state"] = state;
        if (message.Action == TrackerAction.Close) (body["close_code"], body["close_notes"]) = ("Solved (Permanently)", message.Text);
        if (body.Count > 0) await http.AskAsync(HttpMethod.Patch, $"{table}/{Uri.EscapeDataString(Id(record))}", body, delivery, stop);
        return new(SendVerdict.Accepted, state.Length > 0 ? $"{Number(record)} is in state {state}." : $"{Number(record)} has the note.");
    }

    private static async Task<JsonNode?> FindAsync(string table, TrackerMessage message, string delivery, TrackerHttp http, CancellationToken stop)
    {
        var query = Uri.EscapeDataString($"correlation_id={message.Ticket}^ORDERBYsys_created_on");
        var found = await http.AskAsync(HttpMethod.Get, $"{table}?sysparm_query={query}&sysparm_limit=1&sysparm_fields=sys_id,number,state", null, delivery, stop);
        return found["result"]?.AsArray() is { Count: > 0 } records ? records[0] : null;
    }

    /// <summary>Work notes are write-only on the record; their journal tells what was written.</summary>
    private static async Task<bool> NotedAsync(JsonNode record, string delivery, TrackerHttp http, CancellationToken stop)
    {
        var query = Uri.EscapeDataString($"element_id={Id(record)}^element=work_notes^valueLIKE{delivery}");
        var found = await http.AskAsync(HttpMethod.Get, $"/api/now/table/sys_journal_field?sysparm_query={query}&sysparm_limit=1&sysparm_fields=sys_id", null, delivery, stop);
        return found["result"]?.AsArray() is { Count: > 0 };
    }

    private static JsonObject New(TrackerMessage message) => new()
    {
        ["short_description"] = message.Summary,
        ["description"] = $"{message.Text}\n{message.Url}",
        ["correlation_id"] = message.Ticket,
        ["correlation_display"] = "Nines",
        // A ticket waits for working hours: neither urgent nor of high impact.
        ["urgency"] = "3",
        ["impact"] = "3",
    };

    private static string Id(JsonNode record) => record["sys_id"]!.GetValue<string>();

    private static string Number(JsonNode record) => record["number"]?.GetValue<string>() ?? Id(record);
}
