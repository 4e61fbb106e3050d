using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nines.Tests.Interop.Peers;

/// <summary>A target of a scraper whose page is what the test says at each read.</summary>
internal sealed class PageTarget : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _type;
    private readonly Func<byte[]> _page;
    private int _reads;

    /// <param name="type">Content type of the page.</param>
    /// <param name="page">The page now.</param>
    public PageTarget(string type, Func<byte[]> page)
    {
        (_type, _page) = (type, page);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How often it was read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Waits until it is read so many times more.</summary>
    public async Task ReadAgainAsync(int times)
    {
        var until = Reads + times;
        for (var i = 0; i < 300 && Reads < until; i++) await Task.Delay(100);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            var stream = client.GetStream();
            _ = await stream.ReadAsync(new byte[8192], _stop.Token);
            var page = _page();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {_type}\r\nConnection: close\r\nContent-Length: {page.Length}\r\n\r\n"), _stop.Token);
            await stream.WriteAsync(page, _stop.Token);
            Interlocked.Increment(ref _reads);
        }
    }
}
