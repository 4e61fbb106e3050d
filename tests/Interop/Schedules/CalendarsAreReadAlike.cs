using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Schedules;

/// <summary>
/// The feed of a schedule over a change of clocks, read by ical.js, node-ical and python3-icalendar: the same instants, words,
/// states and sequences as the server itself says, also after an override came and went.
/// </summary>
public sealed class CalendarsAreReadAlike
{
    private const string Manifests = """
        apiVersion: nines/v1
        kind: Person
        metadata: { name: ada, displayName: "Ada Lovelace, née Byron" }
        spec: { contacts: { email: ada@example.com } }
        ---
        apiVersion: nines/v1
        kind: Person
        metadata: { name: bo, displayName: "Bö 日本 🌍 with a name that is long enough to be folded more than once" }
        spec: { contacts: { email: bo@example.com } }
        ---
        apiVersion: nines/v1
        kind: Schedule
        metadata: { name: payments, displayName: "Payments; tills" }
        spec:
          timeZone: Europe/Berlin
          layers: [{ name: weeks, rotation: { turn: weekly, start: 2026-01-05, handOver: "09:00", people: [ada, bo] } }]
        """;

    [Fact]
    public async Task Feed_OverAChangeOfClocksAndAnOverride_IsReadAlikeByThreeLibraries()
    {
        await using var nines = await RunningNines.StartAsync();
        await nines.ApplyAsync(Manifests);
        var feed = await AddressAsync(nines, "/api/v1/schedules/payments/feed");

        var first = await AlikeAsync(nines, feed);
        await HoldsWhatTheServerSays(nines, first);

        var now = DateTimeOffset.UtcNow;
        var (from, until) = (now.AddDays(20), now.AddDays(20).AddHours(6));
        var over = await SendAsync(nines, HttpMethod.Post, "/api/v1/schedules/payments/overrides", JsonSerializer.Serialize(new { person = first[3].Summary.StartsWith("Ada", StringComparison.Ordinal) ? "bo" : "ada", from = Iso(from), until = Iso(until) }));
        if (over.GetProperty("kind").GetString() is null) Assert.Fail(over.ToString());
        var second = await UntilAsync(nines, feed, all => all.Exists(e => e.Until == Iso(until)));
        await HoldsWhatTheServerSays(nines, second);
        // Ids are stable and sequences never fall.
        Assert.All(first, e => Assert.Contains(second, s => s.Uid == e.Uid && s.Sequence >= e.Sequence));
        Assert.Contains(second, s => first.Any(f => f.Uid == s.Uid && s.Sequence > f.Sequence && string.CompareOrdinal(s.Modified, f.Modified) >= 0));

        await SendAsync(nines, HttpMethod.Delete, $"/api/v1/schedules/payments/overrides/{over.GetProperty("id").GetString()}", null);
        var third = await UntilAsync(nines, feed, all => all.Exists(e => e.Status == "CANCELLED"));
        await HoldsWhatTheServerSays(nines, third);
        // What is gone is cancelled, not missing.
        Assert.All(second, e => Assert.Contains(third, t => t.Uid == e.Uid));
    }

    [Fact]
    public async Task Feed_SecretReplacedOrWrong_IsNotFoundAndNothingElseIsSaid()
    {
        await using var nines = await RunningNines.StartAsync();
        await nines.ApplyAsync(Manifests);
        var old = await AddressAsync(nines, "/api/v1/schedules/payments/feed");
        using var again = await nines.Http.PostAsync(new Uri(nines.Address, "/api/v1/schedules/payments/feed"), null);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);

        var next = await AddressAsync(nines, "/api/v1/schedules/payments/feed?rotate=true");

        foreach (var wrong in (string[])[old, "/ical/x.ics", "/ical/" + new string('a', 300) + ".ics"])
        {
            using var gone = await nines.Http.GetAsync(new Uri(nines.Address, wrong));
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
            Assert.DoesNotContain("payments", await gone.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }

        using var answer = await nines.Http.GetAsync(new Uri(nines.Address, next));
        Assert.Equal("text/calendar; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        // A reader that comes again with the tag gets no body.
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(nines.Address, next));
        request.Headers.TryAddWithoutValidation("If-None-Match", answer.Headers.ETag!.ToString());
        using var same = await nines.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        // The secret is in no event: a copy of the journal does not open a calendar.
        await nines.RestartAsync();
        using var after = await nines.Http.GetAsync(new Uri(nines.Address, next));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        var secret = Encoding.ASCII.GetBytes(next["/ical/".Length..^".ics".Length]);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(nines.Folder, "data"), "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            Assert.True(bytes.AsSpan().IndexOf(secret) < 0, $"{file} holds the secret.");
        }
    }

    private static async Task HoldsWhatTheServerSays(RunningNines nines, List<Entry> entries)
    {
        var now = DateTimeOffset.UtcNow;
        var view = await nines.GetAsync($"/api/v1/schedules/payments?from={Iso(now.AddDays(1))}&to={Iso(now.AddDays(150))}");
        var shifts = view.GetProperty("shifts").EnumerateArray().Skip(1).SkipLast(1)
            .Select(s => (s.GetProperty("from").GetString()!, s.GetProperty("until").GetString()!, s.GetProperty("people")[0].GetString() == "ada" ? "Ada" : "Bö")).ToArray();
        Assert.True(shifts.Length > 15);
        var told = entries.Where(e => e.Status == "CONFIRMED").Select(e => (e.From, e.Until, e.Summary[..e.Summary.IndexOf(' ', StringComparison.Ordinal)])).ToHashSet();
        Assert.All(shifts, s => Assert.Contains(s, told));
        Assert.All(entries, e => Assert.EndsWith(" on call: Payments; tills", e.Summary, StringComparison.Ordinal));
        Assert.All(entries, e => Assert.DoesNotContain("@example.com", e.Summary, StringComparison.Ordinal));
        // A week over a change of clocks has 167 or 169 hours.
        Assert.All(entries.Where(e => e.Status == "CONFIRMED"), e => Assert.InRange((DateTimeOffset.Parse(e.Until, null) - DateTimeOffset.Parse(e.From, null)).TotalHours, 0.5, 169));
    }

    private static async Task<List<Entry>> UntilAsync(RunningNines nines, string feed, Predicate<List<Entry>> wanted)
    {
        List<Entry> seen = [];
        for (var i = 0; i < 40; i++)
        {
            var text = await nines.Http.GetStringAsync(new Uri(nines.Address, feed));
            seen = await ReadAsync("python3", "read.py", text, "python");
            if (wanted(seen)) return await AlikeAsync(nines, feed);
            await Task.Delay(250);
        }

        Assert.Fail($"The feed stayed {string.Join("; ", seen)}");
        return seen;
    }

    /// <summary>What the three say, which must be one.</summary>
    private static async Task<List<Entry>> AlikeAsync(RunningNines nines, string feed)
    {
        var text = await nines.Http.GetStringAsync(new Uri(nines.Address, feed));
        Assert.All(text.Split("\r\n"), l => Assert.True(Encoding.UTF8.GetByteCount(l) <= 75, l));
        var python = await ReadAsync("python3", "read.py", text, "python");
        await Packages.Value;
        var icaljs = await ReadAsync("node", "read.mjs", text, "icaljs");
        var node = await ReadAsync("node", "read.mjs", text, "node");
        Assert.True(python.Count > 20);
        Assert.Equal(python, icaljs);
        Assert.Equal(python, node);
        return python;
    }

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Schedules", "readers");

    // Once a run; a missing package fails the test with its name.
    private static readonly Lazy<Task> Packages = new(async () =>
    {
        var (code, said) = await RunAsync("npm", "", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error");
        Assert.True(code == 0, $"npm could not fetch ical.js and node-ical (tests/Interop/Schedules/readers/package-lock.json): {said}");
    });

    private static async Task<List<Entry>> ReadAsync(string program, string script, string text, string which)
    {
        var (code, said) = await RunAsync(program == "python3" ? "/usr/bin/python3" : program, text, Path.Combine(Folder, script));
        Assert.True(code == 0, $"{script}: {said}. Install python3-icalendar and nodejs (./nines test does it).");
        using var json = JsonDocument.Parse(said);
        return [.. json.RootElement.GetProperty(which).EnumerateArray().Select(e => new Entry(
            e.GetProperty("uid").GetString()!, e.GetProperty("from").GetString()!, e.GetProperty("until").GetString()!, e.GetProperty("summary").GetString()!,
            e.GetProperty("status").GetString()!, e.GetProperty("sequence").GetInt32(), e.GetProperty("modified").GetString()!))];
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, string input, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder, StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8 };
        using var process = Process.Start(start)!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        return (process.ExitCode, process.ExitCode == 0 ? await said : await said + await wrong);
    }

    private static async Task<string> AddressAsync(RunningNines nines, string path) => (await SendAsync(nines, HttpMethod.Post, path, null)).GetProperty("path").GetString()!;

    private static async Task<JsonElement> SendAsync(RunningNines nines, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(nines.Address, path));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await nines.Http.SendAsync(request);
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, said);
        using var json = JsonDocument.Parse(said);
        return json.RootElement.Clone();
    }

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);

    private sealed record Entry(string Uid, string From, string Until, string Summary, string Status, int Sequence, string Modified);
}
