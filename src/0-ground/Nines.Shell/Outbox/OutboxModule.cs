using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Shell.Outbox.Api;

namespace Nines.Shell.Outbox;

/// <summary>Brings the kernel's outbox into the house: its events, state, duty, and a route to look at it.</summary>
public sealed class OutboxModule : Module
{
    /// <inheritdoc />
    public override string Name => "outbox";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<OutboxIntended>().Event<OutboxAttempted>().Event<OutboxSettled>().Event<OutboxCancelled>();
        room.State(new OutboxFold());
        room.Duty<OutboxDuty>();
        room.Services.AddSingleton<IRoomLife, OutboxLife>();
        room.Get("/api/v1/outbox", Permission.Read("outbox"), OutboxApi.List);
    }

    /// <summary>Lets the tries under way end before the house closes.</summary>
    private sealed class OutboxLife(OutboxDuty duty) : IRoomLife
    {
        public Task StartAsync(CancellationToken stop) => Task.CompletedTask;

        public Task StopAsync(CancellationToken stop) => duty.DrainAsync().WaitAsync(stop);
    }
}
