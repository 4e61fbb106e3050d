using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using Nines.Storage;
using Xunit;

namespace Nines.Tests.Interop.Crash;

/// <summary>One server in a storm: programs that send alerts as Prometheus does, a receiver that outlives every crash, and what both know.</summary>
internal sealed class CrashStorm : IAsyncDisposable
{
    private const int Senders = 4;
    private const int AlertsOfACall = 5;
    private const int ChecksEvery = 5;

    // A storm of alerts, not of load: each of them is a page that rings on.
    private const int PauseMs = 50;

    // Whoever does not take a page on is called again soon: what was taken on must not be.
    private const string Policy = """
        apiVersion: nines/v1
        kind: EscalationPolicy
        metadata: { name: storm }
        spec: { repeat: 3, steps: [{ notify: [{ person: ada }], delay: 10s }] }
        ---
        apiVersion: nines/v1
        kind: AlertRouting
        metadata: { name: routing }
        spec: { branches: [{ name: storm, match: [alertname=Storm], groupBy: [service], escalation: storm }] }

        """;

    private static readonly TimeSpan CalledAgain = TimeSpan.FromSeconds(12);

    private readonly MortalServer _server;
    private readonly PageCatcher _pager;
    private readonly StormAnswers _answers;
    private readonly Random _random;
    private readonly string _data;

    // Each call is about a service of its own, so that each is a page of its own.
    private readonly ConcurrentDictionary<string, TimeSpan> _answered = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _unanswered = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private Task _storm = Task.CompletedTask;
    private int _sent;

    private CrashStorm(string data, PageCatcher pager, Random random)
    {
        (_data, _pager, _random) = (data, pager, random);
        _server = new(data, "--set", "notifications:owner=ada");
        _answers = new(_server, pager, new(random.Next()));
    }

    public static async Task<CrashStorm> OpenAsync(string data, Random random)
    {
        var storm = new CrashStorm(data, await PageCatcher.StartAsync(), random);
        try
        {
            await storm._server.StartAsync();
            await storm._server.ApplyAsync($"{CrashWorld.Ada(storm._pager.Url)}---\n{Policy}");
            storm._storm = Task.WhenAll([.. Enumerable.Range(0, Senders).Select(_ => storm.SendAsync()), storm._answers.AnswerAsync(storm._stop.Token)]);
            return storm;
        }
        catch
        {
            await storm.DisposeAsync();
            throw;
        }
    }

    /// <summary>A kill in the middle of the storm, sometimes another one while the server starts; now and then what was answered must be there.</summary>
    /// <returns>How often it was killed.</returns>
    public async Task<int> RoundAsync(int round)
    {
        var kills = 1;
        await Task.Delay(_random.Next(5, round % 4 == 3 ? 1500 : 250));
        await _server.KillAsync();
        if (_random.Next(2) == 0)
        {
            _server.Launch();
            await Task.Delay(_random.Next(50, 700));
            await _server.KillAsync();
            kills++;
            LongRun.Count("of them while the server started", 1);
        }

        await _server.StartAsync();
        if (round % ChecksEvery == 0) await CheckAsync(round);
        return kills;
    }

    /// <summary>Everything arrives; then both books are compared.</summary>
    public async Task<string> EndAsync()
    {
        await _stop.CancelAsync();
        await _storm;
        await CheckAsync(int.MaxValue);
        for (var i = 0; i < 600 && _answered.Keys.Any(s => !Opened().ContainsKey(s)); i++) await Task.Delay(100);
        // The last start rang nobody who had it.
        await Task.Delay(CalledAgain);
        var opened = Opened();
        string[] lost = [.. _answered.Keys.Where(s => !opened.ContainsKey(s)).Order(StringComparer.Ordinal)];
        Assert.True(lost.Length == 0, $"{lost.Length} of {_answered.Count} pages are lost: {string.Join(", ", lost.Take(20))}");
        foreach (var (service, calls) in opened)
        {
            Assert.True(calls.DistinctBy(c => c.Page).Count() == 1, $"{service} has several pages: {string.Join(", ", calls.Select(c => c.Page).Distinct())}");
            foreach (var twin in calls.GroupBy(c => c.Body).Where(g => g.DistinctBy(c => c.Delivery).Count() > 1))
                Assert.Fail($"{service} was told the same under {string.Join(" and ", twin.Select(c => c.Delivery).Distinct())}");
        }

        await _server.KillAsync();
        var health = await StoreDoctor.ExamineAsync(new(_data, null), TimeProvider.System, default);
        Assert.DoesNotContain(health, h => h.State == HealthState.Bad);
        var again = _pager.Caught.Count - _pager.Caught.DistinctBy(c => c.Delivery).Count();
        LongRun.Count("alerts answered 200 in a storm, all of them paged", (long)_answered.Count * AlertsOfACall);
        LongRun.Count("pages received in a storm of kills", opened.Count);
        LongRun.Count("deliveries that came again under their id in a storm of kills", again);
        var late = opened.Where(o => _answered.ContainsKey(o.Key)).Select(o => (o.Value.Min(c => c.At) - _answered[o.Key]).TotalSeconds).Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{_answered.Count} calls answered, {opened.Count} pages, {again} deliveries came again; from the answer to the receiver: median {late[late.Length / 2]:0.000} s, longest {late[^1]:0.0} s; {_answers.Check()}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _storm;
        _stop.Dispose();
        await _server.DisposeAsync();
        await _pager.DisposeAsync();
    }

    private Dictionary<string, CaughtPage[]> Opened() =>
        _pager.Caught.Where(c => c.Event == "page.opened").GroupBy(c => c.Service, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    private async Task SendAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var service = string.Create(CultureInfo.InvariantCulture, $"storm-{Interlocked.Increment(ref _sent)}");
            // Nobody knows what became of one without an answer: some senders send it again, some do not.
            if (!await PostAsync(service)) _unanswered.Enqueue(service);
            await Task.Delay(PauseMs, CancellationToken.None);
        }
    }

    /// <summary>One call; true once it is answered, false where the server was killed meanwhile. One that is down is tried until it is back.</summary>
    private async Task<bool> PostAsync(string service)
    {
        var starts = TimeProvider.System.GetUtcNow();
        var alerts = Enumerable.Range(0, AlertsOfACall).Select(i => new
        {
            labels = new Dictionary<string, string> { ["alertname"] = "Storm", ["service"] = service, ["instance"] = $"i{i}", ["severity"] = "critical" },
            annotations = new { summary = "It storms" },
            startsAt = starts,
            endsAt = starts.AddHours(2),
        }).ToArray();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await _server.Http.PostAsJsonAsync(new Uri("/api/v2/alerts", UriKind.Relative), alerts, CancellationToken.None);
                Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
                _answered[service] = TimeProvider.System.GetElapsedTime(_began);
                return true;
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
            {
                await Task.Delay(PauseMs, CancellationToken.None);
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>What was answered 200 before a kill is known after it.</summary>
    private async Task CheckAsync(int round)
    {
        var answered = _answered.Keys.ToArray();
        var known = (await _server.GetAsync("/api/v2/alerts")).EnumerateArray()
            .GroupBy(a => a.GetProperty("labels").GetProperty("service").GetString()!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        foreach (var service in answered) Assert.True(known.GetValueOrDefault(service) == AlertsOfACall, $"After round {round} {known.GetValueOrDefault(service)} of {AlertsOfACall} alerts of {service} are known.");
        await _answers.CheckKnownAsync($"After round {round}");
        while (!_stop.IsCancellationRequested && _unanswered.TryDequeue(out var service))
            if (_random.Next(2) == 0) Assert.True(await PostAsync(service), $"{service} was not taken by a server that is up.");
    }
}
