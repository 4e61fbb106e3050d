using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Heartbeats;

/// <summary>Notices heartbeats that stay out.</summary>
internal sealed class JudgeHeartbeatsDuty(HeartbeatDesk desk) : Duty
{
    /// <inheritdoc />
    public override string Name => "heartbeats.judge";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => desk.NextDeadline(state);

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => desk.JudgeAsync(Actor.Duty(Name), stop);
}

/// <summary>Writes down what this node heard, seldom.</summary>
internal sealed class WriteHeartbeatsDuty(HeartbeatDesk desk) : Duty
{
    /// <inheritdoc />
    public override string Name => "heartbeats.write";

    /// <inheritdoc />
    public override bool EveryNode => true;

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => desk.NextWriting(state);

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => desk.WriteAsync(Actor.Duty(Name), stop);
}
