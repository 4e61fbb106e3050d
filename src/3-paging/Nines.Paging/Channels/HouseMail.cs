using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Paging.Channels;

/// <summary>The house's way to its mail server: every mail leaves over it, whichever room writes it.</summary>
public sealed class HouseMail(IOptions<ChannelsOptions> options, TimeProvider clock)
{
    /// <summary>The address that mails come from.</summary>
    public string From => options.Value.SmtpFrom;

    /// <summary>The part of it behind the @, for ids of messages.</summary>
    public string Domain => From[(From.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Tries once to hand a mail over.</summary>
    public async Task<SendOutcome> SendAsync(MailMessage message, CancellationToken stop)
    {
        var settings = options.Value;
        if (settings.SmtpHost.Length == 0) return new(SendVerdict.Refused, "No mail server is configured: set channels:smtpHost.");
        var password = SecretReference.TryParse(settings.SmtpPassword, out var kept) ? SecretResolver.Resolve(kept!) : "";
        if (!password.Ok) return new(SendVerdict.Retry, password.Problems[0].ToString());
        var server = new SmtpServer(
            settings.SmtpHost, settings.SmtpPort, Enum.Parse<SmtpTls>(settings.SmtpTls, ignoreCase: true),
            settings.SmtpUser.Length > 0 ? settings.SmtpUser : null, password.Value, "nines.invalid");
        try
        {
            using var socket = new TcpClient { NoDelay = true };
            await socket.ConnectAsync(server.Host, server.Port, stop);
            await using var stream = socket.GetStream();
            var session = new SmtpSession(stream, server, (plain, ending) => SmtpSession.SecureAsync(plain, server.Host, ending));
            return await session.DeliverAsync(settings.SmtpFrom, message.To, message.ToBytes(clock.Now()), stop);
        }
        catch (Exception e) when (e is SocketException or IOException or System.Security.Authentication.AuthenticationException)
        {
            return new(SendVerdict.Retry, $"The mail server {server.Host} could not be used: {e.Message}");
        }
    }
}
