using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nines.Host;
using Nines.Kernel;
using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Nines.Storage;
using NodaTime;

namespace Nines.Tests.Browser;

/// <summary>The real server in this process, with a small shop in every state there is: burning, spent, silent, healthy.</summary>
internal sealed class ShopHost : IAsyncDisposable
{
    private static readonly (string Service, string Name, double Target)[] Shop =
    [
        ("payments", "payments-availability", 0.999), ("payments", "payments-latency", 0.99), ("catalog", "catalog-freshness", 0.99),
        ("search", "search-quality", 0.95), ("ledger", "ledger-reconciliation", 0.99), ("checkout", "checkout-availability", 0.9995), ("checkout", "checkout-latency", 0.99),
    ];

    private static readonly (string Handle, string Name, string Zone)[] People =
    [
        ("ada", "Ada Lovelace", "Europe/Berlin"), ("bo", "Bo Martin", "Europe/Berlin"), ("cem", "Cem Okay", "Europe/Istanbul"), ("dana", "Dana Reyes", "Europe/Lisbon"), ("eve", "Eve Vance", "America/New_York"),
    ];

    // One with a hole each weekday noon, one without.
    private const string Schedules = """
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
          holidays: [{ date: 2026-12-25, name: Christmas Day, people: [cem] }]
        ---
        apiVersion: nines/v1
        kind: Schedule
        metadata: { name: payments-second, displayName: Payments second }
        spec:
          timeZone: Europe/Berlin
          layers: [{ name: weeks, rotation: { turn: weekly, start: 2026-01-05, handOver: "09:00", people: [bo, cem, dana, eve, ada] } }]
        ---
        apiVersion: nines/v1
        kind: Integration
        metadata: { name: backup, displayName: Nightly backup }
        spec: { kind: events, service: payments, key: env:BACKUP_KEY }
        ---
        apiVersion: nines/v1
        kind: Heartbeat
        metadata: { name: nightly-backup, displayName: Nightly backup }
        spec: { every: 24h, grace: 30m, service: payments }

        """;

    private readonly NinesHost _host;

    private readonly CancellationTokenSource _end = new();
    private Task _feeding = Task.CompletedTask;
    private volatile bool _broken;

    private ShopHost(NinesHost host) => _host = host;

    public Uri Address => _host.Address;

    public IServiceProvider Services => _host.Services;

    public static async Task<ShopHost> StartAsync(bool filled)
    {
        var options = new HostOptions
        {
            Listen = new("http://127.0.0.1:0"),
            Open = true,
            Log = false,
            Settings = new Dictionary<string, string?> { ["objectives:evaluateEvery"] = "1s" },
        };
        var host = NinesHost.Build(options, TimeProvider.System, Store.InMemory(),
            services => { if (filled) services.AddSingleton<IObjectiveDefinitions>(new ShopDefinitions()); });
        await host.StartAsync();
        var shop = new ShopHost(host);
        if (filled) await shop.FillAsync();
        return shop;
    }

    /// <summary>Everything of checkout fails from now on, as far as it is told: the next evaluation sees a burn.</summary>
    public void BreakCheckout()
    {
        _broken = true;
        Write("checkout-availability", 30, _ => (1000, 900));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _feeding;
        _end.Dispose();
        await _host.DisposeAsync();
    }

    // Everybody but ledger goes on sending.
    private async Task FeedAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2));
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
                foreach (var (service, name, _) in Shop)
                    if (service != "ledger") Write(name, 1, _ => (30, service == "catalog" ? 2 : service == "checkout" && _broken ? 27 : 0.01));
        }
        catch (OperationCanceledException)
        {
            // The test run is over.
        }
    }

    private async Task FillAsync()
    {
        var engine = _host.Services.GetRequiredService<ObjectiveEngine>();
        engine.Refresh(_host.Services.GetRequiredService<IHouse>().State);
        Write("payments-availability", 43_200, m => (1000, m is > 42_100 and < 42_150 ? 110 : m is > 20_000 and < 20_060 ? 90 : m is > 11_000 and < 11_120 ? 85 : 0.1));
        Write("payments-latency", 43_200, _ => (1000, 2.5));
        Write("catalog-freshness", 43_200, m => (200, m > 43_200 - 600 ? 15 : 0.6));
        Write("search-quality", 43_200, m => (400, m is > 3_000 and < 12_000 ? 100 : 2));
        Write("ledger-reconciliation", 43_200, m => m > 43_200 - 95 ? null : (60, 0.2));
        Write("checkout-availability", 43_200, _ => (1000, 0.05));
        Write("checkout-latency", 20, _ => (1000, 0.05));
        await ApplyAsync();
        Send();
        _feeding = FeedAsync();
        await WaitAsync("catalog is burning");
        await Learnt.FillAsync(Address);
        await Drilled.FillAsync(Address);
    }

    private void Write(string objective, int minutes, Func<int, (double Total, double Bad)?> of)
    {
        var engine = _host.Services.GetRequiredService<ObjectiveEngine>();
        var indicator = engine.Set.Find(objective)!.Indicator!.Value;
        var now = minutes == 1 ? TimeProvider.System.UnixMs() : TimeProvider.System.UnixMs() / 60_000 * 60_000;
        lock (engine.Book.Gate)
        {
            for (var i = 0; i < minutes; i++)
            {
                if (of(i) is not var (total, bad)) continue;
                var at = now - ((minutes - 1L - i) * 60_000);
                engine.Book.Add(indicator, StreamRole.Total, at, total);
                engine.Book.Add(indicator, StreamRole.Bad, at, bad);
                engine.Book.Fresh(indicator, at);
            }
        }
    }

    private async Task ApplyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        var yaml = string.Join("---\n", Shop.Select(s => s.Service).Distinct().Select(s => $$"""
            apiVersion: nines/v1
            kind: Service
            metadata: { name: {{s}} }
            spec:
              description: Part of the shop that tests look at.
              tier: critical
              owner: { team: shop }
              oncallRotation: {{(s == "payments" ? "payments" : "")}}
              dependencies: { upstream: [{{(s == "ledger" ? "" : "ledger")}}] }

            """));
        yaml += "---\napiVersion: nines/v1\nkind: Team\nmetadata: { name: shop, displayName: Shop }\n";
        yaml += string.Concat(People.Select(p => $"---\napiVersion: nines/v1\nkind: Person\nmetadata: {{ name: {p.Handle}, displayName: {p.Name} }}\nspec:\n  timeZone: {p.Zone}\n  contacts: {{ email: {p.Handle}@example.com }}\n"));
        yaml += Schedules;
        using var answer = await http.PostAsync("/api/v1/manifests", new StringContent(yaml, Encoding.UTF8, "application/yaml"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        foreach (var (person, from, hours) in ((string, int, int)[])[("bo", 6, 12), ("dana", 60, 10)])
        {
            var begins = NodaTime.SystemClock.Instance.GetCurrentInstant() + Duration.FromHours(from);
            using var over = await http.PostAsync("/api/v1/schedules/payments/overrides", new StringContent($$"""{"person":"{{person}}","from":"{{begins}}","until":"{{begins + Duration.FromHours(hours)}}","note":"rest after a night"}""", Encoding.UTF8, "application/json"));
            Assert.True(over.IsSuccessStatusCode, await over.Content.ReadAsStringAsync());
        }

        var asked = NodaTime.SystemClock.Instance.GetCurrentInstant();
        using var cover = await http.PostAsync("/api/v1/schedules/payments-second/covers", new StringContent($$"""{"by":"ada","from":"{{asked}}","until":"{{asked + Duration.FromDays(40)}}"}""", Encoding.UTF8, "application/json"));
        Assert.True(cover.IsSuccessStatusCode, await cover.Content.ReadAsStringAsync());
    }

    private void Send()
    {
        var hub = _host.Services.GetRequiredService<SignalHub>();
        using var batch = SampleBatch.Rent(SignalSource.RemoteWrite, TimeProvider.System.UnixMs());
        foreach (var code in (ReadOnlySpan<string>)["200", "404", "500"])
            batch.Add(hub.Resolve(Labels.Of("http_requests_total", ("service", "cart"), ("code", code)), SampleKind.Counter, SignalSource.RemoteWrite), TimeProvider.System.UnixMs(), 42);
        foreach (var bound in (ReadOnlySpan<string>)["0.1", "0.5", "+Inf"])
            batch.Add(hub.Resolve(Labels.Of("http_request_duration_seconds_bucket", ("service", "cart"), ("le", bound)), SampleKind.Counter, SignalSource.RemoteWrite), TimeProvider.System.UnixMs(), 42);
        hub.Apply(batch);
    }

    private async Task WaitAsync(string words)
    {
        using var http = new HttpClient { BaseAddress = Address };
        var said = "";
        for (var i = 0; i < 100; i++)
        {
            said = await http.GetStringAsync("/overview");
            if (said.Contains(words, StringComparison.OrdinalIgnoreCase)) return;
            await Task.Delay(200);
        }
        var from = said.IndexOf("<h1", StringComparison.Ordinal);
        Assert.Fail($"The overview never said \"{words}\" but {said[from..said.IndexOf("</h1>", StringComparison.Ordinal)]}");
    }

    private sealed class ShopDefinitions : IObjectiveDefinitions
    {
        private readonly IReadOnlyList<Objective> _all = [.. Shop.Select(s => new Objective
        {
            Name = s.Name, Slo = s.Name, Service = s.Service, Target = s.Target, Window = new RollingWindow(Duration.FromDays(30)),
            Indicator = new RatioIndicator(s.Name, null, MetricQuery.Native($"shop_failures_total{{service=\"{s.Service}\"}}"), MetricQuery.Native($"shop_requests_total{{service=\"{s.Service}\"}}"), Counter: true),
        })];

        public IReadOnlyList<Objective> From(HouseState state) => _all;
    }
}
