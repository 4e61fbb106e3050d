using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Nines.Tests.Stories;

/// <summary>A program reports that a table of customers is read. Those who must know learn it, the deadlines of the law run, and nobody else hears a word.</summary>
public partial class ACustomerTableIsRead
{
    private const string Secret = "customertableread";

    private const string Policy = """
        apiVersion: nines/v1
        kind: SecurityPolicy
        metadata: { name: security }
        spec: { circle: { people: [ada] }, mayOpen: { people: [grace] }, service: security, regimes: [gdpr], zone: Europe/Berlin }
        """;

    private static readonly string[] OfTheHouse =
    [
        "apiVersion: nines/v1\nkind: Service\nmetadata: { name: security }\nspec: { owner: { person: ada } }",
        Policy,
    ];

    private static object Finding(string text = $"{Secret} by an unknown address") => new { rule = $"{Secret}-rule", text, category = "data-access", facts = new { address = $"{Secret}-host" } };

    [Fact]
    public async Task ASignalOpensACase_ThePageRevealsNothing_AndTheDeadlinesRunOverACrash()
    {
        await using var mails = Mailbox.Open();
        await using var world = await StoryWorld.OpenAsync(mails.Settings);
        await world.ApplyAsync([Mailbox.Manifest("ada"), .. OfTheHouse]);

        Assert.Equal(1, (await world.PostAsync("/api/v1/security/signals", Finding())).GetProperty("taken").GetInt32());
        await world.PassAsync(TimeSpan.FromMinutes(2));
        var page = Assert.Single((await world.GetAsync("/api/v1/pages")).EnumerateArray().ToArray());
        Assert.Contains("A security signal needs you: SEC-1", mails.Mails[^1].Subject + mails.Mails[^1].Body, StringComparison.Ordinal);
        Assert.All(mails.Mails, m => Assert.DoesNotContain(Secret, m.Subject + m.Body, StringComparison.OrdinalIgnoreCase));
        await world.PostAsync("/api/v1/security/signals", Finding("again " + Secret));
        var one = await ReadAsync(world);
        Assert.Equal(("suspected", 2, "waiting"), (one.GetProperty("row").GetProperty("state").GetString(), one.GetProperty("findings").GetInt32(), Duty(one, "gdpr-33").GetProperty("state").GetString()));

        // Somebody takes it: the page ends by itself.
        await SayAsync(world, "take", new { role = "lead", person = "ada", by = "ada" });
        await world.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("ended", (await world.GetAsync("/api/v1/pages/" + page.GetProperty("id").GetString())).GetProperty("state").GetString());
        await SayAsync(world, "confirm", new { reason = "The log shows it.", by = "ada" });
        var known = DateTimeOffset.Parse(Duty(await ReadAsync(world), "gdpr-33").GetProperty("since").GetString()!, null);
        Assert.Equal(known.AddHours(72), DateTimeOffset.Parse(Duty(await ReadAsync(world), "gdpr-33").GetProperty("due").GetString()!, null));
        Assert.Equal("SEV1", (await SayAsync(world, "affected", new { personal = "yes", kinds = "email", people = "12000", highRisk = "no", by = "ada" })).GetProperty("row").GetProperty("severity").GetString());

        // Half of the time passes while the server is dead: the reminder comes after it.
        world.Journal.Dead = true;
        world.Clock.Advance(TimeSpan.FromHours(37));
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Contains(Lines(await ReadAsync(world)), l => l.StartsWith("gdpr-33: half of its time is over.", StringComparison.Ordinal));
        Assert.Contains("A deadline of SEC-1 needs you", mails.Mails[^1].Subject + mails.Mails[^1].Body, StringComparison.Ordinal);

        world.Journal.Dead = true;
        world.Clock.Advance(TimeSpan.FromHours(36));
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("overdue", Duty(await ReadAsync(world), "gdpr-33").GetProperty("state").GetString());
        Assert.Single(Lines(await ReadAsync(world)), l => l.StartsWith("gdpr-33: it is overdue.", StringComparison.Ordinal));
        var late = await world.SendAsync("/api/v1/security/cases/SEC-1/close", """{"cause":"A door.","remediation":"It is shut.","by":"ada"}""");
        Assert.Equal(409, late.Status);
        Assert.Contains("gdpr-33 is overdue", late.Body, StringComparison.Ordinal);

        await SayAsync(world, "told", new { duty = "gdpr-33", reference = "Report 204", by = "ada" });
        await world.PassAsync(TimeSpan.FromMinutes(6));
        Assert.All((await world.GetAsync("/api/v1/pages")).EnumerateArray(), p => Assert.Equal("ended", p.GetProperty("state").GetString()));
        Assert.Equal("closed", (await SayAsync(world, "close", new { cause = "A door.", remediation = "It is shut.", by = "ada" })).GetProperty("row").GetProperty("state").GetString());
        Assert.All(mails.Mails, m => Assert.DoesNotContain(Secret, m.Subject + m.Body, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task SignInsOfAShopFail_InAMetric_AndACaseOpens()
    {
        await using var world = await StoryWorld.OpenAsync();
        await world.ApplyAsync("apiVersion: nines/v1\nkind: Person\nmetadata: { name: ada }\nspec: {}", OfTheHouse[0], Policy, """
            apiVersion: nines/v1
            kind: SecuritySignal
            metadata: { name: shop-logins }
            spec: { category: failed-logins, opens: credential-stuffing, metric: 'pushed_events_total{name="login",outcome="bad"}', atLeast: 100, within: 5m }
            """);
        world.Traffic("login", 5, 0.1);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Empty((await world.GetAsync("/api/v1/security/cases")).EnumerateArray());
        world.Traffic("login", 5, 2);
        await world.PassAsync(TimeSpan.FromMinutes(4));
        var row = Assert.Single((await world.GetAsync("/api/v1/security/cases")).EnumerateArray().ToArray());
        Assert.Equal(("Failed logins: shop-logins", "suspected"), (row.GetProperty("title").GetString(), row.GetProperty("state").GetString()));
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Single((await world.GetAsync("/api/v1/security/cases")).EnumerateArray());
        Assert.InRange((await ReadAsync(world)).GetProperty("findings").GetInt32(), 2, 4);
    }

    [Fact]
    public async Task ATokenThatMayDoEverything_AndPasswordsThatAreGuessed_OpenCasesAtNinesOwnDoors()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var ada = house.Browser();
        await ada.SignInAsync("ada", LockedHouse.Password);
        await ApplyAsync(ada, [.. OfTheHouse]);
        await ada.MakeTokenAsync("small", "alerts:read");
        Assert.Empty(await TitlesAsync(ada));
        await ada.MakeTokenAsync("large", "*");
        Assert.Equal(["Privilege escalation: nines-full-token"], await TitlesAsync(ada));
        using var stranger = house.Browser();
        for (var i = 0; i < 20; i++) Assert.InRange((int)(await stranger.SignInAsync("ada", "guess " + i)).StatusCode, 400, 499);
        for (var i = 0; i < 100 && (await TitlesAsync(ada)).Length < 2; i++)
        {
            house.Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(50);
        }

        Assert.Contains("Failed logins: nines-failed-logins", await TitlesAsync(ada));
    }

    [Fact]
    public async Task WithoutAPolicy_FindingsOpenNothing_AndSaySo()
    {
        await using var world = await StoryWorld.OpenAsync();
        var refused = await world.SendAsync("/api/v1/security/signals", """{"rule":"a","text":"b"}""");
        Assert.Equal(409, refused.Status);
        Assert.Contains("Nobody says who is to read cases, so findings open none.", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SomebodyOutside_SeesNoWordOfIt_AtAnyRouteOfTheHouse()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var ada = house.Browser();
        await ada.SignInAsync("ada", LockedHouse.Password);
        using var grace = await InsideAsync(house, ada, "grace");
        await ApplyAsync(ada, [.. OfTheHouse]);
        Assert.True((await ada.JsonAsync(HttpMethod.Post, "/api/v1/incidents", new { title = "Card payments fail" })).IsSuccessStatusCode);
        Assert.True((await ada.JsonAsync(HttpMethod.Post, "/api/v1/security/signals", Finding())).IsSuccessStatusCode);
        foreach (var (word, body) in new (string, object)[]
        {
            ("note", new { text = $"{Secret} says the note" }), ("confirm", new { reason = $"{Secret} in the log" }), ("affected", new { personal = "yes", kinds = Secret }),
            ("link", new { incident = "INC-1", tell = true }), ("take", new { role = "lead" }),
        })
            Assert.True((await ada.JsonAsync(HttpMethod.Post, "/api/v1/security/cases/SEC-1/" + word, body)).IsSuccessStatusCode, word);
        using var added = await ada.SendAsync(new(HttpMethod.Post, $"/api/v1/security/cases/SEC-1/evidence?name={Secret}.log&note={Secret}") { Content = new ByteArrayContent("secret bytes"u8.ToArray()) }, page: false);
        Assert.True(added.IsSuccessStatusCode);
        var id = JsonDocument.Parse(await (await ada.GetAsync("/api/v1/security/cases/SEC-1", page: false)).Content.ReadAsStringAsync()).RootElement.GetProperty("row").GetProperty("id").GetString()!;
        using var reader = house.Browser();
        reader.Token = await ada.MakeTokenAsync("reader", "*");

        var (walked, found) = (0, new List<string>());
        foreach (var browser in (Browser[])[grace, reader])
            foreach (var path in Paths(house, id))
            {
                using var answer = await browser.GetAsync(path);
                walked++;
                if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream") continue;
                if ((await answer.Content.ReadAsStringAsync()).Contains(Secret, StringComparison.OrdinalIgnoreCase)) found.Add(path);
            }

        Assert.True(walked > 400, $"only {walked} addresses");
        Assert.Empty(found);
        // The same walk finds it as soon as the walker is of the circle: the walk can fail.
        Assert.Contains(Secret, await (await ada.GetAsync("/security/SEC-1")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var path in (string[])["/security/SEC-1", $"/security/{id}", "/security/SEC-9"]) Assert.Equal(HttpStatusCode.NotFound, (await grace.GetAsync(path)).StatusCode);
        Assert.Equal(
            (await (await grace.GetAsync("/api/v1/security/cases/SEC-9", page: false)).Content.ReadAsStringAsync()).Replace("SEC-9", "SEC-1", StringComparison.Ordinal),
            await (await grace.GetAsync("/api/v1/security/cases/SEC-1", page: false)).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await grace.JsonAsync(HttpMethod.Post, "/api/v1/security/cases/SEC-1/note", new { text = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await grace.JsonAsync(HttpMethod.Post, "/api/v1/security/cases/SEC-1/evidence/1/content", null)).StatusCode);
    }

    [Fact]
    public async Task GraceLetsHerselfIn_TheCircleSeesIt_AndEachReadingIsWrittenDownOnceAnHour()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var ada = house.Browser();
        await ada.SignInAsync("ada", LockedHouse.Password);
        using var grace = await InsideAsync(house, ada, "grace");
        await ApplyAsync(ada, [.. OfTheHouse]);
        await ada.JsonAsync(HttpMethod.Post, "/api/v1/security/cases", new { title = Secret });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await grace.JsonAsync(HttpMethod.Post, "/api/v1/security/cases/SEC-1/let-me-in", new { })).StatusCode);
        Assert.True((await grace.JsonAsync(HttpMethod.Post, "/api/v1/security/cases/SEC-1/let-me-in", new { reason = "Ada sleeps." })).IsSuccessStatusCode);
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await grace.GetAsync("/security/SEC-1")).StatusCode);
        house.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(HttpStatusCode.OK, (await grace.GetAsync("/security/SEC-1")).StatusCode);
        await house.RestartAsync();
        var read = await (await ada.GetAsync("/api/v1/security/cases/SEC-1", page: false)).Content.ReadFromJsonAsync<JsonElement>();
        var access = read.GetProperty("access").EnumerateArray().Select(a => $"{a.GetProperty("who").GetString()} {a.GetProperty("what").GetString()}").ToArray();
        Assert.Equal(["grace let themselves in: Ada sleeps.", "grace read the case", "grace read the case", "ada read the case"], access);
        Assert.Contains("A security case needs you: SEC-1", await (await ada.GetAsync("/api/v1/alerts", page: false)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_ComesBackAsItWas_AsAFileThatNoBrowserOpens()
    {
        await using var world = await StoryWorld.OpenAsync();
        await world.ApplyAsync("apiVersion: nines/v1\nkind: Person\nmetadata: { name: ada }\nspec: {}");
        await world.PostAsync("/api/v1/security/cases", new { title = "Read", by = "ada" });
        var added = await world.SendAsync("/api/v1/security/cases/SEC-1/evidence?name=page.html&note=x&by=ada", "<script>alert(1)</script>", "text/html");
        Assert.Equal(200, added.Status);
        var hash = JsonDocument.Parse(added.Body).RootElement.GetProperty("evidence")[0].GetProperty("sha256").GetString();
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("<script>alert(1)</script>"u8)), hash);
        await world.CrashAndRestartAsync();
        Assert.Equal((200, "<script>alert(1)</script>"), await world.SendAsync("/api/v1/security/cases/SEC-1/evidence/1/content", ""));
        Assert.Single((await world.GetAsync($"/api/v1/security/cases/SEC-1/evidence/by-hash/{hash}")).GetProperty("evidence").EnumerateArray());
        Assert.Empty((await world.GetAsync($"/api/v1/security/cases/SEC-1/evidence/by-hash/{new string('0', 64)}")).GetProperty("evidence").EnumerateArray());
        var one = await ReadAsync(world);
        Assert.Single(one.GetProperty("custody").EnumerateArray());
        Assert.Empty(one.GetProperty("brokenChain").EnumerateArray());
        // Two mebibytes are hashed, not kept.
        var large = await world.SendAsync("/api/v1/security/cases/SEC-1/evidence?name=disk.img&note=x&where=shelf&by=ada", new string('a', 2 * 1024 * 1024), "application/octet-stream");
        Assert.Equal(("house", false, "shelf"), JsonDocument.Parse(large.Body).RootElement.GetProperty("evidence")[1] is var item ? (item.GetProperty("hashedBy").GetString(), item.GetProperty("kept").GetBoolean(), item.GetProperty("where").GetString()) : default);
        Assert.Equal(404, (await world.SendAsync("/api/v1/security/cases/SEC-1/evidence/2/content", "")).Status);
    }

    private static async Task<string[]> TitlesAsync(Browser browser) =>
        [.. (await (await browser.GetAsync("/api/v1/security/cases", page: false)).Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().Select(r => r.GetProperty("title").GetString()!)];

    private static async Task<JsonElement> ReadAsync(StoryWorld world) => await world.GetAsync("/api/v1/security/cases/SEC-1");

    private static Task<JsonElement> SayAsync(StoryWorld world, string word, object body) => world.PostAsync("/api/v1/security/cases/SEC-1/" + word, body);

    private static JsonElement Duty(JsonElement one, string key) => one.GetProperty("duties").EnumerateArray().Single(d => d.GetProperty("key").GetString() == key);

    private static string[] Lines(JsonElement one) => [.. one.GetProperty("timeline").EnumerateArray().Select(l => l.GetProperty("text").GetString()!)];

    private static async Task ApplyAsync(Browser browser, params string[] documents)
    {
        using var answer = await browser.SendAsync(new(HttpMethod.Post, "/api/v1/manifests") { Content = new StringContent(string.Join("\n---\n", documents), System.Text.Encoding.UTF8, "application/yaml") }, page: false);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<Browser> InsideAsync(LockedHouse house, Browser ada, string name)
    {
        await ApplyAsync(ada, $"apiVersion: nines/v1\nkind: Person\nmetadata: {{ name: {name} }}\nspec: {{}}");
        using var invited = await ada.JsonAsync(HttpMethod.Post, $"/api/v1/access/accounts/{name}/invitation", new { });
        var link = new Uri((await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!);
        var browser = house.Browser();
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.FormAsync("/invitation", ("token", link.Query.Split('=')[1]), ("password", LockedHouse.Password))).StatusCode);
        return browser;
    }

    // Every address that is read, with what somebody might try in the place of a parameter.
    private static IEnumerable<string> Paths(LockedHouse house, string id) => house.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
        .SelectMany(e => e.RoutePattern.RawText is { } raw && raw.Contains('{', StringComparison.Ordinal)
            ? ((string[])["SEC-1", id, "INC-1", "SecurityPolicy", "1"]).Select(value => Parameter().Replace(raw, value))
            : [e.RoutePattern.RawText!, e.RoutePattern.RawText + "?q=" + Secret[..8]]).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
