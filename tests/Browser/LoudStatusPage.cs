using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nines.Responding.StatusPages;
using NodaTime;

namespace Nines.Tests.Browser;

/// <summary>A status page on a bad evening: trouble now, trouble that is over, work that is announced, hostile and long texts.</summary>
internal static class LoudStatusPage
{
    private const string Manifest = """
        apiVersion: nines/v1
        kind: StatusPage
        metadata: { name: shop }
        spec:
          title: Fernhill Goods
          description: Whether our shop works, for everybody who shops there or sells over it.
          zone: Europe/Berlin
          theme: { accent: "#7a2fb5" }
          components:
            - { key: payments, name: Card payments, description: "Cards, PayPal and invoices", services: [payments] }
            - { key: checkout, name: Checkout, services: [checkout] }
            - { key: search, name: Search, group: Shop, services: [search] }
            - { key: catalog, name: "Catalogue with <b>a name</b> that is a good deal longer than one line of a telephone takes", group: Shop, services: [catalog] }
        """;

    public static async Task FillAsync(HttpClient http, Instant now)
    {
        using (var answer = await http.PostAsync("/api/v1/manifests", new StringContent(Manifest, Encoding.UTF8, "application/yaml"))) Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await SubscribeAsync(http, ["carol@example.com", "dave@example.com"], []);
        await SubscribeAsync(http, ["erin@example.com"], ["payments", "catalog"]);
        await SubscribeAsync(http, ["a-name-that-is-longer-than-a-telephone-is-wide-unbroken@subdomain-of-a-department.example.com"], ["search"]);
        // Asked, and not confirmed yet.
        using (var asked = await http.PostAsJsonAsync("/status/shop/subscribe", new { email = "frank@example.com", components = new[] { "checkout" } })) Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync());
        var over = await PostAsync(http, "posts", new { title = "Search showed poor results", body = "We are looking into it.", components = new { search = "degraded_performance" } });
        await PostAsync(http, "posts/" + over, new { status = "resolved", body = "An index was built from half the catalogue. Rebuilt, and now checked before use." });
        var open = await PostAsync(http, "posts", new { title = "Some card payments fail", body = "Some card payments are failing. PayPal and invoices work.\nWe are on it. Next update by 03:40.", components = new { payments = "partial_outage", checkout = "degraded_performance" }, incident = "INC-2" });
        await PostAsync(http, "posts/" + open, new { status = "identified", body = "We have found the cause and undone a change. <script>alert('x')</script> https://example.com/a-very-long-address-that-nobody-can-break-anywhere-in-between-and-that-goes-on-and-on-and-on" });
        await PostAsync(http, "maintenances", new { title = "Order history moves to a new database", body = "You can shop; past orders may be missing for some minutes.", components = new[] { "catalog", "search" }, from = (now + Duration.FromDays(3)).ToString(), until = (now + Duration.FromDays(3) + Duration.FromHours(1)).ToString() });
        await PostAsync(http, "maintenances", new { title = "A disk is replaced", body = "Nobody should notice.", components = new[] { "catalog" }, from = now.ToString(), until = (now + Duration.FromHours(9)).ToString(), @override = "The disk fails." });
    }

    /// <summary>The link that a subscriber's mails have.</summary>
    public static async Task<string> LinkOfAsync(IServiceProvider services, string who)
    {
        var desk = services.GetRequiredService<SubscriberDesk>();
        var one = desk.All("shop")!.Single(s => s.Address.StartsWith(who, StringComparison.Ordinal));
        var link = await desk.LeaveLinkAsync(services.GetRequiredService<StatusPress>().Find("shop")!, one.Id, SystemClock.Instance.GetCurrentInstant(), CancellationToken.None);
        return new Uri(link).PathAndQuery;
    }

    private static async Task SubscribeAsync(HttpClient http, string[] addresses, string[] components)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/statuspages/shop/subscribers", new { addresses, components });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> PostAsync(HttpClient http, string door, object body)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/statuspages/shop/" + door, body);
        Assert.True(answer.IsSuccessStatusCode, $"{door}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
