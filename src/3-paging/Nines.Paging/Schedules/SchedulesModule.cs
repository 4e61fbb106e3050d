using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Schedules.Api;
using Nines.Paging.Schedules.Cli;
using Nines.Paging.Schedules.Manifests;
using Nines.Paging.Schedules.Ui;
using Nines.Shell;

namespace Nines.Paging.Schedules;

/// <summary>The room that knows who is on call, now and in a year.</summary>
public sealed class SchedulesModule : Module
{
    /// <inheritdoc />
    public override string Name => "schedules";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Manifest(new ScheduleKind());
        room.Event<OverrideSet>().Event<OverrideEnded>().Event<TemporarySet>().Event<TemporaryEnded>();
        room.Event<CoverAsked>().Event<CoverAnswered>().Event<CoverWithdrawn>().Event<RotationKept>();
        room.Event<FeedSet>().Event<ShiftsPublished>();
        room.State(new ScheduleFold()).State(new FeedFold());
        room.Duty<PublishShiftsDuty>();
        room.Services.AddSingleton<ShiftPublisher>();
        room.Services.AddSingleton<FeedDesk>();
        room.Services.AddSingleton<Reaction, OnScheduleApplied>();
        room.Services.AddSingleton<ScheduleDesk>();
        room.Services.AddSingleton<OnCallSchedules>();
        room.Services.AddSingleton<IOnCallSchedules>(s => s.GetRequiredService<OnCallSchedules>());
        room.Get("/api/v1/oncall", Permission.Read("schedules"), OnCallApi.Who);
        SchedulesApi.Register(room);
        FeedApi.Register(room);
        OnCallPages.Register(room);
        room.Command(new OnCallWhoCommand());
        room.Command(new OnCallShowCommand());
        room.Command(new OnCallOverrideCommand());
        room.Command(new OnCallOverrideEndCommand());
        room.Command(new OnCallCoverCommand());
        room.Command(new OnCallSwapCommand());
        room.Command(new OnCallCoverAcceptCommand());
        room.Command(new OnCallPreviewCommand());
        room.Command(new OnCallFeedCommand());
        room.Command(new OnCallImportCommand());
    }
}
