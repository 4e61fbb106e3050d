using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>Sends a message as a plain mail over the configured mail server.</summary>
internal sealed class EmailSender(ChannelDesk desk, HouseMail mail) : ChannelSender(desk)
{
    public override string Kind => ContactKind.Email;

    public override Duration Timeout => Duration.FromSeconds(30);

    protected override async Task<SendOutcome> SendAsync(Envelope envelope, CancellationToken stop)
    {
        return await mail.SendAsync(Mail(envelope, mail.From), stop);
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
