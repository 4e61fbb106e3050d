using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nines.Host;
using Nines.Kernel;
using Nines.Storage;

namespace Nines.Tests.Stories;

/// <summary>
/// A whole house on a clock that only the story moves: the real server in this process, over a store in memory, called
/// over real HTTP. It can die and come back over the same store.
/// </summary>
internal sealed class StoryWorld : IAsyncDisposable
{
    // The engine's cycle; a smaller step shows nothing more.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private readonly Store _durable = Store.InMemory();
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private readonly Dictionary<string, (double Good, double Bad)> _traffic = new(StringComparer.Ordinal);
    private readonly List<(DateTimeOffset At, string Service, double Good, double Bad)> _pushed = [];
    private readonly Dictionary<string, double> _gauges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (double Seconds, int PerStep)> _speeds = new(StringComparer.Ordinal);
    private NinesHost _host = null!;
    private HttpClient _http = null!;

    private StoryWorld(IReadOnlyDictionary<string, string?> settings) => _settings = settings;

    public StoryClock Clock { get; } = new(new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero));

    /// <summary>Where the running process is; another after a crash.</summary>
    public Uri Address => _host.Address;

    /// <summary>The journal of the running process.</summary>
    public MortalJournal Journal { get; private set; } = null!;

    public HouseState State => _host.Services.GetRequiredService<IHouse>().State;

    public static async Task<StoryWorld> OpenAsync(params (string Name, string Value)[] settings)
    {
        var world = new StoryWorld(settings.ToDictionary(s => s.Name, string? (s) => s.Value));
        await world.StartAsync();
        return world;
    }

    /// <summary>Applies manifests, as anybody would.</summary>
    public async Task ApplyAsync(params string[] documents)
    {
        using var body = new StringContent(string.Join("\n---\n", documents), Encoding.UTF8, "application/yaml");
        using var answer = await _http.PostAsync("/api/v1/manifests", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await RestAsync();
    }

    /// <summary>A service with an owner, and an objective of 99.9 % over pushed events.</summary>
    public static string Service(string name, string owner) =>
        $"apiVersion: nines/v1\nkind: Service\nmetadata: {{ name: {name} }}\nspec: {{ owner: {{ {owner} }}, runbooks: {{ default: \"https://runbooks.example.com/{name}\" }} }}\n"
        + $$"""
          ---
          apiVersion: openslo/v1
          kind: SLO
          metadata: { name: {{name}}-availability }
          spec:
            service: {{name}}
            indicator:
              metadata: { name: {{name}}-events }
              spec:
                ratioMetric:
                  counter: true
                  good: { metricSource: { type: nines, spec: { selector: 'pushed_events_total{name="{{name}}",outcome="good"}' } } }
                  total: { metricSource: { type: nines, spec: { selector: 'pushed_events_total{name="{{name}}"}' } } }
            timeWindow: [{ duration: 30d, isRolling: true }]
            budgetingMethod: Occurrences
            objectives: [{ target: 0.999 }]

          """;

    /// <summary>From now on a service answers so many requests a second, so many of them badly.</summary>
    public void Traffic(string service, double goodPerSecond, double badPerSecond = 0) => _traffic[service] = (goodPerSecond, badPerSecond);

    /// <summary>Every sample that was sent, as it was sent: what a story counts by itself.</summary>
    public IReadOnlyList<(DateTimeOffset At, string Service, double Good, double Bad)> Pushed => _pushed;

    /// <summary>From now on a gauge shows this value.</summary>
    public void Gauge(string metric, double value) => _gauges[metric] = value;

    /// <summary>From now on a service's requests take so long: a histogram in seconds, ten requests a second.</summary>
    public void Speed(string service, double seconds) => _speeds[service] = (seconds, 100);

    /// <summary>Time passes: traffic flows, duties run when they are due, and messages arrive.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= Step)
        {
            var step = left < Step ? left : Step;
            Clock.Advance(step);
            foreach (var (service, (good, bad)) in _traffic) await PushAsync(service, good * step.TotalSeconds, bad * step.TotalSeconds);
            if (_gauges.Count + _speeds.Count > 0) await ExportAsync();
            await RestAsync();
            if (Journal.Dead) return;
        }
    }

    /// <summary>The process dies: nothing that it does from now on becomes durable. Then another one starts.</summary>
    public async Task CrashAndRestartAsync()
    {
        Journal.Dead = true;
        await StopAsync();
        await StartAsync();
        await RestAsync();
    }

    public async Task<JsonElement> GetAsync(string path) => await _http.GetFromJsonAsync<JsonElement>(path);

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var value = await answer.Content.ReadFromJsonAsync<JsonElement>();
        await RestAsync();
        return value;
    }

    /// <summary>Posts a form with a header, as a provider calls back; the answer's text.</summary>
    public async Task<string> PostFormAsync(string path, IEnumerable<KeyValuePair<string, string>> form, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        await RestAsync();
        return text;
    }

    /// <summary>Somebody calls back with a form and some headers; what is answered is for the story to judge.</summary>
    public async Task<(int Status, string Body)> CallBackAsync(string path, string form, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded") };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        await RestAsync();
        return ((int)answer.StatusCode, text);
    }

    /// <summary>Posts where the answer has no body.</summary>
    public async Task PostRawAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await RestAsync();
    }

    /// <summary>Sends a body as another program would; what it answers is for the story to judge.</summary>
    public async Task<(int Status, string Body)> SendAsync(string path, string body, string type = "application/json", string? authorization = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!Journal.Dead) await RestAsync();
        return ((int)answer.StatusCode, text);
    }

    /// <summary>Fetches as any client would, following no redirect, and waits until what follows is done.</summary>
    public async Task<(HttpStatusCode Status, string Body)> FetchAsync(HttpMethod method, string path)
    {
        var fetched = await RawAsync(method, path, "");
        await RestAsync();
        return fetched;
    }

    /// <summary>The same, without waiting for anything else.</summary>
    public async Task<(HttpStatusCode Status, string Body)> RawAsync(HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.ParseAdd("text/html, application/json");
        if (method == HttpMethod.Post) request.Content = new StringContent(json, Encoding.UTF8, json.Length > 0 ? "application/json" : "application/x-www-form-urlencoded");
        using var answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task DeleteAsync(string path)
    {
        using var answer = await _http.DeleteAsync(path);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await RestAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _durable.DisposeAsync();
    }

    private async Task StartAsync()
    {
        Journal = new(_durable.Journal);
        var store = new Store(Journal, _durable.Signals, new MemoryLeases(), _durable.Keys, () => ValueTask.CompletedTask);
        _host = NinesHost.Build(new HostOptions { Listen = new("http://127.0.0.1:0"), Open = true, Log = false, Settings = _settings }, Clock, store);
        await _host.StartAsync();
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _host.Address };
    }

    private async Task StopAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    private async Task PushAsync(string service, double good, double bad)
    {
        using var answer = await _http.PostAsJsonAsync("/api/v1/events", new { name = service, good, total = good + bad });
        _pushed.Add((Clock.GetUtcNow(), service, good, bad));
        if (!Journal.Dead) Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Gauges and histograms come as OTLP, as from any SDK.</summary>
    private async Task ExportAsync()
    {
        var at = $"{Clock.GetUtcNow().ToUnixTimeMilliseconds()}000000";
        var gauges = _gauges.Select(g => (object)new { name = g.Key, gauge = new { dataPoints = new[] { new { timeUnixNano = at, asDouble = g.Value } } } });
        double[] bounds = [0.1, 0.2, 0.5, 1, 2];
        var speeds = _speeds.Select(s => (object)new
        {
            name = "http.server.request.duration",
            unit = "s",
            histogram = new
            {
                aggregationTemporality = 1,
                dataPoints = new[]
                {
                    new
                    {
                        timeUnixNano = at,
                        count = $"{s.Value.PerStep}",
                        sum = s.Value.Seconds * s.Value.PerStep,
                        explicitBounds = bounds,
                        bucketCounts = Enumerable.Range(0, bounds.Length + 1).Select(i => Holds(bounds, i, s.Value.Seconds) ? $"{s.Value.PerStep}" : "0"),
                        attributes = new[] { new { key = "service", value = new { stringValue = s.Key } } },
                    },
                },
            },
        });
        using var answer = await _http.PostAsJsonAsync("/v1/metrics", new { resourceMetrics = new[] { new { scopeMetrics = new[] { new { metrics = gauges.Concat(speeds) } } } } });
        if (!Journal.Dead) Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static bool Holds(double[] bounds, int bucket, double value) =>
        (bucket == 0 || value > bounds[bucket - 1]) && (bucket == bounds.Length || value <= bounds[bucket]);

    /// <summary>Waits until everything that is due at this instant is done. It watches real work, so it takes real time, but decides nothing.</summary>
    private async Task RestAsync()
    {
        var house = _host.Services.GetRequiredService<IHouse>();
        var duties = _host.Services.GetServices<Duty>().ToArray();
        var runner = _host.Services.GetRequiredService<DutyRunner>();
        var outbox = _host.Services.GetRequiredService<OutboxDuty>();
        var patience = TimeProvider.System.GetTimestamp();
        for (var calm = 0; calm < 3;)
        {
            var before = house.State.Position;
            var sending = outbox.DrainAsync();
            while (!sending.IsCompleted && !Journal.Dead)
            {
                await Task.WhenAny(sending, Task.Delay(20));
                Assert.True(TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromSeconds(30), "A message does not come to rest.");
            }

            await Task.Delay(1);
            if (Journal.Dead) return;
            // In this order: what has begun since it was looked at is running.
            var busy = duties.FirstOrDefault(d => d.NextDue(house.State) <= Clock.Now())?.Name ?? runner.Running.FirstOrDefault();
            // What is due and still pending is being tried, even where its try has not come to its first wait.
            var trying = house.State.Get<Outbox>().Due is { Count: > 0 } due && due[0].At <= Clock.Now();
            calm = busy is null && !trying && house.State.Position == before ? calm + 1 : 0;
            Assert.True(TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromSeconds(30), $"The duty {busy} does not come to rest.");
        }
    }
}
