using System.Net.Http.Json;
using System.Text.Json;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.StatusPages;

/// <summary>The page is read by a client of the Statuspage API, a feed reader and a calendar library, none of which knows Nines; a strange title included.</summary>
public sealed class OtherReadersReadThePage
{
    private const string Title = "Cards & <b>PayPal</b> fail; \"really\", 日本 🌍";

    private const string Manifest = """
        apiVersion: nines/v1
        kind: StatusPage
        metadata: { name: shop }
        spec:
          title: Fernhill & Goods
          zone: Europe/Berlin
          components:
            - { key: cards, name: Card payments, objectives: [none-yet] }
            - { key: search, name: Search, group: Shop, objectives: [none-yet] }
        """;

    [Fact]
    public async Task ThePage_IsReadByAClientOfStatuspage_AFeedReader_AndACalendar()
    {
        await using var nines = await RunningNines.StartAsync();
        await nines.ApplyAsync(Manifest);
        var post = await SayAsync(nines, "posts", new { title = Title, body = "Some cards fail.\nWe are on it.", components = new { cards = "partial_outage" } });
        await SayAsync(nines, "posts/" + post, new { status = "identified", body = "Undone." });
        var from = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 60 * 60).AddHours(60);
        var work = await SayAsync(nines, "maintenances", new { title = "A new index, " + new string('x', 90), body = "Slow.", components = new[] { "search" }, from = Iso(from), until = Iso(from.AddHours(1)) });

        var read = JsonDocument.Parse(await NodePeer.RunAsync("StatusPages/readers", "read.mjs", new Uri(nines.Address, "/status/shop").ToString())).RootElement;

        Assert.Equal("Fernhill & Goods", read.GetProperty("summary").GetProperty("page").GetProperty("name").GetString());
        Assert.Equal(("major", "Partial System Outage"), (At(read, "status.status.indicator"), At(read, "status.status.description")));
        Assert.Equal(["partial_outage", "operational", "operational"], read.GetProperty("components").GetProperty("components").EnumerateArray().Select(c => c.GetProperty("status").GetString()));
        foreach (var list in (string[])["incidents", "unresolved"])
        {
            var incident = Assert.Single(read.GetProperty(list).GetProperty("incidents").EnumerateArray().ToArray());
            Assert.Equal((post, Title, "identified"), (incident.GetProperty("id").GetString(), incident.GetProperty("name").GetString(), incident.GetProperty("status").GetString()));
            Assert.Equal(["Undone.", "Some cards fail.\nWe are on it."], incident.GetProperty("incident_updates").EnumerateArray().Select(u => u.GetProperty("body").GetString()));
        }

        Assert.Equal(work, Assert.Single(read.GetProperty("upcoming").GetProperty("scheduled_maintenances").EnumerateArray().ToArray()).GetProperty("id").GetString());
        foreach (var feed in (string[])["rss", "atom"])
        {
            var item = read.GetProperty(feed).GetProperty("items").EnumerateArray().Single(i => i.GetProperty("link").GetString()!.EndsWith(post, StringComparison.Ordinal));
            Assert.Equal(Title, item.GetProperty("title").GetString());
            Assert.Contains("Undone.", item.GetProperty("content").GetString(), StringComparison.Ordinal);
        }

        var planned = Assert.Single(read.GetProperty("events").EnumerateArray().ToArray());
        Assert.Equal(("A new index, " + new string('x', 90), "CONFIRMED", Iso(from).Replace("Z", ".000Z", StringComparison.Ordinal)), (At(planned, "summary"), At(planned, "status"), At(planned, "start")));
    }

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);

    private static string? At(JsonElement value, string path) => path.Split('.').Aggregate(value, (at, name) => at.GetProperty(name)).GetString();

    private static async Task<string> SayAsync(RunningNines nines, string door, object body)
    {
        using var answer = await nines.Http.PostAsJsonAsync(new Uri(nines.Address, "/api/v1/statuspages/shop/" + door), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
