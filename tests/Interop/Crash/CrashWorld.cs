using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Nines.Kernel;
using Nines.Storage;
using NodaTime;
using Xunit;

namespace Nines.Tests.Interop.Crash;

/// <summary>One server with its senders and its receiver, and what is known of it.</summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    private readonly MortalServer _server;
    private readonly PageCatcher _pager;
    private readonly DoorLoad[] _doors;
    private readonly Random _random;
    private readonly string _data;
    private readonly Dictionary<string, string> _alerts = [];
    private readonly Dictionary<string, string> _pages = [];
    private int _burning;

    private CrashWorld(string data, PageCatcher pager, Random random)
    {
        (_data, _pager, _random) = (data, pager, random);
        _server = new(data, "--set", "objectives:evaluateEvery=1s");
        _doors = [new RemoteWriteLoad(random), new OtlpLoad(random), new PushLoad(random)];
    }

    public static async Task<CrashWorld> OpenAsync(string data, Random random, int services)
    {
        var world = new CrashWorld(data, await PageCatcher.StartAsync(), random);
        try
        {
            await world.BeginAsync(services);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    private async Task BeginAsync(int services)
    {
        await _server.StartAsync();
        await _server.ApplyAsync(string.Join("---\n", [
            Ada(_pager.Url), Objective("written", "written_total"), Objective("exported", "exported_total"), Objective("pushed", "pushed_events_total{name=\"pushed\"}"),
            .. Enumerable.Range(0, services).Select(i => Burnable(ServiceOf(i))),
        ]));
        for (var i = 0; i < 100 && (await _server.GetAsync("/api/v1/objectives")).GetArrayLength() < 3 + services; i++) await Task.Delay(100);
        foreach (var door in _doors)
        {
            // The first sample of a counter is where counting begins; the second shows that it has begun.
            await door.OneAsync(_server.Http);
            await door.OneAsync(_server.Http);
            await door.CheckAsync(_server, "before the first kill");
        }
    }

    /// <summary>Load, one more service burns, kill at a random moment, and sometimes again before it is ready; start, check.</summary>
    public async Task RoundAsync(int round)
    {
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(_doors.Select(d => d.SendAsync(_server.Http, stop.Token)));
        await Task.Delay(_random.Next(50, 400));
        await BurnAsync(_server, ServiceOf(round));
        _burning++;
        // The evaluation a second later tells it, and the page leaves; now and then a checkpoint falls into the wait.
        await Task.Delay(round % 5 == 4 ? _random.Next(3_000, 8_000) : _random.Next(0, 2_500));
        await RememberAsync();
        await Task.Delay(_random.Next(0, 50));
        await _server.KillAsync();
        await stop.CancelAsync();
        await load;
        if (_random.Next(4) == 0)
        {
            _server.Launch();
            await Task.Delay(_random.Next(100, 900));
            await _server.KillAsync();
            LongRun.Count("further kills while the server started", 1);
        }

        await _server.StartAsync();
        foreach (var door in _doors) await door.CheckAsync(_server, $"after kill {round}");
        await CheckRememberedAsync();
    }

    /// <summary>Everything that was on its way arrives; then the books of both sides are compared.</summary>
    public async Task EndAsync()
    {
        foreach (var door in _doors)
        {
            await door.OneAsync(_server.Http);
            Assert.Equal(door.Acknowledged, door.OnItsWay);
            await door.CheckAsync(_server, "in the end");
        }

        for (var i = 0; i < 300 && Opened().Count() < _burning; i++) await Task.Delay(100);
        var opened = Opened().ToDictionary(g => g.Key, g => g.ToArray());
        Assert.Equal(Enumerable.Range(0, _burning).Select(ServiceOf).Order(StringComparer.Ordinal), opened.Keys.Order(StringComparer.Ordinal));
        foreach (var (service, calls) in opened)
        {
            Assert.True(calls.DistinctBy(c => (c.Delivery, c.Page, c.Body)).Count() == 1, $"{service} was paged as {string.Join(" and ", calls.Select(c => $"{c.Delivery} of {c.Page}").Distinct())}");
        }

        var pages = (await _server.GetAsync("/api/v1/pages")).EnumerateArray().ToArray();
        Assert.Equal(
            opened.Values.Select(c => c[0].Page).Order(StringComparer.Ordinal), pages.Select(p => p.GetProperty("id").GetString()).Order(StringComparer.Ordinal));
        await _server.KillAsync();
        var health = await StoreDoctor.ExamineAsync(new(_data, null), TimeProvider.System, default);
        Assert.DoesNotContain(health, h => h.State == HealthState.Bad);
        LongRun.Count("acknowledged requests counted once over kills", _doors.Sum(d => d.Requests));
        LongRun.Count("pages received under one id over kills", opened.Count);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _pager.DisposeAsync();
    }

    private IEnumerable<IGrouping<string, CaughtPage>> Opened() => _pager.Caught.Where(c => c.Event == "page.opened").GroupBy(c => c.Service, StringComparer.Ordinal);

    /// <summary>Who is called.</summary>
    public static string Ada(Uri url) =>
        $"apiVersion: nines/v1\nkind: Person\nmetadata: {{ name: ada }}\nspec: {{ contacts: {{ webhook: {{ url: \"{url}\" }} }} }}\n";

    private static string ServiceOf(int number) => string.Create(CultureInfo.InvariantCulture, $"burn-{number}");

    /// <summary>Ten minutes in which everything failed, told at once.</summary>
    public static async Task BurnAsync(MortalServer server, string service)
    {
        var now = TimeProvider.System.Now();
        var events = Enumerable.Range(0, 10).Select(m => new { name = service, good = 0, total = 1000, at = (now - Duration.FromMinutes(m)).ToString(), key = $"{service}-{m}" });
        using var answer = await server.Http.PostAsJsonAsync(new Uri("/api/v1/events", UriKind.Relative), events);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task RememberAsync()
    {
        Take(await _server.GetAsync("/api/v1/alerts"), _alerts, "service", "startedAt", "fingerprint", "title");
        Take(await _server.GetAsync("/api/v1/pages"), _pages, "service", "openedAt", "title", "severity");
    }

    private async Task CheckRememberedAsync()
    {
        await CheckAsync(_alerts, "/api/v1/alerts", "service", "startedAt", "fingerprint", "title");
        await CheckAsync(_pages, "/api/v1/pages", "service", "openedAt", "title", "severity");
    }

    private async Task CheckAsync(Dictionary<string, string> remembered, string path, params string[] fields)
    {
        var now = new Dictionary<string, string>();
        Take(await _server.GetAsync(path), now, fields);
        foreach (var (id, words) in remembered) Assert.Equal(words, now.GetValueOrDefault(id, $"{path}: {id} is gone"));
    }

    private static void Take(JsonElement list, Dictionary<string, string> into, params string[] fields)
    {
        foreach (var one in list.EnumerateArray()) into[one.GetProperty("id").GetString()!] = string.Join(' ', fields.Select(f => one.GetProperty(f).ToString()));
    }

    /// <summary>A service of Ada's with an objective over its pushed events.</summary>
    public static string Burnable(string service) =>
        $"apiVersion: nines/v1\nkind: Service\nmetadata: {{ name: {service} }}\nspec: {{ owner: {{ person: ada }} }}\n---\n{Objective(service, $"pushed_events_total{{name=\"{service}\"}}", "outcome=\"good\"")}";

    public static string Objective(string name, string total, string good = "") => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: {{name}} }
        spec:
          service: {{name}}
          indicator:
            metadata: { name: {{name}} }
            spec:
              ratioMetric:
                counter: true
                good: { metricSource: { type: nines, spec: { selector: '{{(good.Length > 0 ? total.Replace("}", "," + good + "}", StringComparison.Ordinal) : total)}}' } } }
                total: { metricSource: { type: nines, spec: { selector: '{{total}}' } } }
          timeWindow: [{ duration: 30d, isRolling: true }]
          budgetingMethod: Occurrences
          objectives: [{ target: 0.999 }]

        """;
}
