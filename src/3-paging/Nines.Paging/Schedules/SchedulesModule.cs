using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Schedules.Api;
using Nines.Paging.Schedules.Cli;
using Nines.Paging.Schedules.Manifests;
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
        room.Services.AddSingleton<OnCallSchedules>();
        room.Services.AddSingleton<IOnCallSchedules>(s => s.GetRequiredService<OnCallSchedules>());
        room.Get("/api/v1/oncall", Permission.Read("schedules"), OnCallApi.Who);
        room.Command(new OnCallWhoCommand());
    }
}
