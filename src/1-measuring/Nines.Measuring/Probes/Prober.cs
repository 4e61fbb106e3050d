using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Nines.Kernel;
using Nines.Measuring.Ingestion.Access;
using NodaTime;

namespace Nines.Measuring.Probes;

/// <summary>Does the asking: every try ends within its timeout, and every failure is a result with a reason.</summary>
internal sealed class Prober(AccessClients clients, TimeProvider clock)
{
    /// <summary>The client that checks certificates.</summary>
    public const string Client = "probe";

    /// <summary>The client that takes any certificate.</summary>
    public const string AnyCertificateClient = "probe-any-certificate";

    /// <summary>Tries once. Throws only when <paramref name="stop"/> asks.</summary>
    public async Task<(ProbeResult Result, Duration Took)> TryAsync(Probe probe, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        ProbeResult result;
        using var bounded = new CancellationTokenSource(probe.Timeout.ToTimeSpan(), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, bounded.Token);
        try
        {
            result = await CheckAsync(probe.Check, both.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            result = ProbeResult.Bad("timeout", $"There was no answer within {FieldDuration.Format(probe.Timeout)}.");
        }
        catch (Exception failed) when (failed is HttpRequestException or SocketException or IOException or AuthenticationException or InvalidOperationException or ArgumentException)
        {
            result = Judge(failed);
        }

        return (result, Duration.FromTimeSpan(clock.GetElapsedTime(began)));
    }

    private Task<ProbeResult> CheckAsync(ProbeCheck check, CancellationToken stop) => check switch
    {
        HttpCheck http => HttpAsync(http, stop),
        TcpCheck tcp => TcpAsync(tcp, stop),
        DnsCheck dns => DnsAsync(dns, stop),
        TlsCheck tls => TlsAsync(tls, stop),
        _ => throw new InvalidOperationException($"There is no check {check.GetType().Name}."),
    };

    private async Task<ProbeResult> HttpAsync(HttpCheck check, CancellationToken stop)
    {
        using var client = clients.For(check.AnyCertificate ? AnyCertificateClient : Client, check.Access);
        var url = check.Url;
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(redirects == 0 ? check.Method : "GET"), url);
            // What lets Nines in is for the server that was named, not for one that it redirects to.
            if (url.Authority == check.Url.Authority && AccessClients.Prepare(request, check.Access) is { } wrong) return ProbeResult.Bad("access", wrong);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            var next = HttpVerdict.Next(url, (int)answer.StatusCode, answer.Headers.Location?.OriginalString);
            if (next is null || check.Redirects == 0)
            {
                var body = check.Contains is null ? [] : await ReadAsync(answer, stop);
                return HttpVerdict.Of(check, (int)answer.StatusCode, body);
            }

            if (redirects == check.Redirects) return ProbeResult.Bad("redirects", $"The server redirects more than {check.Redirects} times.");
            url = next;
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(stop);
        var body = new byte[HttpVerdict.MaxBody];
        var read = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, stop);
        return body[..read];
    }

    private static async Task<ProbeResult> TcpAsync(TcpCheck check, CancellationToken stop)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(check.Host, check.Port, stop);
        if (check.Expect is null) return ProbeResult.Fine;
        var expected = Encoding.UTF8.GetBytes(check.Expect);
        var greeting = new byte[4096];
        var filled = 0;
        while (filled < greeting.Length)
        {
            var read = await socket.GetStream().ReadAsync(greeting.AsMemory(filled), stop);
            if (read == 0) break;
            filled += read;
            if (greeting.AsSpan(0, filled).IndexOf(expected) >= 0) return ProbeResult.Fine;
        }

        return ProbeResult.Bad("greeting", $"The server did not send \"{check.Expect}\".");
    }

    private static async Task<ProbeResult> DnsAsync(DnsCheck check, CancellationToken stop)
    {
        var id = (ushort)RandomNumberGenerator.GetInt32(65536);
        var question = DnsMessage.Question(id, check.Question, check.Type);
        if (question is null) return ProbeResult.Bad("name", $"\"{check.Question}\" is not a name that can be asked for.");
        using var socket = new UdpClient(check.Server.Contains(':', StringComparison.Ordinal) ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
        socket.Connect(IPAddress.Parse(check.Server), check.Port);
        await socket.SendAsync(question, stop);
        var answer = await socket.ReceiveAsync(stop);
        return DnsMessage.Verdict(DnsMessage.IsTruncated(answer.Buffer, id) ? await DnsOverTcpAsync(check, question, stop) : answer.Buffer, id, check);
    }

    // What does not fit a datagram is asked again over TCP, each message behind its length (RFC 7766).
    private static async Task<byte[]> DnsOverTcpAsync(DnsCheck check, byte[] question, CancellationToken stop)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(check.Server, check.Port, stop);
        var stream = socket.GetStream();
        await stream.WriteAsync(new byte[] { (byte)(question.Length >> 8), (byte)question.Length }.Concat(question).ToArray(), stop);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, stop);
        var answer = new byte[(length[0] << 8) | length[1]];
        await stream.ReadExactlyAsync(answer, stop);
        return answer;
    }

    [SuppressMessage("Security", "CA5359", Justification = "The certificate is what is judged: it must be seen also where it is not trusted, and nothing is sent.")]
    private async Task<ProbeResult> TlsAsync(TlsCheck check, CancellationToken stop)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(check.Host, check.Port, stop);
        var trusted = SslPolicyErrors.None;
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, _, _, errors) =>
        {
            trusted = errors;
            return true;
        });
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = check.ServerName }, stop);
        if (tls.RemoteCertificate is not { } shown) return ProbeResult.Bad("certificate", "The server shows no certificate.");
        var end = Instant.FromDateTimeUtc(new X509Certificate2(shown).NotAfter.ToUniversalTime());
        return TlsVerdict(check, end - clock.Now(), trusted);
    }

    private static ProbeResult TlsVerdict(TlsCheck check, Duration remaining, SslPolicyErrors errors)
    {
        var days = $"{remaining.TotalDays:F1} days";
        var result = remaining <= Duration.Zero ? ProbeResult.Bad("expired", $"The certificate has expired {(-remaining).TotalDays:F1} days ago.")
            : errors != SslPolicyErrors.None ? ProbeResult.Bad("untrusted", $"The certificate is not trusted for {check.ServerName}: {errors}.")
            : remaining < check.MinRemaining ? ProbeResult.Bad("expires", $"The certificate expires in {days}; at least {FieldDuration.Format(check.MinRemaining)} is asked for.")
            : ProbeResult.Fine;
        return result with { CertificateRemaining = remaining };
    }

    private static ProbeResult Judge(Exception failed)
    {
        var root = failed.GetBaseException();
        return root switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => ProbeResult.Bad("refused", "The connection was refused."),
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => ProbeResult.Bad("name", "The name cannot be resolved."),
            SocketException socket => ProbeResult.Bad("network", $"The network failed: {socket.Message}"),
            AuthenticationException => ProbeResult.Bad("tls", $"The TLS handshake failed: {root.Message}"),
            _ => ProbeResult.Bad("broken", $"The answer is broken: {root.Message}"),
        };
    }
}
