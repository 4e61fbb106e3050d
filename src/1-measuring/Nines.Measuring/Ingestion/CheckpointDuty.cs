using Nines.Kernel;
using Nines.Measuring.Signals;
using NodaTime;

namespace Nines.Measuring.Ingestion;

/// <summary>
/// Makes checkpoints of the signals: every 5 s in a small house, every minute in a large one. What a target told
/// between the last checkpoint and a crash is read from it again, unless the target forgot it too: the shorter, the better.
/// </summary>
internal sealed class CheckpointDuty(SignalLog log, TimeProvider clock) : Duty
{
    // A checkpoint's own length times this: it never takes more than a two-thousandth of the time.
    private const int Share = 2_000;
    private static readonly Duration Shortest = Duration.FromSeconds(5);
    private static readonly Duration Longest = Duration.FromMinutes(1);

    private Instant _last = clock.Now();
    private Duration _every = Shortest;

    /// <inheritdoc />
    public override string Name => "ingestion.checkpoint";

    /// <inheritdoc />
    public override bool EveryNode => true;

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => _last + _every;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        await log.CheckpointAsync(stop);
        _every = Duration.Max(Shortest, Duration.Min(Longest, Duration.FromTimeSpan(clock.GetElapsedTime(began)) * Share));
        _last = now;
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
