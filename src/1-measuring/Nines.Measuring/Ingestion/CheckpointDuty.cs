using Nines.Kernel;
using Nines.Measuring.Signals;
using NodaTime;

namespace Nines.Measuring.Ingestion;

/// <summary>Makes a checkpoint of the signals once a minute, so that a restart replays a minute of the log.</summary>
internal sealed class CheckpointDuty(SignalLog log, TimeProvider clock) : Duty
{
    private static readonly Duration Every = Duration.FromMinutes(1);

    private Instant last = clock.Now();

    /// <inheritdoc />
    public override string Name => "ingestion.checkpoint";

    /// <inheritdoc />
    public override bool EveryNode => true;

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => last + Every;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        await log.CheckpointAsync(stop);
        last = now;
    }
}

/// <summary>Replays the signal log at the start and makes a last checkpoint at the end.</summary>
internal sealed class SignalLogLife(SignalLog log, SignalHub hub, TimeProvider clock) : Shell.IRoomLife
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken stop)
    {
        await log.ReplayAsync(stop);
        hub.ListeningSinceMs = clock.UnixMs();
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken stop) => log.CheckpointAsync(stop);
}
