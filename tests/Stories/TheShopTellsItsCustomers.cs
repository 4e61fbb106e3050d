using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nines.Tests.Stories;

/// <summary>Payments fails at night. The house proposes what to say; Bob says it; Carol, a customer, hears it, and hears no more when she wants.</summary>
public partial class TheShopTellsItsCustomers
{
    internal const string Page = """
        apiVersion: nines/v1
        kind: StatusPage
        metadata: { name: shop }
        spec:
          title: Fernhill Goods
          zone: Europe/Berlin
          components:
            - { key: cards, name: Card payments, services: [payments] }
            - { key: search, name: Search, services: [] }
        """;

    internal static async Task<(StoryWorld World, Mailbox Mails)> NightAsync(params (string, string)[] settings)
    {
        var mails = Mailbox.Open();
        var world = await StoryWorld.OpenAsync([.. mails.Settings, .. settings]);
        await world.ApplyAsync(Mailbox.Manifest("bob"), StoryWorld.Service("payments", "person: bob"), Page);
        world.Traffic("payments", 10);
        await world.PassAsync(TimeSpan.FromMinutes(40));
        return (world, mails);
    }

    internal static Mail[] To(Mailbox mails, string who) => [.. mails.Mails.Where(m => m.To.Contains(who, StringComparison.Ordinal))];

    internal static string LinkIn(Mail mail, string action)
    {
        var link = Links().Matches(Text(mail)).Select(m => m.Value).Single(l => l.Contains("/" + action, StringComparison.Ordinal));
        return new Uri(link).PathAndQuery;
    }

    internal static string Text(Mail mail) => mail.Body.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);

    private static async Task SubscribeAsync(StoryWorld world, Mailbox mails, string who)
    {
        var asked = await world.CallBackAsync("/status/shop/subscribe", "email=" + Uri.EscapeDataString(who));
        Assert.Equal(200, asked.Status);
        Assert.Contains("Look into your mailbox.", asked.Body, StringComparison.Ordinal);
        var link = LinkIn(To(mails, who)[^1], "confirm");
        Assert.Contains("Yes, tell me", (await world.FetchAsync(HttpMethod.Get, link)).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await world.CallBackAsync(link, "")).Status);
    }

    private static async Task<JsonElement> SummaryAsync(StoryWorld world) => await world.GetAsync("/status/shop/api/v2/summary.json");

    internal static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);

    internal static Task<JsonElement> SayAsync(StoryWorld world, string door, object body) => world.PostAsync("/api/v1/statuspages/shop/" + door, body);

    [Fact]
    public async Task PaymentsFails_TheHouseProposes_BobPublishes_CarolHears_UntilItIsOver_AndThroughACrash()
    {
        var (world, mails) = await NightAsync();
        await using var _ = world;
        await using var __ = mails;
        await SubscribeAsync(world, mails, "carol@example.com");
        world.Traffic("payments", 3, 7);
        await world.PassAsync(TimeSpan.FromMinutes(8));

        // The house knows it, and says nothing outside by itself.
        var proposal = await world.GetAsync("/api/v1/statuspages/shop/proposal");
        var cards = proposal.GetProperty("components")[0];
        Assert.Equal(("majorOutage", "operational"), (cards.GetProperty("proposed").GetString(), cards.GetProperty("published").GetString()));
        Assert.StartsWith("payments-availability burns so fast that somebody was called: 7", cards.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("We are investigating reports of an outage in Card payments.", proposal.GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.Equal("none", (await SummaryAsync(world)).GetProperty("status").GetProperty("indicator").GetString());
        Assert.Single(To(mails, "carol@example.com"));

        await world.PostAsync("/api/v1/incidents", new { title = "Card payments fail", services = new[] { "payments" }, by = "bob" });
        var posted = await SayAsync(world, "posts", new { title = "Card payments fail", body = proposal.GetProperty("body").GetString(), components = new { cards = "major_outage" }, incident = "INC-1", by = "bob" });
        var post = posted.GetProperty("id").GetString()!;
        Assert.Equal("critical", (await SummaryAsync(world)).GetProperty("status").GetProperty("indicator").GetString());
        var first = To(mails, "carol@example.com")[1];
        Assert.Equal("[Fernhill Goods] Investigating: Card payments fail", first.Subject);
        var told = (await world.GetAsync("/api/v1/incidents/INC-1")).GetProperty("timeline").EnumerateArray().Last().GetProperty("text").GetString();
        Assert.StartsWith("bob told the public on shop: Card payments fail (investigating). We are investigating", told, StringComparison.Ordinal);
        Assert.Contains("told the public", (await world.FetchAsync(HttpMethod.Get, "/incidents/INC-1")).Body, StringComparison.Ordinal);

        await SayAsync(world, "posts/" + post, new { status = "identified", body = "We undo a change.", components = new { cards = "degraded_performance" }, by = "bob" });
        await world.CrashAndRestartAsync();
        var open = Assert.Single((await SummaryAsync(world)).GetProperty("incidents").EnumerateArray().ToArray());
        Assert.Equal(("identified", 2), (open.GetProperty("status").GetString(), open.GetProperty("incident_updates").GetArrayLength()));
        world.Traffic("payments", 10);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        await SayAsync(world, "posts/" + post, new { status = "resolved", body = "It is over.", by = "bob" });
        var after = await SummaryAsync(world);
        Assert.Equal(("none", 0), (after.GetProperty("status").GetProperty("indicator").GetString(), after.GetProperty("incidents").GetArrayLength()));
        Assert.Contains("Card payments fail", (await world.FetchAsync(HttpMethod.Get, "/status/shop/history")).Body, StringComparison.Ordinal);
        // Confirm, published, identified, resolved: each once, the crash in between included.
        Assert.Equal(["Confirm: updates of Fernhill Goods", "[Fernhill Goods] Investigating: Card payments fail", "[Fernhill Goods] Identified: Card payments fail", "[Fernhill Goods] Resolved: Card payments fail"], To(mails, "carol@example.com").Select(m => m.Subject));
        // The minutes that failed stand in the day's bar, and nothing of the house on the page.
        var home = (await world.FetchAsync(HttpMethod.Get, "/status/shop")).Body;
        Assert.Matches(@"(7|8|9)\u00a0min of trouble", WebUtility.HtmlDecode(home));
        foreach (var inner in (string[])["payments-availability", "INC-1", "bob"]) Assert.DoesNotContain(inner, home, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CarolHasEnough_OnePressEndsIt_AndHerAddressIsForgotten()
    {
        var (world, mails) = await NightAsync();
        await using var _ = world;
        await using var __ = mails;
        await SubscribeAsync(world, mails, "carol@example.com");
        await SubscribeAsync(world, mails, "dave@example.com");
        await SayAsync(world, "posts", new { title = "Search is slow", body = "We look.", by = "bob" });
        var link = LinkIn(To(mails, "carol@example.com")[^1], "unsubscribe");
        // A scanner that opens every link ends nothing; somebody else's signature neither.
        await world.FetchAsync(HttpMethod.Get, link);
        Assert.Equal(403, (await world.CallBackAsync(link[..^4] + "aaaa", "")).Status);
        Assert.Equal(2, (await world.GetAsync("/api/v1/statuspages/shop")).GetProperty("subscribers").GetProperty("email").GetInt32());
        // What a mail program sends by itself (RFC 8058), twice.
        for (var i = 0; i < 2; i++) Assert.Equal(200, (await world.CallBackAsync(link, "List-Unsubscribe=One-Click")).Status);
        var left = Assert.Single((await world.GetAsync("/api/v1/statuspages/shop/subscribers")).EnumerateArray().ToArray());
        Assert.Equal("dave@example.com", left.GetProperty("address").GetString());
        await SayAsync(world, "posts", new { title = "Search fails", body = "We look.", by = "bob" });
        Assert.Equal((2, 3), (To(mails, "carol@example.com").Length, To(mails, "dave@example.com").Length));
    }

    [Fact]
    public async Task SomebodyTypesCarolsAddress_SheGetsOneMail_ConfirmsNothing_AndIsForgotten()
    {
        var (world, mails) = await NightAsync();
        await using var _ = world;
        await using var __ = mails;
        for (var i = 0; i < 3; i++) await world.CallBackAsync("/status/shop/subscribe", "email=carol%40example.com");
        Assert.Single(To(mails, "carol@example.com"));
        await SayAsync(world, "posts", new { title = "Search is slow", body = "We look.", by = "bob" });
        Assert.Single(To(mails, "carol@example.com"));
        Assert.Equal(1, (await world.GetAsync("/api/v1/statuspages/shop")).GetProperty("subscribers").GetProperty("waiting").GetInt32());
        world.Clock.Advance(TimeSpan.FromDays(2));
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await world.GetAsync("/api/v1/statuspages/shop")).GetProperty("subscribers").GetProperty("waiting").GetInt32());
        Assert.Equal(422, (await world.CallBackAsync("/status/shop/subscribe", "email=carol")).Status);
    }

    [Fact]
    public async Task DavesProgram_ConfirmsItself_GetsEachChangeUnderOneId_AndEndsIt()
    {
        var (world, mails) = await NightAsync(("statuspages:privateWebhooks", "true"));
        await using var _ = world;
        await using var __ = mails;
        await using var program = await Pager.StartAsync(world.Clock);
        Assert.Equal(200, (await world.CallBackAsync("/status/shop/subscribe", "webhook=" + Uri.EscapeDataString(program.Url.ToString()))).Status);
        var confirm = new Uri(Assert.Single(program.Calls).Body.GetProperty("confirm").GetString()!).PathAndQuery;
        Assert.Equal(200, (await world.CallBackAsync(confirm, "")).Status);
        // Its first answer is an error: it is called again, and sees the same id.
        program.Answers(503);
        var post = (await SayAsync(world, "posts", new { title = "Search is slow", body = "We look.", components = new { search = "degraded_performance" }, by = "bob" })).GetProperty("id").GetString();
        await world.PassAsync(TimeSpan.FromMinutes(2));
        var told = program.Calls.Skip(1).ToArray();
        Assert.Equal(2, told.Length);
        Assert.Equal(told[0].Delivery, told[1].Delivery);
        Assert.Equal(("minor", "Search is slow", post), (told[1].Body.GetProperty("page").GetProperty("status_indicator").GetString(), told[1].Body.GetProperty("incident").GetProperty("name").GetString(), told[1].Body.GetProperty("incident").GetProperty("id").GetString()));
        Assert.Equal(200, (await world.CallBackAsync(new Uri(told[1].Body.GetProperty("meta").GetProperty("unsubscribe").GetString()!).PathAndQuery, "")).Status);
        await SayAsync(world, "posts/" + post, new { status = "resolved", body = "Over.", by = "bob" });
        Assert.Equal(3, program.Calls.Count);
    }

    [Fact]
    public async Task AStrangersProgram_OnThisMachine_IsNotCalled()
    {
        var (world, mails) = await NightAsync();
        await using var _ = world;
        await using var __ = mails;
        await using var program = await Pager.StartAsync(world.Clock);
        await world.CallBackAsync("/status/shop/subscribe", "webhook=" + Uri.EscapeDataString(program.Url.ToString()));
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(program.Calls);
    }

    [Fact]
    public async Task WorkIsAnnounced_WithNotice_BeginsAndEndsByItself_AlsoAfterACrash()
    {
        var (world, mails) = await NightAsync();
        await using var _ = world;
        await using var __ = mails;
        await SubscribeAsync(world, mails, "carol@example.com");
        var now = world.Clock.GetUtcNow();
        var early = await world.SendAsync("/api/v1/statuspages/shop/maintenances", JsonSerializer.Serialize(new { title = "A new index", body = "Search may be slow.", components = new[] { "search" }, from = At(now.AddHours(47)), until = At(now.AddHours(48)) }));
        Assert.Equal(409, early.Status);
        Assert.Contains("That is less than 2d ahead: the earliest beginning is 2026-11-23T01:40Z.", early.Body, StringComparison.Ordinal);
        var work = (await SayAsync(world, "maintenances", new { title = "A new index", body = "Search may be slow.", components = new[] { "search" }, from = At(now.AddHours(49)), until = At(now.AddHours(50)), by = "bob" })).GetProperty("id").GetString();
        Assert.Contains("SUMMARY:A new index", (await world.FetchAsync(HttpMethod.Get, "/status/shop/maintenance.ics")).Body, StringComparison.Ordinal);
        world.Clock.Advance(TimeSpan.FromHours(49));
        await world.PassAsync(TimeSpan.FromMinutes(1));
        var during = await SummaryAsync(world);
        Assert.Equal(("under_maintenance", "in_progress", "Service Under Maintenance"), (
            during.GetProperty("components")[1].GetProperty("status").GetString(), during.GetProperty("scheduled_maintenances")[0].GetProperty("status").GetString(), during.GetProperty("status").GetProperty("description").GetString()));
        await world.CrashAndRestartAsync();
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("operational", (await SummaryAsync(world)).GetProperty("components")[1].GetProperty("status").GetString());
        Assert.Equal("completed", (await world.GetAsync("/status/shop/api/v2/scheduled-maintenances.json")).GetProperty("scheduled_maintenances")[0].GetProperty("status").GetString());
        Assert.Contains($"/status/shop/incidents/{work}", (await world.FetchAsync(HttpMethod.Get, "/status/shop/history")).Body, StringComparison.Ordinal);
        Assert.Equal(
            ["[Fernhill Goods] Maintenance announced: A new index", "[Fernhill Goods] Maintenance has begun: A new index", "[Fernhill Goods] Maintenance is done: A new index"],
            To(mails, "carol@example.com").Skip(1).Select(m => m.Subject));
    }

    [Fact]
    public async Task AThousandSubscribers_AreToldInBatches_TheMailServerHangsUpInBetween_AndEachHearsItOnce()
    {
        var (world, mails) = await NightAsync();
        await using var _ = world;
        await using var __ = mails;
        await SayAsync(world, "subscribers", new { addresses = Enumerable.Range(0, 1_000).Select(i => $"c{i}@example.com") });
        mails.Down = true;
        await SayAsync(world, "posts", new { title = "Search is slow", body = "We look.", by = "bob" });
        Assert.Empty(mails.Mails);
        mails.Down = false;
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal((1_000, 1_000), (mails.Mails.Count, mails.Mails.Select(m => m.To).Distinct().Count()));
        Assert.Equal(0, (await world.GetAsync("/api/v1/statuspages/shop")).GetProperty("subscribers").GetProperty("notices").GetInt32());
    }

    [Fact]
    public async Task TheFolder_HasWhatThePageHas_AtEachChange()
    {
        var folder = Directory.CreateTempSubdirectory("nines-status").FullName;
        var (world, mails) = await NightAsync(("statuspages:publishTo", folder));
        await using var _ = world;
        await using var __ = mails;
        Assert.Contains("Everything works.", await File.ReadAllTextAsync(Path.Combine(folder, "shop", "index.html")), StringComparison.Ordinal);
        var post = (await SayAsync(world, "posts", new { title = "Search <fails>", body = "We look.", components = new { search = "major_outage" }, by = "bob" })).GetProperty("id").GetString();
        Assert.Contains("Search &lt;fails&gt;", await File.ReadAllTextAsync(Path.Combine(folder, "shop", "index.html")), StringComparison.Ordinal);
        Assert.Contains("\"indicator\":\"critical\"", await File.ReadAllTextAsync(Path.Combine(folder, "shop", "api", "v2", "status.json")), StringComparison.Ordinal);
        // Every link of a file leads to a file of the folder, or out to the server.
        foreach (var file in (string[])["index.html", "history/index.html", $"incidents/{post}/index.html"])
        {
            var place = Path.Combine(folder, "shop", file);
            foreach (Match link in Hrefs().Matches(WebUtility.HtmlDecode(await File.ReadAllTextAsync(place))))
                if (link.Groups["to"].Value is { Length: > 0 } to && !to.StartsWith("http", StringComparison.Ordinal) && to[0] != '#')
                    Assert.True(File.Exists(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(place)!, to))), $"{file} leads to {to}, which is not there.");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task AStranger_SeesWhatIsPublic_AndLearnsNothingOfWhatIsNot()
    {
        await using var house = await LockedHouse.OpenAsync();
        using var ada = house.Browser();
        await ada.SetUpAsync("ada", LockedHouse.Password);
        foreach (var page in (string[])[Page, Page.Replace("name: shop", "name: inside", StringComparison.Ordinal).Replace("  zone:", "  visibility: private\n  zone:", StringComparison.Ordinal), Page.Replace("name: shop", "name: own", StringComparison.Ordinal).Replace("  zone:", "  domain: status.fernhill.example\n  zone:", StringComparison.Ordinal)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(house.Address, "/api/v1/manifests")) { Content = new StringContent(page.Replace("[payments]", "[]", StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/yaml") };
            Assert.Equal(HttpStatusCode.OK, (await ada.SendAsync(request, page: false)).StatusCode);
        }

        using var stranger = house.Browser();
        var home = await stranger.GetAsync("/status/shop");
        Assert.Equal((HttpStatusCode.OK, "public, max-age=15, stale-while-revalidate=60, stale-if-error=86400"), (home.StatusCode, home.Headers.GetValues("Cache-Control").Single()));
        Assert.Equal("*", (await stranger.GetAsync("/status/shop/api/v2/summary.json", page: false)).Headers.GetValues("Access-Control-Allow-Origin").Single());
        // Chromium refuses a style sheet whose 304 does not say what it is.
        using (var again = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Address, "/status/shop")) { Headers = { IfNoneMatch = { home.Headers.ETag! } } })
        {
            using var same = await stranger.SendAsync(again, page: true);
            Assert.Equal((HttpStatusCode.NotModified, "text/html; charset=utf-8"), (same.StatusCode, same.Content.Headers.ContentType?.ToString()));
        }

        // A private page and one that is not there look alike.
        foreach (var name in (string[])["inside", "nowhere"])
        {
            Assert.StartsWith("/sign-in", (await stranger.GetAsync("/status/" + name)).Headers.Location?.ToString(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync($"/status/{name}/api/v2/summary.json", page: false)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await ada.GetAsync("/status/inside")).StatusCode);
        // A page's own domain shows that page, and no other part of the house.
        Assert.Contains("Fernhill Goods", await OnDomainAsync("/", HttpStatusCode.OK), StringComparison.Ordinal);
        await OnDomainAsync("/api/v2/summary.json", HttpStatusCode.OK);
        await OnDomainAsync("/history", HttpStatusCode.OK);
        foreach (var inner in (string[])["/sign-in", "/overview", "/api/v1/incidents", "/metrics"]) await OnDomainAsync(inner, HttpStatusCode.NotFound);

        async Task<string> OnDomainAsync(string path, HttpStatusCode status)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Address, path)) { Headers = { Host = "status.fernhill.example" } };
            using var answer = await stranger.SendAsync(request, page: false);
            Assert.Equal(status, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    [GeneratedRegex(@"https?://\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Links();

    [GeneratedRegex("href=\"(?<to>[^\"#]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hrefs();
}
