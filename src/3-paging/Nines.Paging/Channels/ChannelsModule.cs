using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Paging.Channels.Api;
using Nines.Paging.Channels.Chat;
using Nines.Paging.Channels.Cli;
using Nines.Paging.Channels.Pagers;
using Nines.Paging.Channels.Push;
using Nines.Paging.Channels.Slack;
using Nines.Paging.Channels.Twilio;
using Nines.Paging.Channels.Ui;
using Nines.Shell;

namespace Nines.Paging.Channels;

/// <summary>The ways out, and what comes back over them.</summary>
public sealed class ChannelsModule : Module
{
    /// <inheritdoc />
    public override string Name => "channels";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<MessageReceipt>().Event<ContactAnswered>().Event<ContactVerified>().Event<CodeSent>().Event<CodeWrong>()
            .Event<MessageReferenced>().Event<SlotTaken>().Event<PushSubscribed>().Event<PushEnded>();
        room.State(new ChannelBookFold());
        room.Options<ChannelsOptions, ChannelsOptionsValidator>();
        room.Services.AddSingleton<IContactBook, CatalogContacts>();
        room.Services.AddSingleton<GuardedConnections>();
        room.Services.AddSingleton<HouseMail>();
        room.Services.AddSingleton<ChannelDesk>();
        room.Services.AddSingleton(s => new SlackWorkspace(s.GetRequiredService<ChannelDesk>()));
        room.Services.AddSingleton<AnswerDesk>();
        room.Services.AddSingleton<SentPayload>();
        room.Services.AddSingleton<ContactDesk>();
        room.Services.AddSingleton<TwilioAccount>();
        room.Services.AddSingleton<PushKeys>();
        Senders(room.Services);
        TwilioDoors.Register(room);
        SlackDoor.Register(room);
        PushDoors.Register(room);
        ContactsApi.Register(room);
        ContactPages.Register(room);
        room.Command(new ContactListCommand());
        room.Command(new ContactTestCommand());
        room.Command(new ContactVerifyCommand());
    }

    private static void Senders(IServiceCollection services)
    {
        services.AddSingleton<IOutboxSender, WebhookSender>();
        services.AddSingleton<IOutboxSender, EmailSender>();
        services.AddSingleton<IOutboxSender, SmsSender>();
        services.AddSingleton<IOutboxSender, VoiceSender>();
        services.AddSingleton<IOutboxSender, SlackSender>();
        services.AddSingleton<IOutboxSender, TeamsSender>();
        services.AddSingleton<IOutboxSender, MattermostSender>();
        services.AddSingleton<IOutboxSender, DiscordSender>();
        services.AddSingleton<IOutboxSender, PagerDutySender>();
        services.AddSingleton<IOutboxSender, OpsgenieSender>();
        services.AddSingleton<IOutboxSender, NtfySender>();
        services.AddSingleton<IOutboxSender, PushSender>();
    }
}
