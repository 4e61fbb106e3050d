using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nines.Host;
using Nines.Storage;
using Xunit;

namespace Nines.Tests.Interop.Crash;

/// <summary>
/// One server that is killed while people work on incidents: some walk theirs from step to step, and of others, declared
/// twenty minutes ago, the check-in falls due in the middle of it.
/// </summary>
internal sealed class IncidentStorm : IAsyncDisposable
{
    private const int Walkers = 5;
    private const int CheckedAgain = 12;
    private const int ChecksInEvery = 25;

    // SEV1 asks every 15 minutes, and pages 5 later.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(20);

    // What a dead process's lease, a receiver that refuses the first try, and a busy machine may cost.
    private static readonly TimeSpan PagesWithin = TimeSpan.FromSeconds(45);

    private readonly MortalServer _server;
    private readonly PageCatcher _pager;
    private readonly Random _random;
    private readonly string _data;
    private readonly List<IncidentWalk> _walks = [];
    private readonly Dictionary<string, (string Id, TimeSpan Due)> _silent = [];
    private readonly Dictionary<string, string> _heard = [];

    private IncidentStorm(string data, PageCatcher pager, Random random)
    {
        (_data, _pager, _random) = (data, pager, random);
        _server = new(data, "--set", "notifications:owner=ada");
    }

    public static async Task<IncidentStorm> OpenAsync(string data, Random random, int silent, TimeSpan within)
    {
        var storm = new IncidentStorm(data, await PageCatcher.StartAsync(), random);
        try
        {
            await storm.BeginAsync(silent, within);
            await storm._server.StartAsync();
            return storm;
        }
        catch
        {
            await storm.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Some people come to a step each, all take it at once, and the server is killed in that moment, sometimes again
    /// while it starts; what was answered is there, and everybody goes on to the end.
    /// </summary>
    /// <returns>How often it was killed.</returns>
    public async Task<int> RoundAsync(int round)
    {
        // Whoever is at it says so again before it is due again.
        if (round % ChecksInEvery == ChecksInEvery - 1)
            foreach (var id in _heard.Values) await CheckInAsync(id);
        var walks = new List<(IncidentWalk Walk, int Step)>();
        for (var n = 0; n < Walkers; n++)
        {
            var (step, walk) = (((round * Walkers) + n) % IncidentWalk.Steps.Count, new IncidentWalk(_server, string.Create(CultureInfo.InvariantCulture, $"{round}.{n}")));
            walks.Add((walk, step));
            _walks.Add(walk);
            // Nobody need check in on what it becomes part of.
            walk.Whole = await DeclareAsync(_server.Http, "walk", "sev3");
            await walk.GoToAsync(step);
        }

        // Now and then before it arrives, now and then after it was answered; mostly in between.
        var steps = Task.WhenAll(walks.Select(w => w.Walk.StepAsync()));
        await Task.Delay(TimeSpan.FromMilliseconds(_random.NextDouble() * 25));
        await _server.KillAsync();
        await steps;
        var kills = 1;
        if (_random.Next(3) == 0)
        {
            _server.Launch();
            await Task.Delay(_random.Next(50, 900));
            await _server.KillAsync();
            kills++;
            LongRun.Count("of the kills in the incident workflow while the server started", 1);
        }

        await _server.StartAsync();
        foreach (var walk in _walks.TakeLast(CheckedAgain)) await walk.CheckAsync($"After kill {round}");
        foreach (var (walk, _) in walks)
        {
            while (!walk.IsOver) Assert.True(await walk.StepAsync(), "A server that is up did not answer.");
            await walk.CheckAsync($"In the end of round {round}");
        }

        return kills;
    }

    /// <summary>Everything that was answered is there; nobody checked in where nobody did, and where somebody did nobody was told.</summary>
    public async Task<string> EndAsync()
    {
        foreach (var walk in _walks) await walk.CheckAsync("In the end");
        var all = (await _server.GetAsync("/api/v1/incidents")).EnumerateArray().Select(i => int.Parse(i.GetProperty("name").GetString()!.AsSpan(4), CultureInfo.InvariantCulture)).Order().ToArray();
        Assert.Equal(Enumerable.Range(1, all.Length), all);
        // One more time it dies while there is something to say.
        await _server.KillAsync();
        await _server.StartAsync();
        var deadline = _silent.Values.Max(s => s.Due) + PagesWithin;
        while (_pager.Now < deadline + PagesWithin && _silent.Keys.Except(Paged().Keys, StringComparer.Ordinal).Any()) await Task.Delay(100);
        var paged = Paged();
        foreach (var (service, (id, due)) in _silent)
        {
            Assert.True(paged.TryGetValue(service, out var calls), $"Nobody checked in on the incident of {service}, due {due:c}, and by {_pager.Now:c} nobody was told. It is {await _server.Http.GetStringAsync(new Uri("/api/v1/incidents/" + id, UriKind.Relative))}");
            Assert.True(calls[0].At > due - TimeSpan.FromSeconds(1), $"{service} was told at {calls[0].At:c}, and is due at {due:c}.");
            Assert.Single(calls.DistinctBy(c => (c.Page, c.Delivery)));
            await CheckInAsync(id);
        }

        Assert.Empty(paged.Keys.Except(_silent.Keys, StringComparer.Ordinal));
        var firing = (await _server.GetAsync("/api/v1/alerts")).EnumerateArray().Where(a => a.GetProperty("state").GetString() == "firing").ToArray();
        Assert.Empty(firing);
        await _server.KillAsync();
        Assert.DoesNotContain(await StoreDoctor.ExamineAsync(new(_data, null), TimeProvider.System, default), h => h.State == HealthState.Bad);
        LongRun.Count("incidents walked through every step over kills", _walks.Count);
        LongRun.Count("of their steps without an answer, taken again", _walks.Sum(w => w.Unheard));
        LongRun.Count("of those, done all the same when the server died", _walks.Sum(w => w.Done));
        LongRun.Count("missed check-ins that paged over kills, none of the others", _silent.Count);
        var late = _silent.Select(s => (paged[s.Key][0].At - s.Value.Due).TotalSeconds).Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{_walks.Count} incidents, {_walks.Sum(w => w.Answered)} steps answered, {_walks.Sum(w => w.Unheard)} without an answer ({_walks.Sum(w => w.Done)} of them done all the same); {_silent.Count} missed check-ins paged, {late[late.Length / 2]:0.0} s after they were due, {late[^1]:0.0} s at most; {_heard.Count} that checked in did not");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _pager.DisposeAsync();
    }

    private Dictionary<string, CaughtPage[]> Paged() =>
        _pager.Caught.Where(c => c.Event == "page.opened").GroupBy(c => c.Service, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    /// <summary>Twenty minutes ago: the same house by a clock that is behind, so that nobody has to wait for so long.</summary>
    private async Task BeginAsync(int silent, TimeSpan within)
    {
        var clock = new PastClock { Behind = Silence };
        await using var host = NinesHost.Build(new HostOptions { Listen = new("http://127.0.0.1:0"), Open = true, Data = _data, Log = false }, clock, await Store.OpenAsync(new(_data, null)));
        await host.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        var manifests = new[] { CrashWorld.Ada(_pager.Url), "apiVersion: nines/v1\nkind: Person\nmetadata: { name: bo }\nspec: {}\n" }
            .Concat(Enumerable.Range(0, silent).SelectMany(n => new[] { Service($"silent-{n}"), Service($"heard-{n}") })).Append(Service("walk"));
        using var body = new StringContent(string.Join("---\n", manifests), Encoding.UTF8, "application/yaml");
        await AnsweredAsync(await http.PostAsync(new Uri("/api/v1/manifests", UriKind.Relative), body));
        for (var n = 0; n < silent; n++)
        {
            var due = within * (n + 1) / silent;
            clock.Behind = Silence - due;
            _silent[$"silent-{n}"] = (await DeclareAsync(http, $"silent-{n}"), _pager.Now + due);
            _heard[$"heard-{n}"] = await DeclareAsync(http, $"heard-{n}");
        }

        clock.Behind = TimeSpan.Zero;
        foreach (var id in _heard.Values) await AnsweredAsync(await http.PostAsJsonAsync(new Uri($"/api/v1/incidents/{id}/check-in", UriKind.Relative), new { text = "We are at it.", by = "ada" }));
    }

    private static string Service(string name) => $"apiVersion: nines/v1\nkind: Service\nmetadata: {{ name: {name} }}\nspec: {{ owner: {{ person: ada }} }}\n";

    private static async Task<string> DeclareAsync(HttpClient http, string service, string severity = "sev1")
    {
        var declared = await AnsweredAsync(await http.PostAsJsonAsync(new Uri("/api/v1/incidents", UriKind.Relative), new { title = $"{service} is slow", severity, services = new[] { service }, by = "ada" }));
        return declared.GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> AnsweredAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonDocument.Parse(text).RootElement.Clone();
        }
    }

    private async Task CheckInAsync(string id) => await AnsweredAsync(await _server.Http.PostAsJsonAsync(new Uri($"/api/v1/incidents/{id}/check-in", UriKind.Relative), new { text = "Somebody is at it again.", by = "ada" }));

    /// <summary>A clock that is behind by as much as is said.</summary>
    private sealed class PastClock : TimeProvider
    {
        public TimeSpan Behind { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - Behind;
    }
}
