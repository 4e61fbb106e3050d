using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Alertmanager;

/// <summary>
/// One script of requests, sent to a real Alertmanager and to Nines: status and JSON are the same, but for ids, the times
/// that each server makes by its own clock, names of receivers, and the words about a body that is no JSON.
/// </summary>
public sealed class SameAnswersTests : IAsyncLifetime
{
    private const string Alerts = "/api/v2/alerts";
    private const string Silences = "/api/v2/silences";
    private static readonly string Start = Time(-10);
    private static readonly string End = Time(120);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-same-answers-");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private Peer? _peer;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_peer is not null) await _peer.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task SameScript_AtAlertmanagerAndNines_SameAnswers()
    {
        await using var nines = await RunningNines.StartAsync();
        var theirs = await RunAsync(await AlertmanagerAsync());
        var ours = await RunAsync(nines.Address);
        Assert.Equal(theirs, ours);
    }

    private static string Time(int minutes) => DateTimeOffset.UtcNow.AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm:ss.000'Z'", CultureInfo.InvariantCulture);

    private static string Alert(string name, string more = "", string times = "") => $$"""{"labels":{"alertname":"{{name}}"{{more}}}{{times}}}""";

    private static string Silence(string value, string more = "", string? end = null) =>
        $$"""{"matchers":[{"name":"service","value":"{{value}}","isRegex":false}],"startsAt":"{{Start}}","endsAt":"{{end ?? End}}","createdBy":"alice","comment":"for {{value}}"{{more}}}""";

    private async Task<string> RunAsync(Uri server)
    {
        var said = new StringBuilder();
        foreach (var body in Bodies()) await SayAsync(said, server, "POST", Alerts, body);
        foreach (var query in (string[])["", "?filter=alertname%3DA", "?filter=alertname%3D~%22A%7CB%22", "?filter=alertname!%3DA&filter=service%3Dcheckout", "?filter=bad", "?active=false", "?active=maybe", "?receiver=nobody", "?zz=1", "?silenced=false&inhibited=false&unprocessed=false"])
            await SayAsync(said, server, "GET", Alerts + query);
        foreach (var body in (string[])
            [
                Silence("checkout"), Silence("checkout", end: Time(-5)), Silence("x", end: Start), "{", "", "[]", "{}", Silence("y", ",\"id\":\"2d8a8a6e-0000-4000-8000-000000000000\""),
                Silence("", ""), Silence("z").Replace("\"isRegex\":false", "\"isRegex\":true", StringComparison.Ordinal), Silence("w").Replace("\"createdBy\":\"alice\",", "", StringComparison.Ordinal),
                Silence("v").Replace("\"name\":\"service\",", "", StringComparison.Ordinal), Silence("u").Replace("[{", "[", StringComparison.Ordinal),
            ])
            await SayAsync(said, server, "POST", Silences, body);
        await SayAsync(said, server, "GET", Silences + "?filter=service%3Dcheckout");
        await SayAsync(said, server, "GET", Silences + "?filter=((");
        await SayAsync(said, server, "GET", Alerts + "?silenced=false");
        await SayAsync(said, server, "GET", Alerts + "?active=false");
        await UpdateAsync(said, server);
        foreach (var id in (string[])["zzz", "2d8a8a6e-0000-4000-8000-000000000000"]) await SayAsync(said, server, "GET", "/api/v2/silence/" + id);
        await SayAsync(said, server, "DELETE", "/api/v2/silence/zzz");
        foreach (var path in (string[])["/-/healthy", "/-/ready"]) await SayAsync(said, server, "GET", path);
        await SayAsync(said, server, "POST", "/-/reload");
        return said.ToString();
    }

    private static IEnumerable<string> Bodies() =>
    [
        "[]", "", "null", "{}", "{[", "[3]", "[{}]", """[{"labels":null}]""", """[{"labels":{}}]""", """[{"labels":{"a":""}}]""", """[{"labels":{"a":1}}]""",
        """[{"labels":{"a":"x"},"startsAt":"yesterday"}]""", $$"""[{"labels":{"a":"x"},"startsAt":"{{End}}","endsAt":"{{Start}}"}]""", """[{"labels":{"a":"x"},"annotations":{"b":3}}]""",
        $"[{Alert("A", ",\"service\":\"checkout\"", $",\"startsAt\":\"{Start}\",\"endsAt\":\"{End}\",\"annotations\":{{\"summary\":\"s \\u003c \\u00e9\"}},\"generatorURL\":\"http://g.example/x\"")}]",
        $"[{Alert("B", ",\"empty\":\"\"")},{{\"labels\":{{}}}},{Alert("C", ",\"service\":\"search\"")}]",
        $"[{Alert("D", times: ",\"startsAt\":\"0001-01-01T00:00:00.000Z\",\"endsAt\":\"0001-01-01T00:00:00.000Z\"")}]",
        // Two copies of one: the earliest start stays, and an end that was said holds against one that was not.
        $"[{Alert("E", times: $",\"startsAt\":\"{Start}\",\"endsAt\":\"{End}\"")}]", $"[{Alert("E")}]",
        // It ends, and the end is repeated; then it begins anew.
        $"[{Alert("F", times: $",\"startsAt\":\"{Start}\"")}]", $"[{Alert("F", times: $",\"startsAt\":\"{Start}\",\"endsAt\":\"{Time(-1)}\"")}]", $"[{Alert("F", times: $",\"startsAt\":\"{Start}\",\"endsAt\":\"{Time(-1)}\"")}]",
        $"[{Alert("G", times: $",\"startsAt\":\"{Start}\",\"endsAt\":\"{Time(-1)}\"")}]", $"[{Alert("G", times: $",\"startsAt\":\"{Time(-1)}\",\"endsAt\":\"{End}\"")}]",
        """[{"labels":{"alertname":"H","alertname":"I"}}] x""", """[{"Labels":{"alertname":"caps"},"zzz":[1,{"a":null}]}]""",
    ];

    private async Task UpdateAsync(StringBuilder said, Uri server)
    {
        var list = JsonNode.Parse(await _http.GetStringAsync(new Uri(server, Silences + "?filter=service%3Dcheckout")))!.AsArray();
        var known = list[0]!.AsObject();
        var id = (string)known["id"]!;
        var longer = new JsonObject
        {
            ["id"] = id,
            ["matchers"] = known["matchers"]!.DeepClone(),
            ["startsAt"] = known["startsAt"]!.DeepClone(),
            ["endsAt"] = Time(240),
            ["createdBy"] = "bob",
            ["comment"] = "longer",
        };
        said.Append("keeps its id: ").Append(await IdAsync(server, longer) == id).Append('\n');
        longer["matchers"]![0]!["value"] = "search";
        var next = await IdAsync(server, longer);
        said.Append("other matchers, another id: ").Append(next != id).Append('\n');
        await SayAsync(said, server, "GET", "/api/v2/silence/" + id);
        await SayAsync(said, server, "GET", "/api/v2/silence/" + next);
        await SayAsync(said, server, "DELETE", "/api/v2/silence/" + next);
        await SayAsync(said, server, "DELETE", "/api/v2/silence/" + next);
        await SayAsync(said, server, "GET", Alerts);
    }

    private async Task<string> IdAsync(Uri server, JsonObject silence)
    {
        using var content = new StringContent(silence.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(server, Silences), content);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return (string)JsonNode.Parse(body)!["silenceID"]!;
    }

    private async Task SayAsync(StringBuilder said, Uri server, string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(server, path));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        said.Append(method).Append(' ').Append(Guids(path)).Append(' ').Append(body is null ? "" : Plain(body)).Append(" => ").Append((int)answer.StatusCode).Append(' ').Append(Same(text)).Append('\n');
    }

    /// <summary>An answer without what may differ.</summary>
    private static string Same(string text)
    {
        if (text.Length == 0 || text == "OK") return text;
        var node = JsonNode.Parse(text)!;
        if (node is JsonObject { Count: 2 } refused && refused.ContainsKey("code"))
        {
            if ((int)refused["code"]! == 400) refused["message"] = "(its own words)";
            return refused.ToJsonString();
        }

        return Sorted(node)!.ToJsonString();
    }

    private static JsonNode? Sorted(JsonNode? node, string name = "") => node switch
    {
        JsonArray array => new JsonArray([.. array.Select(n => name == "receivers" ? "(receiver)" : Sorted(n)?.DeepClone())]),
        JsonObject some => new JsonObject(some.Where(p => p.Key != "mutedBy").OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value, p.Key)?.DeepClone()))),
        JsonValue value when value.TryGetValue<string>(out var said) => Plain(Guids(said)),
        _ => node?.DeepClone(),
    };

    private static string Guids(string text) => System.Text.RegularExpressions.Regex.Replace(
        text, "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "(id)", System.Text.RegularExpressions.RegexOptions.NonBacktracking);

    /// <summary>Times that the script said stay, with names; those that a server made become one word.</summary>
    private static string Plain(string text) => System.Text.RegularExpressions.Regex.Replace(
        text.Replace(Start, "(start)", StringComparison.Ordinal).Replace(End, "(end)", StringComparison.Ordinal),
        @"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ", "(time)", System.Text.RegularExpressions.RegexOptions.NonBacktracking);

    private async Task<Uri> AlertmanagerAsync()
    {
        var file = Path.Combine(_folder.FullName, "alertmanager.yml");
        await File.WriteAllTextAsync(file, "route: { receiver: none, group_by: [service], group_wait: 0s }\nreceivers: [{ name: none }]\n");
        var address = new Uri($"http://127.0.0.1:{Peer.FreePort()}");
        _peer = Peer.Start(
            "prometheus-alertmanager", "prometheus-alertmanager", "--config.file=" + file, "--storage.path=" + Path.Combine(_folder.FullName, "data"),
            "--web.listen-address=" + address.Authority, "--cluster.listen-address=");
        await _peer.ReadyAsync(_http, new Uri(address, "/-/ready"));
        return address;
    }
}
