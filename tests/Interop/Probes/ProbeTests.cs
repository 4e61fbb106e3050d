using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Probes;

/// <summary>Probes against real sockets: good ones, and servers that hang, loop, refuse, send without end, or show a bad certificate.</summary>
public sealed class ProbeTests : IAsyncLifetime
{
    private readonly List<TcpListener> _listeners = [];
    private readonly UdpClient _dns = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly TcpListener _dnsOverTcp;
    private readonly X509Certificate2 _certificate = OwnAuthority();
    private readonly CancellationTokenSource _stop = new();
    private RunningNines _nines = null!;

    public ProbeTests()
    {
        // The same port: that is where an answer that was cut off is asked for again.
        _dnsOverTcp = new TcpListener((IPEndPoint)_dns.Client.LocalEndPoint!);
        _dnsOverTcp.Start();
        _listeners.Add(_dnsOverTcp);
    }

    public async Task InitializeAsync() => _nines = await RunningNines.StartAsync();

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var listener in _listeners) listener.Dispose();
        _dns.Dispose();
        _certificate.Dispose();
        await _nines.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task Probes_AgainstServersOfEveryKind_SayHowItWent()
    {
        var good = Serve(stream => AnswerAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\na Basket !"));
        var loop = Serve(stream => AnswerAsync(stream, "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"));
        var hang = Serve(stream => Task.Delay(Timeout.Infinite, _stop.Token));
        var endless = Serve(EndlessAsync);
        var broken = Serve(stream => AnswerAsync(stream, "220 mail ready\r\n"));
        var tls = Serve(TlsAsync);
        _ = DnsAsync();
        _ = AcceptAsync(_dnsOverTcp, DnsOverTcpAsync);
        var authority = Path.Combine(_nines.Folder, "ca.pem");
        await File.WriteAllTextAsync(authority, _certificate.ExportCertificatePem());
        var secure = Serve(HttpsAsync);
        var refused = Free();
        await _nines.ApplyAsync(string.Join("---\n",
            Probe("good", $"http: {{ url: 'http://127.0.0.1:{good}/', bodyContains: Basket }}"),
            Probe("loop", $"http: {{ url: 'http://127.0.0.1:{loop}/', redirects: 3 }}"),
            Probe("hang", $"http: {{ url: 'http://127.0.0.1:{hang}/' }}"),
            Probe("endless", $"http: {{ url: 'http://127.0.0.1:{endless}/', bodyContains: never }}"),
            Probe("broken", $"http: {{ url: 'http://127.0.0.1:{broken}/' }}"),
            Probe("refused", $"tcp: {{ address: '127.0.0.1:{refused}' }}"),
            Probe("greeting", $"tcp: {{ address: '127.0.0.1:{broken}', expect: mail }}"),
            Probe("untrusted", $"tls: {{ address: '127.0.0.1:{tls}', serverName: localhost }}"),
            Probe("dns", $"dns: {{ server: '127.0.0.1:{((IPEndPoint)_dns.Client.LocalEndPoint!).Port}', name: shop.example.com, expect: [192.0.2.7] }}"),
            Probe("dns-large", $"dns: {{ server: '127.0.0.1:{((IPEndPoint)_dns.Client.LocalEndPoint!).Port}', name: large.example.com, expect: [192.0.2.7] }}"),
            Probe("own-authority", $"http: {{ url: 'https://localhost:{secure}/', tls: {{ caFile: '{authority}' }} }}")));

        // Each asks again every two seconds: on a busy machine a handshake may take longer than its second once.
        var seen = await _nines.UntilAsync("/api/v1/probes", all => Outcomes(all) == "broken broken, dns good, dns-large good, endless body, good good, greeting good, hang timeout, loop redirects, own-authority good, refused refused, untrusted untrusted");

        Assert.InRange(Status(seen, "hang").GetProperty("seconds").GetDouble(), 0.9, 5);
        Assert.InRange(Status(seen, "untrusted").GetProperty("certificateRemainingSeconds").GetDouble(), 80_000, 86_500);
    }

    private static string Outcomes(JsonElement all) => string.Join(", ", all.EnumerateArray()
        .Select(one => $"{one.GetProperty("name").GetString()} {(one.GetProperty("good").GetBoolean() ? "good" : one.GetProperty("reason").GetString())}").Order(StringComparer.Ordinal));

    private static JsonElement Status(JsonElement all, string name) => all.EnumerateArray().First(one => one.GetProperty("name").GetString() == name);

    private static string Probe(string name, string check) => $"apiVersion: nines/v1\nkind: Probe\nmetadata: {{ name: {name} }}\nspec:\n  interval: 2s\n  timeout: 1s\n  {check}\n";

    private int Serve(Func<Stream, Task> answer)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _listeners.Add(listener);
        _ = AcceptAsync(listener, answer);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AcceptAsync(TcpListener listener, Func<Stream, Task> answer)
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(_stop.Token);
            _ = OneAsync(client, answer);
        }
    }

    private static async Task OneAsync(TcpClient client, Func<Stream, Task> answer)
    {
        using (client)
        {
            try
            {
                await answer(client.GetStream());
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The probe has heard enough.
            }
        }
    }

    private async Task AnswerAsync(Stream stream, string text)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), _stop.Token);
        _ = await stream.ReadAsync(new byte[4096], _stop.Token);
        await Task.Delay(50, _stop.Token);
    }

    private async Task EndlessAsync(Stream stream)
    {
        await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _stop.Token);
        while (true) await stream.WriteAsync(new byte[65_536], _stop.Token);
    }

    private async Task TlsAsync(Stream stream)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(certificate);
        await Task.Delay(200, _stop.Token);
    }

    private async Task DnsAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var asked = await _dns.ReceiveAsync(_stop.Token);
            // A name that begins with l does not fit: it is answered empty and cut off.
            var large = asked.Buffer[13] == (byte)'l';
            byte[] answer = large ? [.. asked.Buffer] : Answered(asked.Buffer);
            if (large) answer[2] = 0x83;
            await _dns.SendAsync(answer, asked.RemoteEndPoint, _stop.Token);
        }
    }

    private async Task DnsOverTcpAsync(Stream stream)
    {
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, _stop.Token);
        var asked = new byte[(length[0] << 8) | length[1]];
        await stream.ReadExactlyAsync(asked, _stop.Token);
        var answer = Answered(asked);
        await stream.WriteAsync(new byte[] { (byte)(answer.Length >> 8), (byte)answer.Length }, _stop.Token);
        await stream.WriteAsync(answer, _stop.Token);
    }

    private static byte[] Answered(byte[] asked)
    {
        byte[] answer = [.. asked, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7];
        (answer[2], answer[3], answer[7]) = (0x81, 0x80, 1);
        return answer;
    }

    private async Task HttpsAsync(Stream stream)
    {
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(_certificate);
        await AnswerAsync(tls, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    private static X509Certificate2 OwnAuthority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
