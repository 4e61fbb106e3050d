using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nines.Kernel;
using Nines.Paging.Notifications.Api;
using Nines.Paging.Notifications.Cli;
using Nines.Paging.Notifications.Ui;
using Nines.Shell;

namespace Nines.Paging.Notifications;

/// <summary>The room that calls people: who, with which words, over which ways out, and whether it reached them.</summary>
public sealed class NotificationsModule : Module
{
    /// <inheritdoc />
    public override string Name => "notifications";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<PageIntended>().Event<PageEnded>().Event<PageUnheard>().Event<PageStepTaken>().Event<PageAcknowledged>().Event<PageUnacknowledged>()
            .Event<PageSnoozed>().Event<PageReassigned>().Event<PageEscalated>().Event<PageMerged>().Event<PageFailedOver>().Event<PageHandedOver>().Event<PageWentLive>();
        room.Options<NotificationsOptions, NotificationsOptionsValidator>();
        room.State(new PageBookFold());
        room.Services.AddSingleton<PagingDesk>();
        room.Services.AddSingleton(s => new AcknowledgeLinks(
            s.GetRequiredService<SignedLinks>(), s.GetRequiredService<IPersonKeys>(), FieldDuration.Parse(s.GetRequiredService<IOptions<NotificationsOptions>>().Value.LinkLife)));
        room.Services.AddSingleton(s => new PageDesk(s.GetRequiredService<IHouse>(), s.GetRequiredService<PagingDesk>()));
        room.Services.AddSingleton<PageActionsApi>();
        room.Services.AddSingleton<PageReading>();
        room.Services.AddSingleton<Reaction, OnNotificationDue>();
        room.Services.AddSingleton<Reaction, OnOutboxSettled>();
        room.Services.AddSingleton<Reaction, OnMessageReceipt>();
        room.Services.AddSingleton<Reaction, OnPageAcknowledged>();
        room.Services.AddSingleton<Reaction, OnPageEnded>();
        room.Services.AddSingleton<Reaction, OnPageSnoozed>();
        room.Services.AddSingleton<Reaction, OnPageMerged>();
        room.Services.AddSingleton<Reaction, OnContactAnswered>();
        room.Services.AddSingleton<Reaction, OnAlertAcknowledged>();
        room.Duty<PageDuty>();
        room.Get("/api/v1/pages", Permission.Read("notifications"), PagesApi.List);
        room.Get("/api/v1/pages/{id}", Permission.Read("notifications"), PagesApi.Show);
        room.Post("/api/v1/pages/test", Permission.Write("notifications"), PagesApi.Test);
        PageActionsApi.Register(room);
        PagePages.Register(room);
        room.Command(new PageListCommand());
        room.Command(new PageShowCommand());
        room.Command(new PageTestCommand());
        foreach (var action in PageActionCommand.All) room.Command(action);
    }
}
