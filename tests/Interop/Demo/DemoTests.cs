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

    [Fact]
    public async Task Demo_OutageThatNobodyAnswers_EscalatesAndOneTapAcknowledges_WithTheProofOnScreen()
    {
        var port = Peer.FreePort();
        using var demo = Start(port, ["--for", "180s", "--fault", "outage", "--fault-after", "10s"]);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = new($"http://127.0.0.1:{port}") };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html, application/json");
        try
        {
            var page = await UntilAsync(http, p => p.GetProperty("people").EnumerateArray().Any(n => n.GetString() == "grace"));
            Assert.Equal(["ada", "grace"], page.GetProperty("people").EnumerateArray().Select(n => n.GetString()).Take(2));
            Assert.Equal("shop", page.GetProperty("escalation").GetProperty("policy").GetString());

            var link = GraceLink(page.GetProperty("id").GetString()!);
            Assert.Equal(1, (await http.GetStringAsync(link)).Split("<button").Length - 1);
            Assert.Equal("open", (await UntilAsync(http, _ => true)).GetProperty("state").GetString());
            using var tapped = await http.PostAsync(link, new FormUrlEncodedContent([]));
            Assert.Equal(System.Net.HttpStatusCode.Redirect, tapped.StatusCode);

            var acknowledged = await UntilAsync(http, p => p.GetProperty("state").GetString() == "acknowledged");
            Assert.Equal("grace", acknowledged.GetProperty("acknowledgements")[0].GetProperty("person").GetString());
            var screen = await http.GetStringAsync($"/pages/{page.GetProperty("id").GetString()}");
            foreach (var word in (string[])["grace has it", "Intended", "Attempted", "Accepted", "Acknowledged"]) Assert.Contains(word, screen, StringComparison.Ordinal);
        }
        finally
        {
            demo.Kill();
            await demo.WaitForExitAsync();
        }
    }

    /// <summary>The link that grace's pager got about a page.</summary>
    private string GraceLink(string page) => File.ReadAllLines(Path.Combine(_data, "demo", "pages.jsonl"))
        .Select(line => JsonDocument.Parse(JsonDocument.Parse(line).RootElement.GetProperty("body").GetString()!).RootElement)
        .Where(b => b.GetProperty("page").GetString() == page && b.GetProperty("why").GetString()!.StartsWith("grace", StringComparison.Ordinal))
        .Select(b => new Uri(b.GetProperty("acknowledge").GetString()!).PathAndQuery).First();

    private static async Task<JsonElement> UntilAsync(HttpClient http, Func<JsonElement, bool> holds)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(150); await Task.Delay(500))
        {
            try
            {
                using var pages = JsonDocument.Parse(await http.GetStringAsync("/api/v1/pages?format=json"));
                foreach (var page in pages.RootElement.EnumerateArray())
                {
                    var one = JsonDocument.Parse(await http.GetStringAsync($"/api/v1/pages/{page.GetProperty("id").GetString()}")).RootElement;
                    if (one.GetProperty("service").GetString() == "payments" && holds(one)) return one;
                }
            }
            catch (HttpRequestException)
            {
                // Still starting.
            }
        }

        throw new TimeoutException("No page of payments came so far.");
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
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            await Task.Delay(time);
            for (var patience = Stopwatch.StartNew(); ; await Task.Delay(500))
            {
                try
                {
                    using var status = JsonDocument.Parse(await http.GetStringAsync($"http://127.0.0.1:{port}/api/v1/objectives/payments-availability"));
                    return status.RootElement.GetProperty("total").GetDouble();
                }
                catch (HttpRequestException) when (patience.Elapsed < TimeSpan.FromSeconds(60))
                {
                    // Beside other tests its door may open later.
                }
            }
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
