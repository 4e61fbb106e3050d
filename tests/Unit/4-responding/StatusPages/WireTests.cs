using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Nines.Responding.StatusPages;
using Nines.Responding.StatusPages.Wire;
using Xunit;
using static Nines.Tests.Unit.Responding.StatusPages.StatusFixture;

namespace Nines.Tests.Unit.Responding.StatusPages;

public class WireTests
{
    // What somebody would paste who wants to run on a reader's page.
    private const string Hostile = "<script>alert(1)</script> \"><img src=x onerror=alert(1)> &amp; ]]> \u0001\u202E; a,b";

    private static readonly object[] Events =
    [
        Published(), new StatusUpdated("shop", "post1", "u2", PostStatus.Identified, PostImpact.Minor, [new("payments", ComponentStatus.DegradedPerformance)], "Most cards work again.", "ada"),
        Scheduled(), Scheduled("work2", "Called off"), new MaintenanceCancelled("shop", "work2", "u3", "Not now.", "ada"),
    ];

    private static JsonElement Json(string path, PublicView view) => JsonDocument.Parse(StatuspageJson.Files[path](view)).RootElement;

    [Fact]
    public void Summary_HasTheShapeOfTheStatuspageApi()
    {
        var summary = Json("api/v2/summary.json", View(Fold(Events)));
        Assert.Equal(["page", "components", "incidents", "scheduled_maintenances", "status"], summary.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["id", "name", "url", "time_zone", "updated_at"], summary.GetProperty("page").EnumerateObject().Select(p => p.Name));
        Assert.Equal("""{"indicator":"minor","description":"Minor Service Outage"}""", summary.GetProperty("status").GetRawText());
        var components = summary.GetProperty("components").EnumerateArray().ToArray();
        Assert.Equal(
            ["id", "name", "status", "created_at", "updated_at", "position", "description", "showcase", "start_date", "group_id", "page_id", "group", "only_show_if_degraded"],
            components[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(["payments degraded_performance 1 False", "group:Shop operational 2 True", "search operational 3 False"], components.Select(c => $"{c.GetProperty("id")} {c.GetProperty("status")} {c.GetProperty("position")} {c.GetProperty("group")}"));
        Assert.Equal(("group:Shop", "search"), (components[2].GetProperty("group_id").GetString(), components[1].GetProperty("components")[0].GetString()));
        var incident = Assert.Single(summary.GetProperty("incidents").EnumerateArray().ToArray());
        Assert.Equal(
            ["id", "name", "status", "created_at", "updated_at", "monitoring_at", "resolved_at", "impact", "shortlink", "started_at", "page_id", "incident_updates", "components"],
            incident.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("2026-11-19T02:51:00.000Z", "https://status.example.com/incidents/post1"), (incident.GetProperty("started_at").GetString(), incident.GetProperty("shortlink").GetString()));
        var update = incident.GetProperty("incident_updates")[0];
        Assert.Equal(["id", "status", "body", "incident_id", "created_at", "updated_at", "display_at", "affected_components"], update.EnumerateObject().Select(p => p.Name));
        Assert.Equal("""[{"code":"payments","name":"Payments","old_status":"partial_outage","new_status":"degraded_performance"}]""", update.GetProperty("affected_components").GetRawText());
        var work = Assert.Single(summary.GetProperty("scheduled_maintenances").EnumerateArray().ToArray());
        Assert.Equal(("scheduled", "maintenance", "2026-11-22T03:00:00.000Z"), (work.GetProperty("status").GetString(), work.GetProperty("impact").GetString(), work.GetProperty("scheduled_for").GetString()));
    }

    [Fact]
    public void Siblings_HoldWhatTheirNamesSay()
    {
        object[] begun = [.. Events, new MaintenanceStarted("shop", "work1", "u4"), new StatusUpdated("shop", "post1", "u5", PostStatus.Resolved, PostImpact.Minor, [], "Over.", "ada")];
        var (before, after) = (View(Fold(Events)), View(Fold(begun)));
        Assert.Equal((1, 0), (Count("api/v2/incidents/unresolved.json", "incidents", before), Count("api/v2/incidents/unresolved.json", "incidents", after)));
        Assert.Equal((1, 1), (Count("api/v2/incidents.json", "incidents", before), Count("api/v2/incidents.json", "incidents", after)));
        Assert.Equal((1, 0), (Count("api/v2/scheduled-maintenances/upcoming.json", "scheduled_maintenances", before), Count("api/v2/scheduled-maintenances/upcoming.json", "scheduled_maintenances", after)));
        Assert.Equal((0, 1), (Count("api/v2/scheduled-maintenances/active.json", "scheduled_maintenances", before), Count("api/v2/scheduled-maintenances/active.json", "scheduled_maintenances", after)));
        Assert.Equal(1, Count("api/v2/scheduled-maintenances.json", "scheduled_maintenances", after));
        Assert.Equal("Service Under Maintenance", Json("api/v2/status.json", after).GetProperty("status").GetProperty("description").GetString());
        Assert.Equal("All Systems Operational", Json("api/v2/status.json", View(StatusBook.None)).GetProperty("status").GetProperty("description").GetString());

        static int Count(string path, string list, PublicView view) => Json(path, view).GetProperty(list).GetArrayLength();
    }

    [Fact]
    public void EveryFile_NamesNothingOfTheHouse()
    {
        var view = View(Fold([Published(incident: "inc1"), Scheduled(), new MaintenanceStarted("shop", "work1", "u4")]));
        var all = string.Concat(StatuspageJson.Files.Values.Select(w => Encoding.UTF8.GetString(w(view)))) + Encoding.UTF8.GetString(Feeds.Rss(view)) + Encoding.UTF8.GetString(Feeds.AtomFeed(view)) + Encoding.UTF8.GetString(WorkCalendar.Write(view));
        foreach (var inner in (string[])["pay-core-7", "search-quality", "inc1", "\"ada\""]) Assert.DoesNotContain(inner, all, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFile_WithHostileTexts_StaysWhatItIs()
    {
        var view = View(Fold(Published(title: Hostile, body: Hostile), Scheduled(title: Hostile)));
        foreach (var (path, write) in StatuspageJson.Files)
        {
            var text = Encoding.UTF8.GetString(write(view));
            Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
            Assert.NotEqual(JsonValueKind.Undefined, JsonDocument.Parse(text).RootElement.ValueKind);
            Assert.True(path.Length > 0);
        }

        foreach (var feed in (byte[][])[Feeds.Rss(view), Feeds.AtomFeed(view)])
        {
            var document = XDocument.Load(new MemoryStream(feed));
            Assert.Equal(2, document.Descendants().Count(e => e.Name.LocalName is "item" or "entry"));
            Assert.DoesNotContain(document.Descendants(), e => e.Name.LocalName is "script" or "img");
            // What a reader shows as HTML holds the words, not the tags.
            var html = string.Concat(document.Descendants().Where(e => e.Name.LocalName == "content" || (e.Name.LocalName == "description" && e.Parent!.Name.LocalName == "item")).Select(e => e.Value));
            Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Calendar_LongAndHostileLines_AreFoldedAt75Octets_AndEscaped()
    {
        var text = Encoding.UTF8.GetString(WorkCalendar.Write(View(Fold(Scheduled(title: string.Concat(Enumerable.Repeat("Datenbank-Umzug über Nacht; ", 12))), Scheduled("work2", "x\r\nBEGIN:VEVENT")))));
        foreach (var line in text.Split("\r\n")) Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75);
        Assert.Equal(2, text.Split("\r\n").Count(l => l == "BEGIN:VEVENT"));
        var unfolded = text.Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Datenbank-Umzug über Nacht\\; Datenbank-Umzug", unfolded, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:x\\nBEGIN:VEVENT\r\n", unfolded, StringComparison.Ordinal);
    }

    [Fact]
    public void Calendar_ACalledOffWork_StaysAsCancelled_WithARisingSequence()
    {
        var unfolded = Encoding.UTF8.GetString(WorkCalendar.Write(View(Fold(Events)))).Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Contains("UID:work2@shop.statuspages.nines", unfolded, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:1\r\n", unfolded, StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED", unfolded, StringComparison.Ordinal);
    }

    [Fact]
    public void Mail_SaysWhatItIsAbout_AndHowToEndIt()
    {
        var view = View(Fold(Events));
        var news = NoticeText.Of(view, new("shop", "u2", "post1", NoticeKind.Post, "a", "b"))!;
        Assert.Equal("[Fernhill Goods] Identified: Card payments fail", NoticeText.Subject(view, news));
        Assert.Equal(
            "Card payments fail\nIdentified, 19 Nov 2026, 04:01 CET\n\nMost cards work again.\n\nIt is about: Payments.\nRead on: https://status.example.com/incidents/post1\n\nTo choose what you hear of, or to be told no more: https://x/leave\n",
            NoticeText.Body(view, news, "post1", "https://x/leave"));
        var work = NoticeText.Of(view, new("shop", "work1", "work1", NoticeKind.Maintenance, "a", "b"))!;
        Assert.Equal("[Fernhill Goods] Maintenance announced: A new database", NoticeText.Subject(view, work));
        Assert.Contains("Sunday 22 November 2026, 04:00–05:00 CET", NoticeText.Body(view, work, "work1", ""), StringComparison.Ordinal);
    }
}
