using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nines.Host;
using Nines.Storage;
using NodaTime;

namespace Nines.Tests.Browser;

/// <summary>The real server on a bad evening: pages in every state, silences, maintenance, tickets, swaps, heartbeats that stay out, changes.</summary>
internal sealed class LoudHost : IAsyncDisposable
{
    private static readonly (string Handle, string Name, string Zone)[] People =
    [
        ("ada", "Ada Lovelace", "Europe/Berlin"), ("bo", "Bo Martin", "Europe/Berlin"), ("cem", "Cem Okay", "Europe/Istanbul"), ("dana", "Dana Reyes-Montgomery", "Europe/Lisbon"), ("eve", "Eve Vance", "America/New_York"),
    ];

    private static readonly string[] Services = ["payments", "checkout", "search", "catalog", "ledger", "storefront"];

    // Who is called when, where alerts go, and who sends them.
    private const string Written = """
        ---
        apiVersion: nines/v1
        kind: Team
        metadata: { name: shop, displayName: Shop }
        spec: { lead: dana, members: [ada, bo, cem, dana, eve], oncall: shop }
        ---
        apiVersion: nines/v1
        kind: Team
        metadata: { name: front, displayName: Front }
        spec: { lead: zed, members: [zed] }
        ---
        apiVersion: nines/v1
        kind: Schedule
        metadata: { name: payments, displayName: Payments }
        spec:
          timeZone: Europe/Berlin
          team: shop
          secondary: payments-second
          layers:
            - name: weeks
              hours: [{ from: "14:00", until: "12:00" }]
              rotation: { turn: weekly, start: 2026-01-05, handOver: "09:00", people: [ada, bo, cem, dana, eve] }
            - name: office
              hours: [{ days: weekends, from: "08:00", until: "18:00" }]
              restsOnHolidays: true
              rotation: { turn: daily, start: 2026-01-05, handOver: "08:00", people: [cem, dana, nobody] }
            - name: learning
              shadow: true
              rotation: { turn: weekly, start: 2026-01-05, handOver: "09:00", people: [eve] }
        ---
        apiVersion: nines/v1
        kind: Schedule
        metadata: { name: payments-second, displayName: Payments second }
        spec:
          timeZone: Europe/Berlin
          layers: [{ name: weeks, rotation: { turn: weekly, start: 2026-01-05, handOver: "09:00", people: [bo, cem, dana, eve, ada] } }]
        ---
        apiVersion: nines/v1
        kind: Schedule
        metadata: { name: coverage, displayName: Follow the sun }
        spec:
          timeZone: Europe/Berlin
          layers: [{ name: hours, rotation: { turn: hourly, length: 8, start: 2026-01-05, handOver: "06:00", people: [ada, eve, cem] } }]
        ---
        apiVersion: nines/v1
        kind: EscalationPolicy
        metadata: { name: shop }
        spec:
          steps:
            - { notify: [{ schedule: payments }, { person: ada }], delay: 5m }
            - { notify: [{ schedule: payments-second }], delay: 5m }
            - { notify: [{ lead: shop }], hours: { timeZone: Europe/Berlin, from: "08:00", until: "18:00" }, otherwise: [{ person: eve }], delay: 10m }
          repeat: 2
        ---
        apiVersion: nines/v1
        kind: AlertRouting
        metadata: { name: main }
        spec:
          branches:
            - { name: databases, match: ['alertname=~"Node.*"'], severity: ticket, groupBy: [cluster] }
            - name: shop
              match: ['service=~"payments|checkout"']
              continue: true
              escalation: shop
              branches: [{ name: slow, match: [alertname=PaymentsLatency], mute: [nights] }]
          intervals: [{ name: nights, when: [{ times: ["22:00-24:00", "00:00-06:00"], timeZone: Europe/Berlin }] }]
          inhibit: [{ name: down-hides-slow, source: [alertname=PaymentsDown], target: [alertname=PaymentsLatency], equal: [service] }]
        ---
        apiVersion: nines/v1
        kind: Integration
        metadata: { name: backup, displayName: Nightly backup }
        spec: { kind: events, service: ledger, severity: ticket }
        ---
        apiVersion: nines/v1
        kind: Heartbeat
        metadata: { name: nightly-backup, displayName: Nightly backup }
        spec: { every: 24h, grace: 30m, service: ledger, severity: ticket }
        ---
        apiVersion: nines/v1
        kind: Heartbeat
        metadata: { name: watchdog, displayName: Prometheus is alive }
        spec: { every: 1m, service: payments }

        """;

    private readonly NinesHost _host;
    private readonly WebApplication _pager;
    private readonly ConcurrentQueue<JsonElement> _calls = new();
    private readonly HttpClient _http;

    private LoudHost(NinesHost host, WebApplication pager) => (_host, _pager, _http) = (host, pager, new() { BaseAddress = host.Address });

    public Uri Address => _host.Address;

    public static async Task<LoudHost> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var pager = builder.Build();
        LoudHost? self = null;
        pager.MapPost("/", async (HttpRequest request) =>
        {
            self?._calls.Enqueue(await request.ReadFromJsonAsync<JsonElement>());
            return Results.NoContent();
        });
        await pager.StartAsync();
        var options = new HostOptions { Listen = new("http://127.0.0.1:0"), Open = true, Log = false, Settings = new Dictionary<string, string?> { ["notifications:owner"] = "eve", ["notifications:publicUrl"] = "https://nines.example.com" } };
        var host = NinesHost.Build(options, TimeProvider.System, Store.InMemory());
        await host.StartAsync();
        self = new(host, pager);
        await self.FillAsync(pager.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return self;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        await _pager.DisposeAsync();
    }

    /// <summary>An address with what it names put in: <c>{page:search}</c>, <c>{alert:checkout}</c>, <c>{link:payments}</c>, <c>{ticket}</c>, <c>{handoff}</c>.</summary>
    public async Task<string> ResolveAsync(string address)
    {
        if (address.IndexOf('{', StringComparison.Ordinal) is var at and >= 0 && address.IndexOf('}', StringComparison.Ordinal) is var end)
            return address[..at] + await FindAsync(address[(at + 1)..end].Split(':')) + address[(end + 1)..];
        return address;
    }

    private async Task<string> FindAsync(string[] what)
    {
        switch (what[0])
        {
            case "page": return (await ListAsync("/api/v1/pages")).First(p => p.GetProperty("service").GetString() == what[1] && p.GetProperty("severity").GetString() == "page").GetProperty("id").GetString()!;
            case "alert": return (await ListAsync("/api/v1/alerts")).First(a => a.GetProperty("title").GetString()!.StartsWith(what[1], StringComparison.Ordinal)).GetProperty("id").GetString()!;
            case "ticket": return (await ListAsync("/api/v1/tickets"))[0].GetProperty("id").GetString()!;
            case "handoff": return (await ListAsync("/api/v1/oncall/handoffs"))[0].GetProperty("id").GetString()!;
            case "subscriber": return await LoudStatusPage.LinkOfAsync(_host.Services, what[1]);
            default:
                var page = await FindAsync(["page", what[1]]);
                var call = _calls.First(c => c.TryGetProperty("page", out var id) && id.GetString() == page && c.GetProperty("acknowledge").ValueKind == JsonValueKind.String);
                return new Uri(call.GetProperty("acknowledge").GetString()!).AbsolutePath;
        }
    }

    private async Task<JsonElement[]> ListAsync(string path)
    {
        var said = await _http.GetFromJsonAsync<JsonElement>(path);
        return [.. (said.ValueKind == JsonValueKind.Array ? said : said.EnumerateObject().First(p => p.Value.ValueKind == JsonValueKind.Array).Value).EnumerateArray()];
    }

    private async Task FillAsync(string webhook)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        await ApplyAsync(Manifests(webhook, now));
        await PostAsync("/api/v1/changes", new object[]
        {
            new { service = "checkout", kind = "deploy", title = "checkout 1.4.2", version = "1.4.2", stage = "production", at = Ago(now, 12), links = new { Pipeline = "https://ci.example.com/7" } },
            new { service = "payments", kind = "flag", title = "new-cart on for 10 % of customers", at = Ago(now, 25) },
            new { service = "", kind = "config", title = "Time-out at the edge from 30 s to 10 s", at = Ago(now, 55) }, new { service = "search", kind = "rollback", version = "7.1", stage = "eu", at = Ago(now, 700) },
        });
        await SilenceAsync();
        await AlertsAsync(now);
        await UntilAsync(async () => (await ListAsync("/api/v1/pages")).Count(p => p.GetProperty("state").GetString() == "open") >= 4 && _calls.Count >= 4, "the pages were not sent");
        await ActAsync(now);
        await SchedulesAsync(now);
        await IncidentsAsync();
        await LoudStatusPage.FillAsync(_http, now);
        await LoudRunbooks.FillAsync(ApplyAsync, PostAsync);
        await LoudSecurity.FillAsync(_http, ApplyAsync, PostAsync, now);
        await UntilAsync(async () => (await ListAsync("/api/v1/remedies")).Length > 0, "no rule proposed anything");
    }

    // One that is over, one that somebody commands, one drill.
    private async Task IncidentsAsync()
    {
        await PostAsync("/api/v1/incidents", new { title = "Search answers nobody in Lisbon", services = new[] { "search" }, severity = "sev3", by = "cem" });
        await PostAsync("/api/v1/incidents/INC-1/resolve", new { cause = "A route was announced twice.", @override = "no indicator sees Lisbon", by = "cem" });
        await PostAsync("/api/v1/incidents", new { page = await FindAsync(["page", "checkout"]), function = "core", users = "few", triggers = new[] { "revenue" }, by = "bo" });
        foreach (var (action, body) in ((string, object)[])
        [
            ("roles/commander", new { person = "bo", by = "bo" }), ("roles/operations", new { person = "cem", by = "bo" }), ("roles/expert", new { person = "dana", by = "bo" }), ("roles/expert", new { person = "eve", by = "bo" }),
            ("checklist", new { item = "real", by = "bo" }), ("checklist", new { item = "roles", by = "bo" }),
            ("notes", new { text = "Cards of one bank only, says the hotline; wallets work. https://grafana.example.com/d/checkout?from=now-1h&to=now&var-bank=all", by = "cem" }),
            ("notes", new { text = "Roll back 1.4.2. Turning the flag off would take six minutes longer.", decision = true, by = "bo" }), ("mitigate", new { text = "Roll back the last deployment", by = "bo" }),
            ("severity", new { severity = "sev1", reason = "It is every card, not one bank.", by = "bo" }),
        ]) await PostAsync("/api/v1/incidents/INC-2/" + action, body);
        await PostAsync("/api/v1/update-subscriptions", new { person = "dana", services = new[] { "checkout" }, least = "sev3" });
        await PostAsync("/api/v1/update-subscriptions", new { person = "ada", audience = "executives", least = "sev1" });
        await PostAsync("/api/v1/incidents/INC-2/updates", new { by = "bo" });
        await PostAsync("/api/v1/incidents", new { title = "Wheel of misfortune: the cache is gone", services = new[] { "catalog" }, function = "degraded", users = "all", drill = true, by = "dana" });
    }

    // One page of each state: payments stays open, bo has checkout, search sleeps, catalog is over, storefront reached nobody.
    private async Task ActAsync(Instant now)
    {
        await PostAsync($"/api/v1/pages/{await FindAsync(["page", "checkout"])}/acknowledge", new { by = "bo" });
        await PostAsync($"/api/v1/pages/{await FindAsync(["page", "search"])}/snooze", new { by = "cem", @for = "30m" });
        await PostAsync($"/api/v1/pages/{await FindAsync(["page", "catalog"])}/acknowledge", new { by = "dana" });
        await PostAsync("/api/v2/alerts", new[] { Alert("CatalogStale", "catalog", "page", "Catalog is an hour old", now, 40, ends: now) });
        await PostAsync("/in/heartbeats/nightly-backup", new { });
        await PostAsync("/in/events/backup", new { title = "Backup of ledger failed on db-7.eu-central.example.com", dedup = "ledger", severity = "ticket" });
    }

    private async Task SchedulesAsync(Instant now)
    {
        await PostAsync("/api/v1/schedules/payments/overrides", new { person = "dana", from = (now + Duration.FromHours(6)).ToString(), until = (now + Duration.FromHours(18)).ToString(), note = "rest after a night" });
        await PostAsync("/api/v1/schedules/payments/temporary", new
        {
            from = (now + Duration.FromDays(20)).ToString(),
            until = (now + Duration.FromDays(22)).ToString(),
            shifts = new[] { new { from = (now + Duration.FromDays(20)).ToString(), until = (now + Duration.FromDays(21)).ToString(), people = new[] { "eve" } }, new { from = (now + Duration.FromDays(21)).ToString(), until = (now + Duration.FromDays(22)).ToString(), people = new[] { "bo" } } },
        });
        await PostAsync("/api/v1/schedules/payments-second/covers", new { by = "ada", from = now.ToString(), until = (now + Duration.FromDays(40)).ToString() });
        // Whoever is on call now goes for an hour: the shift ends, and a handoff is drawn.
        var first = (await _http.GetFromJsonAsync<JsonElement>("/api/v1/schedules/payments")).GetProperty("now").GetProperty("people")[0].GetString();
        await PostAsync("/api/v1/schedules/payments/overrides", new { person = first == "bo" ? "cem" : "bo", from = now.ToString(), until = (now + Duration.FromHours(1)).ToString(), note = "at the dentist" });
        await UntilAsync(async () => (await ListAsync("/api/v1/oncall/handoffs")).Length > 0, "no shift ended");
    }

    private async Task AlertsAsync(Instant now)
    {
        await PostAsync("/api/v2/alerts", new[]
        {
            Alert("PaymentsDown", "payments", "page", "Payments answers one request in three", now, 8, impact: "Customers cannot pay; carts are kept.", runbook: "https://runbooks.example.com/payments/down"),
            Alert("CheckoutErrors", "checkout", "page", "Checkout fails for card payments in Europe", now, 5), Alert("SearchSlow", "search", "page", "Search takes 4.2 s", now, 30),
            Alert("CatalogStale", "catalog", "page", "Catalog is an hour old", now, 40), Alert("StorefrontDown", "storefront", "page", "Storefront is down", now, 3),
            Alert("LedgerBatchLate", "ledger", "page", "The night's batch is late", now, 20), Alert("NodeDisk", "ledger", "ticket", "Disk of db-7 is full in four days", now, 90),
            Alert("CertificateEnds", "search", "ticket", "The certificate of search.example.com ends in 13 days", now, 300), Alert("CacheCold", "catalog", "info", "The cache was cold for 2 min", now, 15),
            Alert("PaymentsLatency", "payments", "ticket", "Payments answers slowly", now, 8),
        });
    }

    private async Task SilenceAsync()
    {
        await PostAsync("/api/v1/silences", new { matchers = new[] { "alertname=LedgerBatchLate", "service=ledger" }, @for = "2h", owner = "ada", comment = "The database moves; the batch starts at six.", maxAlerts = 20 });
        await PostAsync("/api/v1/silences", new { matchers = new[] { "alertname=~Synthetic.*" }, untilResolved = true, @for = "1d", owner = "bo", comment = "Probe in Lisbon is rebuilt" });
    }

    private static object Alert(string name, string service, string severity, string summary, Instant now, int minutes, string? impact = null, string? runbook = null, Instant? ends = null)
    {
        var annotations = new Dictionary<string, string> { ["summary"] = summary, ["description"] = $"{summary}: seen from three places for {minutes} minutes, over the last 5 minutes 34 % of requests failed." };
        if (impact is not null) annotations["impact"] = impact;
        if (runbook is not null) annotations["runbook_url"] = runbook;
        return new { labels = new { alertname = name, service, severity, cluster = "eu-central-1" }, annotations, startsAt = Ago(now, minutes), endsAt = (ends ?? now + Duration.FromHours(3)).ToString(), generatorURL = "https://prometheus.example.com/graph?g0.expr=up" };
    }

    private static string Ago(Instant now, int minutes) => (now - Duration.FromMinutes(minutes)).ToString();

    private static string Manifests(string webhook, Instant now)
    {
        var yaml = new StringBuilder();
        foreach (var (handle, name, zone) in People)
            yaml.Append($"---\napiVersion: nines/v1\nkind: Person\nmetadata: {{ name: {handle}, displayName: {name} }}\nspec:\n  timeZone: {zone}\n  contacts: {{ webhook: {{ url: \"{webhook}\" }}, email: {handle}@example.com }}\n");
        yaml.Append("---\napiVersion: nines/v1\nkind: Person\nmetadata: { name: zed, displayName: Zed Without }\nspec: { timeZone: Europe/Berlin }\n");
        foreach (var service in Services)
            yaml.Append($"---\napiVersion: nines/v1\nkind: Service\nmetadata: {{ name: {service} }}\nspec:\n  description: Part of the shop that pages are about.\n  tier: critical\n  owner: {{ team: {(service == "storefront" ? "front" : "shop")} }}\n  dependencies: {{ upstream: [{(service == "ledger" ? "" : service == "payments" ? "ledger" : "payments")}] }}\n");
        var today = now.InUtc().Date;
        return yaml.Append(Written).Append($$"""
            ---
            apiVersion: nines/v1
            kind: MaintenanceWindow
            metadata: { name: ledger-move }
            spec: { services: [ledger], from: {{today.PlusDays(2):uuuu-MM-dd}}T22:00, until: {{today.PlusDays(3):uuuu-MM-dd}}T02:00, timeZone: Europe/Berlin, owner: ada, reason: The database moves to the new cluster. }

            """).ToString();
    }

    private async Task ApplyAsync(string yaml)
    {
        using var answer = await _http.PostAsync("/api/v1/manifests", new StringContent(yaml, Encoding.UTF8, "application/yaml"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await holds()) return;
            await Task.Delay(100);
        }

        Assert.Fail(otherwise);
    }
}
