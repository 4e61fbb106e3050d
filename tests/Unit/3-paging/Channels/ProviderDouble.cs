using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nines.Tests.Unit.Paging.Channels;

/// <summary>A provider on loopback that answers each call as the test says, down to the bytes: also rubbish, or nothing.</summary>
public sealed class ProviderDouble : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    public ProviderDouble()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public ConcurrentQueue<ProviderCall> Calls { get; } = new();

    /// <summary>What the next calls are answered; null closes the connection without a word.</summary>
    public Func<ProviderCall, string?> Answer { get; set; } = _ => Http(200, "{}");

    /// <summary>True where it takes the call and never answers.</summary>
    public bool Hangs { get; set; }

    public static string Http(int status, string body, string headers = "") =>
        $"HTTP/1.1 {status} Words\r\nContent-Type: application/json\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token), _stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken stop)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                var call = await ReadAsync(stream, stop);
                Calls.Enqueue(call);
                if (Hangs) await Task.Delay(Timeout.Infinite, stop);
                if (Answer(call) is { } answer) await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stop);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The caller left, or the test is over.
        }
    }

    private static async Task<ProviderCall> ReadAsync(NetworkStream stream, CancellationToken stop)
    {
        var all = new List<byte>();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, stop);
            if (read == 0) throw new IOException("The call broke off.");
            all.AddRange(buffer.AsSpan(0, read));
            var text = Encoding.Latin1.GetString([.. all]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;
            var head = text[..end].Split("\r\n");
            var headers = head.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(l => l[0], l => l[1], StringComparer.OrdinalIgnoreCase);
            var length = headers.TryGetValue("Content-Length", out var written) ? int.Parse(written, System.Globalization.CultureInfo.InvariantCulture) : 0;
            if (all.Count < end + 4 + length) continue;
            return new(head[0].Split(' ')[1], headers, [.. all.Skip(end + 4).Take(length)]);
        }
    }
}

/// <summary>One call as the provider saw it.</summary>
public sealed record ProviderCall(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string Form(string field) => System.Web.HttpUtility.ParseQueryString(Text)[field] ?? "";
}
