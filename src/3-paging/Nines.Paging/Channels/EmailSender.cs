using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>Sends a message as a plain mail over the configured mail server.</summary>
internal sealed class EmailSender(IContactBook contacts, IHouse house, IOptions<ChannelsOptions> options, TimeProvider clock) : IOutboxSender
{
    public string Kind => ContactKind.Email;

    public Duration Timeout => Duration.FromSeconds(30);

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop)
    {
        var settings = options.Value;
        if (settings.SmtpHost.Length == 0) return new(SendVerdict.Refused, "No mail server is configured: set channels:smtpHost.");
        if (contacts.Find(house.State, delivery.Target) is not { } contact) return new(SendVerdict.Refused, $"The contact {delivery.Target} is gone.");
        var password = Password(settings);
        if (!password.Ok) return new(SendVerdict.Retry, password.Problems[0].ToString());
        var content = delivery.Payload.Deserialize<ChannelMessage>(HouseJson.Options)!;
        var domain = settings.SmtpFrom[(settings.SmtpFrom.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var message = new MailMessage(
            settings.SmtpFrom, contact.Address, content.Text, MailText.Body(content), $"{delivery.Id}@{domain}", content.Thread is null ? null : $"{content.Thread}@{domain}");
        var server = new SmtpServer(
            settings.SmtpHost, settings.SmtpPort, Enum.Parse<SmtpTls>(settings.SmtpTls, ignoreCase: true),
            settings.SmtpUser.Length > 0 ? settings.SmtpUser : null, password.Value, "nines.invalid");
        try
        {
            using var socket = new TcpClient { NoDelay = true };
            await socket.ConnectAsync(server.Host, server.Port, stop);
            await using var stream = socket.GetStream();
            var session = new SmtpSession(stream, server, (plain, ending) => SmtpSession.SecureAsync(plain, server.Host, ending));
            return await session.DeliverAsync(settings.SmtpFrom, contact.Address, message.ToBytes(clock.Now()), stop);
        }
        catch (Exception e) when (e is SocketException or IOException or System.Security.Authentication.AuthenticationException)
        {
            return new(SendVerdict.Retry, $"The mail server {server.Host} could not be used: {e.Message}");
        }
    }

    private static Outcome<string> Password(ChannelsOptions settings) =>
        SecretReference.TryParse(settings.SmtpPassword, out var reference) ? SecretResolver.Resolve(reference!) : "";
}
