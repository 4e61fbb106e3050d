using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Paging.Channels;

/// <summary>The ways out: a signed webhook and email.</summary>
public sealed class ChannelsModule : Module
{
    /// <inheritdoc />
    public override string Name => "channels";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<MessageReceipt>().Event<ContactAnswered>().Event<ContactVerified>();
        room.State(new ChannelBookFold());
        room.Options<ChannelsOptions, ChannelsOptionsValidator>();
        room.Services.AddSingleton<IContactBook, CatalogContacts>();
        room.Services.AddSingleton<WebhookConnections>();
        room.Services.AddSingleton<IOutboxSender, WebhookSender>();
        room.Services.AddSingleton<IOutboxSender, EmailSender>();
    }
}
