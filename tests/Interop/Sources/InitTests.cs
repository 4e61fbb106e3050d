using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Nines.Host.Demo;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Sources;

/// <summary>The first hour of a team that has a real Prometheus with a history: the real command, run, run again after a restart, run once more over changed files.</summary>
public sealed class InitTests : IAsyncLifetime
{
    private const int Hours = 3;

    // A second: 19 good, 1 failed, 5 that the caller got wrong; 18 within half a second, 20 within one.
    private const double Good = 19, Failed = 1, Caller = 5, Fast = 18, All = Good + Failed + Caller;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-init-");
    private readonly Uri _address = new($"http://127.0.0.1:{Peer.FreePort()}");
    private Peer _prometheus = null!;
    private RunningNines _nines = null!;

    public async Task InitializeAsync()
    {
        var (data, history, config) = (At("data"), At("history.om"), At("prometheus.yml"));
        await File.WriteAllTextAsync(history, History(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 60 * 60));
        await RunAsync("promtool", "tsdb", "create-blocks-from", "openmetrics", history, data);
        await File.WriteAllTextAsync(config, "scrape_configs: []\n");
        _prometheus = Peer.Start("prometheus", "prometheus", "--config.file=" + config, "--storage.tsdb.path=" + data, "--storage.tsdb.retention.time=60d", "--web.listen-address=" + _address.Authority);
        using var http = LoopbackHttp.Open(TimeSpan.FromSeconds(10));
        await _prometheus.ReadyAsync(http, new Uri(_address, "/-/ready"));
        _nines = await RunningNines.StartAsync(("sources:backfillPause", "1ms"));
    }

    public async Task DisposeAsync()
    {
        await _nines.DisposeAsync();
        await _prometheus.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Init_PrometheusWithAHistory_ShowsItsBudgetsAndRunAgainDoesNoHarm()
    {
        var first = await InitAsync();
        await _nines.RestartAsync();
        var second = await InitAsync();

        Assert.Equal(["shop-availability", "shop-latency-p95", "shop-latency-p99"], first.GetProperty("proposals").EnumerateArray().Select(proposal => proposal.GetProperty("name").GetString()!));
        foreach (var run in new[] { first, second })
        {
            Counted(run, "shop-availability", Good, Good + Failed);
            Counted(run, "shop-latency-p95", Fast, All);
        }

        Assert.Equal(["prometheus.yaml", "service-shop.yaml"], first.GetProperty("files").EnumerateArray().Select(file => file.GetString()!));
        Assert.Empty(second.GetProperty("kept").EnumerateArray());

        // What its reader changed stays, and is what is applied.
        var mine = Path.Combine(At("manifests"), "service-shop.yaml");
        await File.WriteAllTextAsync(mine, (await File.ReadAllTextAsync(mine)).Replace("target: 0.999", "target: 0.9", StringComparison.Ordinal));
        var third = await InitAsync();

        Assert.Equal(["service-shop.yaml"], third.GetProperty("kept").EnumerateArray().Select(file => file.GetString()!));
        Assert.Equal(0.9, Objective(third, "shop-availability").GetProperty("target").GetDouble());
    }

    private static JsonElement Objective(JsonElement run, string name) => run.GetProperty("objectives").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);

    // The first value is a baseline and the newest minute may be half read: two minutes of three hours are left open, the ratio is not.
    private static void Counted(JsonElement run, string name, double goodRate, double totalRate)
    {
        var status = Objective(run, name);
        Assert.InRange(status.GetProperty("total").GetDouble(), totalRate * 3600 * Hours * 0.985, totalRate * 3600 * Hours * 1.001);
        Assert.Equal(goodRate / totalRate, status.GetProperty("good").GetDouble() / status.GetProperty("total").GetDouble(), 0.0005);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private async Task<JsonElement> InitAsync()
    {
        using var document = JsonDocument.Parse(await RunAsync(
            "dotnet", Path.Combine(AppContext.BaseDirectory, "nines.dll"), "init", "--prometheus", _address.ToString(), "--out", At("manifests"), "--server", _nines.Address.ToString(), "--json"));
        return document.RootElement.Clone();
    }

    private static async Task<string> RunAsync(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var word in words) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', words)} ended with {process.ExitCode}: {await error}\n{said}");
        return said;
    }

    private static string History(long end)
    {
        var text = new StringBuilder("# TYPE http_requests counter\n");
        foreach (var (code, rate) in new[] { ("200", Good), ("404", Caller), ("500", Failed) }) Series(text, $"http_requests_total{{job=\"shop\",code=\"{code}\"}}", rate, end);
        text.Append("# TYPE http_request_duration_seconds histogram\n");
        foreach (var (bound, rate) in new[] { ("0.5", Fast), ("1", 20), ("+Inf", All) }) Series(text, $"http_request_duration_seconds_bucket{{job=\"shop\",le=\"{bound}\"}}", rate, end);
        Series(text, "http_request_duration_seconds_count{job=\"shop\"}", All, end);
        return text.Append("# EOF\n").ToString();
    }

    private static void Series(StringBuilder text, string series, double rate, long end)
    {
        for (var at = end - (Hours * 3600); at <= end; at += 30) text.Append(CultureInfo.InvariantCulture, $"{series} {rate * (at - end + (Hours * 3600))} {at}\n");
    }
}
