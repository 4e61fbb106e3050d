using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Paging.Notifications.Api;
using Nines.Paging.Notifications.Cli;
using Nines.Paging.Notifications.Ui;
using Nines.Shell;

namespace Nines.Paging.Notifications;

/// <summary>The room that calls people: who, with which words, over which ways out.</summary>
public sealed class NotificationsModule : Module
{
    /// <inheritdoc />
    public override string Name => "notifications";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<PageIntended>().Event<PageEnded>().Event<PageUnheard>();
        room.Options<NotificationsOptions, NotificationsOptionsValidator>();
        room.State(new PageBookFold());
        room.Services.AddSingleton<PagingDesk>();
        room.Services.AddSingleton<Reaction, OnNotificationDue>();
        room.Services.AddSingleton<Reaction, OnOutboxSettled>();
        room.Get("/api/v1/pages", Permission.Read("notifications"), PagesApi.List);
        room.Get("/api/v1/pages/{id}", Permission.Read("notifications"), PagesApi.Show);
        room.Post("/api/v1/pages/test", Permission.Write("notifications"), PagesApi.Test);
        PagePages.Register(room);
        room.Command(new PageListCommand());
        room.Command(new PageTestCommand());
    }
}
