using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.StatusPages.Api;
using Nines.Responding.StatusPages.Cli;
using Nines.Responding.StatusPages.Manifests;
using Nines.Responding.StatusPages.Ui;
using Nines.Shell;

namespace Nines.Responding.StatusPages;

/// <summary>The room of status pages: what those outside are told, by whom, and how it reaches them.</summary>
public sealed class StatusPagesModule : Module
{
    /// <inheritdoc />
    public override string Name => "statuspages";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<StatusPublished>().Event<StatusUpdated>().Event<MaintenanceScheduled>().Event<MaintenanceChanged>().Event<MaintenanceStarted>().Event<MaintenanceEnded>()
            .Event<MaintenanceCancelled>().Event<SubscriberAsked>().Event<SubscriberConfirmed>().Event<SubscriberChose>().Event<SubscriberLeft>().Event<SubscriberForgotten>().Event<NoticeSent>();
        room.Manifest(new StatusPageKind());
        room.State(new StatusBookFold());
        room.Options<StatusPagesOptions, StatusPagesOptionsValidator>();
        room.Services.AddSingleton<BarReading>();
        room.Services.AddSingleton<PublicDrawing>();
        room.Services.AddSingleton<StatusPress>();
        room.Services.AddSingleton<StaticSite>();
        room.Services.AddSingleton<Proposals>();
        room.Services.AddSingleton<StatusReading>();
        room.Services.AddSingleton<StatusDesk>();
        room.Services.AddSingleton<SubscriberAddresses>();
        room.Services.AddSingleton<SubscriberDesk>();
        room.Services.AddSingleton<OutsideConnections>();
        room.Services.AddSingleton<IOutboxSender, NoticeSender>();
        room.Services.AddSingleton<IOutboxSender, ConfirmSender>();
        room.Services.AddSingleton<PageDomains>();
        room.Services.AddSingleton<IFurtherHosts>(s => s.GetRequiredService<PageDomains>());
        room.Services.AddSingleton<IStartupFilter>(s => s.GetRequiredService<PageDomains>());
        room.Services.AddSingleton<AskThrottle>();
        room.Services.AddSingleton<PublicDoor>();
        room.Services.AddSingleton<StatusPagesApi>();
        room.Duty<WorkDuty>();
        room.Duty<NoticeDuty>();
        room.Duty<ForgetDuty>();
        room.Duty<PublishDuty>();
        PublicDoor.Register(room);
        StatusPagesApi.Register(room);
        StatusPagePages.Register(room);
        foreach (var command in StatusPageCommands.All) room.Command(command);
    }
}
