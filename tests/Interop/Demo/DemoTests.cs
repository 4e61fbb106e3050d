using System.Diagnostics;
using System.Text.Json;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Demo;

/// <summary>The demo as a newcomer runs it: the real program in a process of its own.</summary>
public sealed class DemoTests : IDisposable
{
    private static readonly TimeSpan PageWithin = TimeSpan.FromSeconds(90);

    private readonly string _data = Directory.CreateTempSubdirectory("nines-demo-test-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Demo_Outage_PagesWithin90SecondsAndRemembersAfterAKill()
    {
        using var first = await SummaryAsync("--for", "125s", "--fault", "outage", "--fault-after", "20s");
        var told = first.RootElement;
        Assert.True(told.GetProperty("samples").GetInt64() > 1000, "samples must have come in: " + told);
        Assert.Equal((5, 10), (told.GetProperty("services").GetInt32(), told.GetProperty("objectives").GetInt32()));
        Assert.InRange(Time(told, "firstAlertAt") - Time(told, "faultAt"), TimeSpan.Zero, PageWithin);
        Assert.InRange(Time(told, "firstPageAt") - Time(told, "faultAt"), TimeSpan.Zero, PageWithin);

        using var second = await SummaryAsync("--for", "12s");
        Assert.InRange(Remaining(second.RootElement, "payments-availability"), -1000, 0.999);
        Assert.InRange(Remaining(second.RootElement, "payments-availability") - Remaining(told, "payments-availability"), -0.1, 0.3);

        var total = await KillAfterAsync(TimeSpan.FromSeconds(10));
        using var third = await SummaryAsync("--for", "2s");
        Assert.InRange(Remaining(third.RootElement, "payments-availability"), -1000, 0.999);
        Assert.True(total > 0, "payments must have been counted before the kill");
    }

    private static DateTimeOffset Time(JsonElement summary, string name)
    {
        Assert.True(summary.GetProperty(name).ValueKind == JsonValueKind.String, $"{name} is missing: {summary}");
        return summary.GetProperty(name).GetDateTimeOffset();
    }

    private static double Remaining(JsonElement summary, string objective)
    {
        var budget = summary.GetProperty("budgets").EnumerateArray().Single(b => b.GetProperty("objective").GetString() == objective);
        Assert.True(budget.GetProperty("remaining").ValueKind == JsonValueKind.Number, $"{objective} has no data: {summary}");
        return budget.GetProperty("remaining").GetDouble();
    }

    private async Task<JsonDocument> SummaryAsync(params string[] words)
    {
        using var demo = Start(0, ["--json", .. words]);
        var error = demo.StandardError.ReadToEndAsync();
        var output = await demo.StandardOutput.ReadToEndAsync();
        await demo.WaitForExitAsync();
        Assert.True(demo.ExitCode == 0, $"exit {demo.ExitCode}\n{output}\n{await error}");
        return JsonDocument.Parse(output);
    }

    /// <summary>Runs the demo, reads what it counted, and ends it as a crash would.</summary>
    private async Task<double> KillAfterAsync(TimeSpan time)
    {
        var port = Peer.FreePort();
        using var demo = Start(port, []);
        try
        {
            await Task.Delay(time);
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            using var status = JsonDocument.Parse(await http.GetStringAsync($"http://127.0.0.1:{port}/api/v1/objectives/payments-availability"));
            return status.RootElement.GetProperty("total").GetDouble();
        }
        finally
        {
            demo.Kill();
            await demo.WaitForExitAsync();
        }
    }

    private Process Start(int port, string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var word in (string[])[Path.Combine(AppContext.BaseDirectory, "nines.dll"), "demo", "--port", $"{port}", "--data", _data, .. words]) start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }
}
