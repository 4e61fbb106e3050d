using System.Net.Sockets;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>Sends a message as a plain mail over the configured mail server.</summary>
internal sealed class EmailSender(ChannelDesk desk) : ChannelSender(desk)
{
    public override string Kind => ContactKind.Email;

    public override Duration Timeout => Duration.FromSeconds(30);

    protected override async Task<SendOutcome> SendAsync(Envelope envelope, CancellationToken stop)
    {
        var settings = Desk.Settings;
        if (settings.SmtpHost.Length == 0) return new(SendVerdict.Refused, "No mail server is configured: set channels:smtpHost.");
        var password = ChannelDesk.Setting(settings.SmtpPassword) ?? "";
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
            return await session.DeliverAsync(settings.SmtpFrom, envelope.Contact.Address, Mail(envelope, settings.SmtpFrom).ToBytes(Desk.Now), stop);
        }
        catch (Exception e) when (e is SocketException or IOException or System.Security.Authentication.AuthenticationException)
        {
            return new(SendVerdict.Retry, $"The mail server {server.Host} could not be used: {e.Message}");
        }
    }

    private static MailMessage Mail(Envelope envelope, string from)
    {
        var message = envelope.Message;
        var domain = from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..];
        return new(
            from, envelope.Contact.Address, message.Text, MailText.Body(message), $"{envelope.Id}@{domain}", message.Thread is null ? null : $"{message.Thread}@{domain}",
            message.Page.Length > 0 ? $"pages.nines.{domain}" : null, message.Page.Length > 0 ? message.Page : null, message is { Severity: AlertSeverity.Page, Open: true });
    }
}
