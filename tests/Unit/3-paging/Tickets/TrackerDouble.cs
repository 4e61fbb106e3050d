using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Nines.Kernel;
using Nines.Paging.Tickets;

namespace Nines.Tests.Unit.Paging.Tickets;

/// <summary>A tracker in memory: keeps what it is given; may take something and lose its answer, as networks do.</summary>
internal abstract class TrackerDouble
{
    public List<string> Asked { get; } = [];

    /// <summary>The answer of so many changes from now is lost after the change was made.</summary>
    public int LoseAnswers { get; set; }

    /// <summary>These statuses are answered first, before anything is done.</summary>
    public Queue<HttpStatusCode> Refuses { get; } = new();

    public string Authorization { get; private set; } = "";

    protected abstract (HttpStatusCode Status, JsonNode? Body) Answer(HttpMethod method, string path, string query, JsonNode? body);

    public async Task<SendOutcome> TellAsync(ITicketTracker kind, TicketTracker tracker, TrackerMessage message, string delivery)
    {
        try
        {
            return await kind.TellAsync(tracker, message, delivery, new TrackerHttp(SendAsync, tracker, "s3cret"), CancellationToken.None);
        }
        catch (TrackerRefusedException e)
        {
            return e.Outcome;
        }
        catch (HttpRequestException e)
        {
            return new(SendVerdict.Retry, e.Message);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        Authorization = request.Headers.Authorization?.ToString() ?? "";
        Asked.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
        if (Refuses.TryDequeue(out var status)) return new(status) { Content = new StringContent("no") };
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(stop));
        var answer = Answer(request.Method, request.RequestUri.AbsolutePath, Uri.UnescapeDataString(request.RequestUri.Query), body);
        if (request.Method != HttpMethod.Get && LoseAnswers > 0)
        {
            LoseAnswers--;
            throw new HttpRequestException("The connection broke.");
        }

        return new(answer.Status) { Content = new StringContent(answer.Body?.ToJsonString() ?? "", Encoding.UTF8, "application/json") };
    }
}

/// <summary>Jira's REST API, version 3, as far as a ticket needs it.</summary>
internal sealed class JiraDouble : TrackerDouble
{
    public List<JsonNode> Issues { get; } = [];

    public Dictionary<string, List<string>> Comments { get; } = [];

    public Dictionary<string, string> Status { get; } = [];

    protected override (HttpStatusCode Status, JsonNode? Body) Answer(HttpMethod method, string path, string query, JsonNode? body)
    {
        if (path == "/rest/api/3/search/jql")
        {
            var label = query.Split('"')[1];
            var at = Issues.FindIndex(i => i["fields"]!["labels"]!.AsArray().Any(l => l!.GetValue<string>() == label));
            return (HttpStatusCode.OK, new JsonObject { ["issues"] = at < 0 ? [] : new JsonArray(new JsonObject { ["key"] = $"OPS-{at + 1}" }) });
        }

        if (path == "/rest/api/3/issue")
        {
            Issues.Add(body!);
            Status[$"OPS-{Issues.Count}"] = "To Do";
            return (HttpStatusCode.Created, new JsonObject { ["key"] = $"OPS-{Issues.Count}" });
        }

        var key = path.Split('/')[5];
        var comments = Comments.TryGetValue(key, out var known) ? known : Comments[key] = [];
        if (path.EndsWith("/comment", StringComparison.Ordinal))
        {
            if (method == HttpMethod.Post) comments.Add(body!.ToJsonString());
            return method == HttpMethod.Post ? (HttpStatusCode.Created, new JsonObject()) : (HttpStatusCode.OK, new JsonObject { ["comments"] = new JsonArray([.. comments.Select(c => JsonNode.Parse(c))]) });
        }

        if (!path.EndsWith("/transitions", StringComparison.Ordinal)) return (HttpStatusCode.OK, new JsonObject { ["fields"] = new JsonObject { ["status"] = new JsonObject { ["name"] = Status[key] } } });
        if (method == HttpMethod.Post)
        {
            Status[key] = body!["transition"]!["id"]!.GetValue<string>() == "31" ? "Done" : "To Do";
            return (HttpStatusCode.NoContent, null);
        }

        return (HttpStatusCode.OK, JsonNode.Parse("""{"transitions":[{"id":"11","name":"Reopen","to":{"name":"To Do"}},{"id":"31","name":"Finish","to":{"name":"Done"}}]}"""));
    }
}

/// <summary>ServiceNow's Table API, as far as a ticket needs it.</summary>
internal sealed class ServiceNowDouble : TrackerDouble
{
    public List<JsonObject> Records { get; } = [];

    public List<string> Notes { get; } = [];

    protected override (HttpStatusCode Status, JsonNode? Body) Answer(HttpMethod method, string path, string query, JsonNode? body)
    {
        if (path == "/api/now/table/sys_journal_field")
            return (HttpStatusCode.OK, new JsonObject { ["result"] = Notes.Exists(n => n.Contains(query.Split("valueLIKE")[1].Split('&')[0], StringComparison.Ordinal)) ? new JsonArray(new JsonObject { ["sys_id"] = "n" }) : [] });
        if (method == HttpMethod.Get)
        {
            var id = query.Split("correlation_id=")[1].Split('^')[0];
            var found = Records.Find(r => r["correlation_id"]!.GetValue<string>() == id);
            return (HttpStatusCode.OK, new JsonObject { ["result"] = found is null ? [] : new JsonArray(found.DeepClone()) });
        }

        if (method == HttpMethod.Post)
        {
            var record = (JsonObject)body!.DeepClone();
            (record["sys_id"], record["number"], record["state"]) = ($"id{Records.Count + 1}", $"INC{Records.Count + 1:0000000}", "1");
            Records.Add(record);
            return (HttpStatusCode.Created, new JsonObject { ["result"] = record.DeepClone() });
        }

        var changed = Records.Find(r => r["sys_id"]!.GetValue<string>() == path.Split('/')[^1])!;
        foreach (var (name, value) in (JsonObject)body!)
            if (name == "work_notes") Notes.Add(value!.GetValue<string>());
            else changed[name] = value!.DeepClone();
        return (HttpStatusCode.OK, new JsonObject { ["result"] = changed.DeepClone() });
    }
}
