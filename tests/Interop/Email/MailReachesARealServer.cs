using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nines.Kernel;
using Nines.Paging.Channels;
using NodaTime;
using Xunit;

namespace Nines.Tests.Interop.Email;

/// <summary>Nines' own SMTP against aiosmtpd, the mail read by Python's own parser.</summary>
public sealed class MailReachesARealServer
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 3, 0);

    private static async Task<SendOutcome> Deliver(SmtpServer server, string to, string subject, string body, RemoteCertificateValidationCallback? trust = null)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", server.Port);
        await using var stream = socket.GetStream();
        var session = new SmtpSession(stream, server, async (plain, stop) =>
        {
            if (trust is null) return await SmtpSession.SecureAsync(plain, server.Host, stop);
            var tls = new SslStream(plain, false, trust);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = server.Host }, stop);
            return tls;
        });
        var message = new MailMessage("nines@example.com", to, subject, body, "d2@example.com", "d1@example.com");
        return await session.DeliverAsync("nines@example.com", to, message.ToBytes(Now), default);
    }

    private static SmtpServer Plain(int port) => new("127.0.0.1", port, SmtpTls.Auto, null, null, "nines.invalid");

    [Fact]
    public async Task Deliver_PlainServer_MailReadsAsWritten()
    {
        using var server = await MailServer.StartAsync();
        var subject = "PAGE Zahlung: „checkout“ brennt 🔥 – Burn ist 20-mal zu hoch, und dieser Betreff ist länger als eine Zeile sein darf";
        var body = "Burn is 20 in 1h, above 14.4.\n.\n..dots at the start\n\ttab and trailing space \nä ö ü = 100 %\n" + new string('x', 3000) + "\n";
        var outcome = await Deliver(Plain(server.Port), "alice@example.com", subject, body);
        Assert.Equal(new SendOutcome(SendVerdict.Accepted, "The mail server answered 250 taken."), outcome);
        var mail = await server.NextAsync();
        Assert.Equal(subject, mail.GetProperty("subject").GetString());
        Assert.Equal(body.TrimEnd('\n'), mail.GetProperty("body").GetString()!.ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.Equal("<d2@example.com>", mail.GetProperty("id").GetString());
        Assert.Equal("<d1@example.com>", mail.GetProperty("references").GetString());
        Assert.Equal("auto-generated", mail.GetProperty("auto").GetString());
        Assert.True(mail.GetProperty("longest").GetInt32() <= 998);
    }

    [Fact]
    public async Task Deliver_AddressOutsideAscii_IsTakenWithSmtpUtf8()
    {
        using var server = await MailServer.StartAsync();
        Assert.Equal(SendVerdict.Accepted, (await Deliver(Plain(server.Port), "zoë@example.com", "hello", "body")).Verdict);
        Assert.Equal("zoë@example.com", (await server.NextAsync()).GetProperty("to")[0].GetString());
    }

    [Theory]
    [InlineData("nobody@example.com", SendVerdict.Refused, "The mail server answered 550 no such user.")]
    [InlineData("busy@example.com", SendVerdict.Retry, "The mail server answered 450 busy, come back.")]
    public async Task Deliver_RefusedRecipient_IsFinalOnlyFor5xx(string to, SendVerdict verdict, string reason)
    {
        using var server = await MailServer.StartAsync();
        Assert.Equal(new SendOutcome(verdict, reason), await Deliver(Plain(server.Port), to, "hello", "body"));
    }

    [Fact]
    public async Task Deliver_StartTlsAndSignIn_AreUsed()
    {
        var file = Certificate(out var thumbprint);
        try
        {
            using var server = await MailServer.StartAsync(file);
            var secured = new SmtpServer("localhost", server.Port, SmtpTls.Required, "nines", "pässword", "nines.invalid");
            var outcome = await Deliver(secured, "alice@example.com", "hello", "body", (_, shown, _, _) => shown?.GetCertHashString() == thumbprint);
            Assert.Equal(SendVerdict.Accepted, outcome.Verdict);
            var mail = await server.NextAsync();
            Assert.True(mail.GetProperty("tls").GetBoolean());
            Assert.Equal("PLAIN", mail.GetProperty("user").GetString());

            var wrong = await Deliver(secured with { Password = "no" }, "alice@example.com", "hello", "body", (_, shown, _, _) => shown?.GetCertHashString() == thumbprint);
            Assert.Equal(SendVerdict.Retry, wrong.Verdict);
            Assert.StartsWith("The mail server answered 535", wrong.Reason, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Deliver_CertificateThatNobodyTrusts_IsRefused()
    {
        var file = Certificate(out _);
        try
        {
            using var server = await MailServer.StartAsync(file);
            await Assert.ThrowsAnyAsync<System.Security.Authentication.AuthenticationException>(
                () => Deliver(new SmtpServer("localhost", server.Port, SmtpTls.Required, null, null, "nines.invalid"), "alice@example.com", "hello", "body"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Certificate(out string thumbprint)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        thumbprint = certificate.GetCertHashString();
        var file = Path.GetTempFileName();
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return file;
    }
}
