using System.Net.Http.Json;
using System.Text;

namespace Nines.Tests.Browser;

/// <summary>What two incidents of the shop taught: one document that its reviewers approved, one that two people write at once; and what is changed.</summary>
internal static class Learnt
{
    private const string Policies = "apiVersion: nines/v1\nkind: PostmortemPolicy\nmetadata: { name: postmortems }\nspec: { costPerMinute: [{ service: catalog, amount: 12.5, currency: EUR }], zone: Europe/Berlin }\n";

    public static async Task FillAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var policies = new StringContent(Policies, Encoding.UTF8, "application/yaml");
        using var applied = await http.PostAsync("/api/v1/manifests", policies);
        Assert.True(applied.IsSuccessStatusCode, await applied.Content.ReadAsStringAsync());
        await SayAsync(http, "incidents", new { title = "Prices in the catalog are an hour old", services = new[] { "catalog" }, severity = "sev2", by = "ada" });
        await SayAsync(http, "incidents/INC-1/roles/commander", new { person = "ada", by = "ada" });
        await SayAsync(http, "incidents/INC-1/notes", new { text = "The importer waits for a lock that nobody holds.", by = "bo" });
        await SayAsync(http, "incidents/INC-1/notes", new { text = "Restart the importer with the old lock table.", decision = true, by = "ada" });
        await SayAsync(http, "incidents/INC-1/mitigated", new { how = "", text = "The importer runs with the old lock table.", by = "ada" });
        await SayAsync(http, "incidents/INC-1/resolve", new { cause = "A lock was never given back.", @override = "The backlog takes a day.", by = "ada" });
        await WriteAsync(http, "PM-1", "summary", "The importer of prices waited for a lock that a **crashed worker** had never given back. Prices in the catalog were up to an hour old, and [15 in 200 reads](/objectives/catalog-freshness) came too late.\n\nThe importer was restarted with the old lock table; the backlog went down over the day.");
        await WriteAsync(http, "PM-1", "root-cause", "A lock has no end of its own. Nothing between a merge and production lets a worker die while it holds one.");
        await WriteAsync(http, "PM-1", "whys", "Prices were old because the importer stood still.\nIt stood still because it waited for a lock.\nThe lock was held because its worker had crashed.\nNobody took it back because `locks` have no end.");
        await WriteAsync(http, "PM-1", "fishbone-technology", "Locks without an end");
        await WriteAsync(http, "PM-1", "fishbone-monitoring", "The age of the oldest price was measured, the age of the oldest lock was not");
        await WriteAsync(http, "PM-1", "factor-detection", "The burn alert waits for a share of the month's budget; an hour of old prices is little of it.");
        await WriteAsync(http, "PM-1", "went-well", "The restart was written down in the runbook.\nOne decision, taken in two minutes.");
        await WriteAsync(http, "PM-1", "lucky", "No sale ran that day.");
        await WriteAsync(http, "PM-1", "public", "Prices in our shop were up to an hour old on that morning. Nobody paid a wrong price: the cart asks again. We have mended what let one broken part hold up the others.");
        await WriteAsync(http, "PM-1", "users-affected", "1240");
        await WriteAsync(http, "PM-1", "customer-tickets", "37");
        await WriteAsync(http, "PM-1", "data-loss", "no");
        await SayAsync(http, "postmortems/PM-1/review", new { reviewers = new[] { "bo", "dana" }, by = "ada" });
        await SayAsync(http, "postmortems/PM-1/approve", new { person = "bo", by = "bo" });
        await SayAsync(http, "actions", new { title = "Give locks an end of ten minutes", incident = "INC-1", type = "prevent", priority = "P0", owner = "bo", by = "ada" });
        await SayAsync(http, "actions", new { title = "Alert on the age of the oldest lock", incident = "INC-1", type = "detect", priority = "P1", owner = "cem", check = "alert-exists oldest-lock", by = "ada" });
        await SayAsync(http, "actions", new { title = "The catalog is fresh for two weeks", incident = "INC-1", type = "mitigate", priority = "P2", check = "objective-holds catalog-freshness 14d", link = "https://tracker.example.com/browse/SHOP-1207", by = "ada" });
        await SayAsync(http, "actions", new { title = "Releases of the importer only while somebody is awake who knows what a lock table is and where the runbook of the importer lies", type = "process", service = "payments", by = "ada" });
        await SayAsync(http, "actions/AI-1/start", new { by = "bo" });
        await SayAsync(http, "actions/AI-4/done", new { evidence = "The gate of the importer has office hours since Tuesday.", by = "ada" });

        await SayAsync(http, "incidents", new { title = "Two payments were booked twice", services = new[] { "payments" }, severity = "sev3", by = "dana" });
        await SayAsync(http, "incidents/INC-2/resolve", new { cause = "A retry without a key.", @override = "Nothing burned.", by = "dana" });
        await WriteAsync(http, "PM-2", "summary", "Two payments were booked twice.");
        await WriteAsync(http, "PM-2", "summary", "A retry without a key booked two payments twice; both were paid back within the hour.\n<script>alert(1)</script>");
        await WriteAsync(http, "PM-2", "root-cause", "Eve forgot to set the key. The reviewer should have seen it.");
    }

    private static Task WriteAsync(HttpClient http, string postmortem, string section, string text) => SayAsync(http, $"postmortems/{postmortem}/sections/{section}", new { text, basedOn = 0, by = section == "lucky" ? "bo" : "ada" });

    private static async Task SayAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/" + path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
    }
}
