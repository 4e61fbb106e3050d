using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using Nines.Kernel;
using Nines.Responding.StatusPages;
using NodaTime;

namespace Nines.Host.Bench;

/// <summary>How many readers a public status page takes, while the server goes on with its work; nginx with the same page as a file beside it, where it is installed.</summary>
internal sealed class StatusPageBench : Benchmark
{
    private const int Connections = 32;

    // Asked ahead on each connection, so that the load's own waking is not what is measured.
    private const int Ahead = 8;

    public override string Name => "statuspage";

    public override string Summary => "Answers a second of a public status page over loopback, with the processor time that one takes; the load runs on the same cores.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var seconds = run.Quick ? 1 : 10;
        await using var server = await ServerProcess.StartAsync(Path.Combine(run.Scratch, "nines"), run.Clock, run.Stop);
        await server.ApplyAsync(Manifest, run.Stop);
        using (var posted = await server.Http.PostAsJsonAsync("/api/v1/statuspages/shop/posts", new { title = "Card payments fail", body = "We are on it.", components = new { c1 = "partial_outage" } }, run.Stop)) posted.EnsureSuccessStatusCode();
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (path, encoding) in new[] { ("/status/shop", "br"), ("/status/shop", "gzip"), ("/status/shop/api/v2/summary.json", "gzip") })
        {
            run.Say($"reading {path} as {encoding} for {seconds} s");
            rows.Add(await MeasureAsync("nines", server, path, encoding, seconds, run));
        }

        if (PeerProcess.Installed("nginx"))
        {
            var folder = Path.Combine(run.Scratch, "files");
            await StaticFolder.WriteAsync(folder, [("index.html.gz", await BodyAsync(server, "/status/shop", run.Stop)), ("index.html", "x"u8.ToArray())], run.Stop);
            await using var nginx = await PeerProcess.NginxAsync(Path.Combine(run.Scratch, "nginx"), folder, run.Clock, run.Stop);
            run.Say($"reading the same page as a file from nginx for {seconds} s");
            rows.Add(await MeasureAsync("nginx, a file", nginx, "/index.html", "gzip", seconds, run));
        }

        return new(
            Name, Summary, ["server", "path", "encoding", "answers a second", "answers a second of processor time", "bytes"], rows,
            [$"{Connections} connections, {Ahead} requests ahead on each, {seconds} s each after one that warms it up."]);
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(string who, MeasuredProcess server, string path, string encoding, int seconds, BenchRun run)
    {
        var request = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"GET {path} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAccept-Encoding: {encoding}\r\n\r\n", Ahead)));
        await LoadAsync(server, request, 1, run);
        var (cpu, began) = (server.CpuSeconds, run.Clock.GetTimestamp());
        var (answers, bytes) = await LoadAsync(server, request, seconds, run);
        var took = run.Clock.GetElapsedTime(began).TotalSeconds;
        var used = server.CpuSeconds - cpu;
        return [who, path, encoding, Number(answers / took), used > 0 ? Number(answers / used) : "", answers > 0 ? Number(bytes / (double)answers) : ""];
    }

    private static async Task<(long Answers, long Bytes)> LoadAsync(MeasuredProcess server, byte[] request, int seconds, BenchRun run)
    {
        var until = run.Clock.Now() + Duration.FromSeconds(seconds);
        var all = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => ReadAsync(server, request, until, run)));
        return (all.Sum(a => a.Answers), all.Sum(a => a.Bytes));
    }

    /// <summary>Every answer of an address is as long as the first: only that one is looked at.</summary>
    private static async Task<(long Answers, long Bytes)> ReadAsync(MeasuredProcess server, byte[] request, Instant until, BenchRun run)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", server.Address.Port, run.Stop);
        var buffer = new byte[256 * 1024];
        var one = request[..(request.Length / Ahead)];
        await socket.SendAsync(one, run.Stop);
        var length = await FirstAsync(socket, buffer, run.Stop);
        var (answers, bytes) = (0L, 0L);
        while (run.Clock.Now() < until)
        {
            await socket.SendAsync(request, run.Stop);
            for (var left = length * Ahead; left > 0;)
            {
                var got = await socket.ReceiveAsync(buffer.AsMemory(0, Math.Min(buffer.Length, left)), run.Stop);
                if (got == 0) throw new IOException("The server hung up.");
                left -= got;
            }

            (answers, bytes) = (answers + Ahead, bytes + (length * Ahead));
        }

        return (answers, bytes);
    }

    private static async Task<int> FirstAsync(Socket socket, byte[] buffer, CancellationToken stop)
    {
        for (var have = 0; ;)
        {
            have += await socket.ReceiveAsync(buffer.AsMemory(have), stop);
            var text = Encoding.ASCII.GetString(buffer, 0, have);
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is not (>= 0 and var head)) continue;
            if (!text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)) throw new IOException($"The server answered {text.Split('\r')[0]}.");
            var named = text[..head].Split("\r\n").First(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            var whole = head + 4 + int.Parse(named.AsSpan(named.IndexOf(':', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
            while (have < whole) have += await socket.ReceiveAsync(buffer.AsMemory(have), stop);
            return whole;
        }
    }

    private static async Task<byte[]> BodyAsync(ServerProcess server, string path, CancellationToken stop)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) await gzip.WriteAsync(await server.Http.GetByteArrayAsync(path, stop), stop);
        return packed.ToArray();
    }

    private static string Number(double value) => value.ToString("#,##0", CultureInfo.InvariantCulture);

    private static string Manifest => "apiVersion: nines/v1\nkind: StatusPage\nmetadata: { name: shop }\nspec:\n  title: Fernhill Goods\n  zone: Europe/Berlin\n  components:\n"
        + string.Concat(Enumerable.Range(1, 10).Select(i => $"    - {{ key: c{i}, name: Component {i}, objectives: [none] }}\n"));
}
