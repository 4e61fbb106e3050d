using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nines.Kernel;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Signals.Api;
using Nines.Measuring.Signals.Cli;
using Nines.Measuring.Signals.Ui;
using Nines.Shell;

namespace Nines.Measuring.Signals;

/// <summary>The room where every sample arrives and is counted.</summary>
public sealed class SignalsModule : Module
{
    public override string Name => "signals";

    public override void Register(Registration room)
    {
        room.Options<SignalsOptions, SignalsOptionsValidator>();
        room.Services.AddSingleton(s => new SignalHub(s.GetRequiredService<IOptions<SignalsOptions>>().Value.ToLimits()));
        room.Services.AddSingleton<IRoomLife, SignalMetrics>();
        room.Services.AddSingleton<ICheckpointPart, HubCheckpoint>();
        room.Duty<SweepDuty>();
        SignalPages.Register(room);
        var read = Permission.Read("signals");
        room.Get("/api/v1/signals", read, SignalsApi.List);
        room.Get("/api/v1/signals/{name}", read, SignalsApi.Show);
        room.Command(new SignalsCommand());
    }
}
