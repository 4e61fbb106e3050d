using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Nines.Tests.Interop.Email;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Channels;

/// <summary>
/// From a budget that burns to a mailbox and a webhook: the real server, aiosmtpd as the mail server, and a receiver in
/// Python that checks signatures with the very lines that docs/channels.md shows.
/// </summary>
public sealed class PagesReachRealReceivers : IDisposable
{
    private const string Secret = "the key of alice's receiver";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-receivers-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task PageTest_WebhookAndMail_BothArriveAndTheSignatureIsGenuineAsDocumented()
    {
        using var mail = await MailServer.StartAsync();
        using var hook = StartReceiver();
        var port = await NextLineAsync(hook);
        await using var nines = await StartAsync(mail.Port);
        var key = Path.Combine(_folder.FullName, "key");
        await File.WriteAllTextAsync(key, Secret + "\n");
        await nines.ApplyAsync($$"""
            apiVersion: nines/v1
            kind: Person
            metadata: { name: alice }
            spec: { contacts: { webhook: { url: "http://127.0.0.1:{{port}}/", secret: "file:{{key}}" }, email: alice@example.com } }
            """);

        var (code, said) = await RunAsync(nines, "page", "test", "--person", "alice");
        Assert.True(code == 0, said);
        Assert.Contains("alice by webhook: accepted after 1 try. The receiver answered 204 No Content.", said, StringComparison.Ordinal);
        Assert.Contains("alice by email: accepted after 1 try. The mail server answered 250 taken.", said, StringComparison.Ordinal);

        using var call = JsonDocument.Parse(await NextLineAsync(hook));
        var seen = call.RootElement;
        Assert.Equal("page.test", seen.GetProperty("body").GetProperty("event").GetString());
        Assert.True(seen.GetProperty("genuine").GetBoolean());
        foreach (var forged in (string[])["otherBody", "otherSecret", "tooOld", "unsigned"]) Assert.False(seen.GetProperty(forged).GetBoolean(), forged);
        var letter = await mail.NextAsync();
        Assert.Equal("TEST does this page reach you?", letter.GetProperty("subject").GetString());
        Assert.StartsWith("This is a test: somebody tries whether pages reach you. Nothing burns.", letter.GetProperty("body").GetString(), StringComparison.Ordinal);
        hook.Kill();
    }

    [Fact]
    public async Task BudgetBurns_MailServerDownAtFirst_TheMailArrivesOnceItIsUp()
    {
        var port = Peer.FreePort();
        await using var nines = await StartAsync(port);
        await nines.ApplyAsync("""
            apiVersion: nines/v1
            kind: Person
            metadata: { name: alice }
            spec: { contacts: { email: alice@example.com } }
            ---
            apiVersion: nines/v1
            kind: Service
            metadata: { name: checkout }
            spec: { owner: { person: alice }, runbooks: { default: "https://runbooks.example.com/checkout" } }
            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata: { name: checkout-availability }
            spec:
              description: Buyers cannot pay.
              service: checkout
              indicator:
                metadata: { name: checkout-events }
                spec:
                  ratioMetric:
                    counter: true
                    good: { metricSource: { type: nines, spec: { selector: 'pushed_events_total{name="checkout",outcome="good"}' } } }
                    total: { metricSource: { type: nines, spec: { selector: 'pushed_events_total{name="checkout"}' } } }
              timeWindow: [{ duration: 30d, isRolling: true }]
              budgetingMethod: Occurrences
              objectives: [{ target: 0.9999 }]
            """);
        var message = await BurnUntilAsync(nines, m => m.GetProperty("attempts").GetInt32() >= 2);
        Assert.Equal("pending", message.GetProperty("state").GetString());
        Assert.StartsWith("The mail server 127.0.0.1 could not be used: ", message.GetProperty("reason").GetString(), StringComparison.Ordinal);

        using var mail = await MailServer.StartAsync(port: port);
        var letter = await mail.NextAsync(TimeSpan.FromSeconds(90));
        message = await BurnUntilAsync(nines, m => m.GetProperty("state").GetString() == "accepted");
        Assert.True(message.GetProperty("attempts").GetInt32() >= 3);
        Assert.Equal($"<{message.GetProperty("delivery").GetString()}@example.com>", letter.GetProperty("id").GetString());
        Assert.StartsWith("PAGE checkout: checkout-availability burns its error budget ", letter.GetProperty("subject").GetString(), StringComparison.Ordinal);
        var body = letter.GetProperty("body").GetString()!.Replace('\u00a0', ' ').ReplaceLineEndings("\n");
        Assert.Matches("failed in the last 1 h \\(burn [0-9,.]+× in the .+ that hold data, [0-9,.]+× over all of it\\), [0-9,]+ of [0-9,]+ in the last 5 min", body);
        Assert.Contains("What users feel: Buyers cannot pay.\n", body, StringComparison.Ordinal);
        Assert.Contains("Runbook: https://runbooks.example.com/checkout\n", body, StringComparison.Ordinal);
        Assert.Contains("Why you: alice owns checkout.\n", body, StringComparison.Ordinal);
    }

    private static Task<RunningNines> StartAsync(int smtp) => RunningNines.StartAsync(
        ("channels:smtpHost", "127.0.0.1"), ("channels:smtpPort", $"{smtp}"), ("channels:smtpTls", "none"), ("channels:smtpFrom", "nines@example.com"));

    /// <summary>Lets checkout fail until the first message of its page is as wanted.</summary>
    private static async Task<JsonElement> BurnUntilAsync(RunningNines nines, Func<JsonElement, bool> wanted)
    {
        JsonElement pages = default;
        for (var i = 0; i < 360; i++)
        {
            using var pushed = await nines.Http.PostAsJsonAsync(new Uri(nines.Address, "/api/v1/events"), new { name = "checkout", good = 0, total = 25 });
            pages = await nines.Http.GetFromJsonAsync<JsonElement>(new Uri(nines.Address, "/api/v1/pages"));
            var first = pages.EnumerateArray().SelectMany(p => p.GetProperty("notices").EnumerateArray()).SelectMany(n => n.GetProperty("messages").EnumerateArray()).FirstOrDefault();
            if (first.ValueKind == JsonValueKind.Object && wanted(first)) return first;
            await Task.Delay(250);
        }

        Assert.Fail($"The page's message did not get there within 90 s: {pages}");
        return default;
    }

    /// <summary>The documented lines, as a reader copies them.</summary>
    private Process StartReceiver()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Nines.slnx"))) at = at.Parent;
        var docs = File.ReadAllText(Path.Combine(at!.FullName, "docs", "channels.md"));
        var lines = docs.Split("```python\n")[1].Split("```")[0];
        var file = Path.Combine(_folder.FullName, "documented.py");
        File.WriteAllText(file, lines);
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Channels", "receiver.py"), file, Secret]) { RedirectStandardOutput = true, UseShellExecute = false };
        return Process.Start(start)!;
    }

    private static async Task<string> NextLineAsync(Process process) => (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)))!;

    private static async Task<(int Code, string Said)> RunAsync(RunningNines nines, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "nines.dll"), .. words, "--server", nines.Address.ToString()])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var command = Process.Start(start)!;
        var error = command.StandardError.ReadToEndAsync();
        var output = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        return (command.ExitCode, output + await error);
    }
}
