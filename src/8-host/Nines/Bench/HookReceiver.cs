using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Nines.Host.Bench;

/// <summary>Takes webhooks and remembers when each alert arrived; as little else as HTTP needs, so that its own time is small.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private static readonly byte[] Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<HookCall> _calls = [];
    private readonly List<Task> _talks = [];
    private readonly Task _taking;

    public HookReceiver()
    {
        _listener.Start(512);
        _taking = TakeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>All calls so far.</summary>
    public IReadOnlyList<HookCall> Calls
    {
        get
        {
            lock (_calls) return [.. _calls];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _taking;
        await Task.WhenAll(_talks);
        _stop.Dispose();
    }

    private async Task TakeAsync()
    {
        try
        {
            while (true) _talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            var buffer = new byte[1 << 20];
            var filled = 0;
            try
            {
                while (true)
                {
                    var head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
                    var whole = head < 0 ? int.MaxValue : head + 4 + LengthOf(buffer.AsSpan(0, head));
                    if (whole <= filled)
                    {
                        var at = Stopwatch.GetTimestamp();
                        await stream.WriteAsync(Ok, _stop.Token);
                        Keep(at, Encoding.ASCII.GetString(buffer, 0, head), buffer.AsSpan(head + 4, whole - head - 4));
                        buffer.AsSpan(whole, filled - whole).CopyTo(buffer);
                        filled -= whole;
                        continue;
                    }

                    var read = await stream.ReadAsync(buffer.AsMemory(filled), _stop.Token);
                    if (read == 0) return;
                    filled += read;
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The sender hung up.
            }
        }
    }

    private void Keep(long at, string head, ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        using var document = JsonDocument.ParseValue(ref json);
        string[] names = [.. document.RootElement.GetProperty("alerts").EnumerateArray().Select(a => a.GetProperty("labels")).Select(l => l.TryGetProperty("slo", out var slo) ? slo.GetString()! : l.GetProperty("alertname").GetString()!)];
        lock (_calls) _calls.Add(new(at, HeaderOf(head, "Nines-Delivery-Id"), names));
    }

    private static int LengthOf(ReadOnlySpan<byte> head) => int.TryParse(HeaderOf(Encoding.ASCII.GetString(head), "content-length"), out var length) ? length : 0;

    private static string HeaderOf(string head, string name) => head.Split("\r\n").Select(l => l.Split(':', 2))
        .FirstOrDefault(p => p.Length == 2 && p[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim() ?? "";
}

/// <summary>One call of a receiver.</summary>
/// <param name="At">When, in ticks of the stopwatch.</param>
/// <param name="Id">The delivery's id, where the sender gives one.</param>
/// <param name="Names">The alerts in it, by <c>slo</c>, else by name.</param>
internal sealed record HookCall(long At, string Id, IReadOnlyList<string> Names);
