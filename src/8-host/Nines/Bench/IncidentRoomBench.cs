using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Nines.Host.Bench;

/// <summary>
/// The room of a long incident: how soon its page begins, and how soon a line that somebody writes stands in the browsers of
/// those who watch. A watcher is a stream of news as the page's script opens it.
/// </summary>
internal sealed class IncidentRoomBench : Benchmark
{
    private const int WritersAtOnce = 16;

    private static readonly string[] Services = ["payments"];

    public override string Name => "room";

    public override string Summary => "The room of an incident with a long timeline: first byte of its page, and the time from a note's request until the note has arrived at every watching browser; all on the machine itself.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var (lines, visits, updates) = run.Quick ? (50, 3, 2) : (2_000, 60, 20);
        await using var server = await ServerProcess.StartAsync(Path.Combine(run.Scratch, "nines"), run.Clock, run.Stop);
        await server.ApplyAsync(Manifests, run.Stop);
        var incident = await DeclareAsync(server, run.Stop);
        run.Say($"writing {lines} lines into the timeline");
        foreach (var some in Enumerable.Range(0, lines).Chunk(WritersAtOnce))
            await Task.WhenAll(some.Select(i => NoteAsync(server, incident, $"Line {i}: the pool of connections is empty again, and the queue behind it grows.", run.Stop)));
        var rows = new List<IReadOnlyList<string>> { await PageAsync(server, incident, visits, run.Stop) };
        foreach (var watchers in run.Quick ? (int[])[3] : [1, 100, 500])
        {
            run.Say($"{updates} updates before {watchers} watching browsers");
            rows.Add(await WatchAsync(server, incident, watchers, updates, run));
        }

        return new(
            Name, Summary, ["what", "count", "median ms", "95 % ms", "slowest ms", "server's processor ms each"], rows,
            [$"A timeline of {lines} lines; {visits} visits of the page after five that warm it up; {updates} updates, one after the other, each until the last watcher has it."]);
    }

    private static async Task<IReadOnlyList<string>> PageAsync(ServerProcess server, string incident, int visits, CancellationToken stop)
    {
        var times = new List<double>(visits);
        var cpu = 0.0;
        for (var i = -5; i < visits; i++)
        {
            if (i == 0) cpu = server.CpuSeconds;
            var began = Stopwatch.GetTimestamp();
            using var asked = new HttpRequestMessage(HttpMethod.Get, "/incidents/" + incident) { Headers = { { "Accept-Encoding", "br" } } };
            using var answer = await server.Http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead, stop);
            answer.EnsureSuccessStatusCode();
            if (i >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await answer.Content.ReadAsByteArrayAsync(stop);
        }

        return Row("first byte of the page", visits, times, (server.CpuSeconds - cpu) / visits);
    }

    private static async Task<IReadOnlyList<string>> WatchAsync(ServerProcess server, string incident, int watchers, int updates, BenchRun run)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = watchers }) { BaseAddress = server.Address };
        var all = await Task.WhenAll(Enumerable.Range(0, watchers).Select(_ => Watcher.OpenAsync(http, "incident:" + incident, run.Stop)));
        try
        {
            var times = new List<double>(watchers * updates);
            var cpu = 0.0;
            for (var i = -2; i < updates; i++)
            {
                if (i == 0) cpu = server.CpuSeconds;
                var mark = string.Create(CultureInfo.InvariantCulture, $"News {watchers}.{i + 2}.");
                var heard = Task.WhenAll(all.Select(w => w.HearsAsync(mark, run.Stop)));
                var began = Stopwatch.GetTimestamp();
                await NoteAsync(server, incident, mark, run.Stop);
                var when = await heard;
                if (i >= 0) times.AddRange(when.Select(at => Stopwatch.GetElapsedTime(began, at).TotalMilliseconds));
            }

            return Row(string.Create(CultureInfo.InvariantCulture, $"an update, before {watchers} watching browsers"), updates, times, (server.CpuSeconds - cpu) / updates);
        }
        finally
        {
            foreach (var watcher in all) watcher.Dispose();
        }
    }

    private static IReadOnlyList<string> Row(string what, int count, List<double> times, double cpuSeconds)
    {
        times.Sort();
        return [what, Number(count, "0"), Number(times[times.Count / 2]), Number(times[times.Count * 19 / 20]), Number(times[^1]), Number(cpuSeconds * 1000)];

        static string Number(double value, string form = "0.0") => value.ToString(form, CultureInfo.InvariantCulture);
    }

    private static async Task<string> DeclareAsync(ServerProcess server, CancellationToken stop)
    {
        using var answer = await server.Http.PostAsJsonAsync("/api/v1/incidents", new { title = "Payments are slow", severity = "sev1", services = Services, by = "ada" }, stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(stop)).GetProperty("id").GetString()!;
    }

    private static async Task NoteAsync(ServerProcess server, string incident, string text, CancellationToken stop)
    {
        using var answer = await server.Http.PostAsJsonAsync($"/api/v1/incidents/{incident}/notes", new { text, by = "ada" }, stop);
        answer.EnsureSuccessStatusCode();
    }

    private const string Manifests = """
        apiVersion: nines/v1
        kind: Person
        metadata: { name: ada }
        spec: {}
        ---
        apiVersion: nines/v1
        kind: Service
        metadata: { name: payments }
        spec: { owner: { person: ada } }
        """;

    /// <summary>One browser that looks.</summary>
    private sealed class Watcher(HttpResponseMessage answer, Stream stream) : IDisposable
    {
        private readonly byte[] _buffer = new byte[1024 * 1024];
        private int _have;

        public static async Task<Watcher> OpenAsync(HttpClient http, string topic, CancellationToken stop)
        {
            var answer = await http.GetAsync("/live?topic=" + topic, HttpCompletionOption.ResponseHeadersRead, stop);
            var watcher = new Watcher(answer, await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(stop));
            await watcher.HearsAsync("retry:", stop);
            return watcher;
        }

        /// <summary>When the end of the message was there that has some words in it.</summary>
        public async Task<long> HearsAsync(string words, CancellationToken stop)
        {
            var wanted = Encoding.UTF8.GetBytes(words);
            while (true)
            {
                var end = _buffer.AsSpan(0, _have).IndexOf("\n\n"u8);
                if (end >= 0)
                {
                    var found = _buffer.AsSpan(0, end).IndexOf(wanted) >= 0;
                    _have -= end + 2;
                    _buffer.AsSpan(end + 2, _have).CopyTo(_buffer);
                    if (found) return Stopwatch.GetTimestamp();
                    continue;
                }

                var got = await stream.ReadAsync(_buffer.AsMemory(_have), stop);
                if (got == 0) throw new IOException("The server ended a stream of news.");
                _have += got;
            }
        }

        public void Dispose() => answer.Dispose();
    }
}
