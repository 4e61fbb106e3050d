using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>
/// Watches new objectives as soon as they are defined, on every node: one that only stands by counts what comes to it too,
/// and can go on at once when the node that evaluates dies.
/// </summary>
internal sealed class RefreshDuty(ObjectiveEngine engine, IHouse house) : Duty
{
    /// <inheritdoc />
    public override string Name => "objectives.refresh";

    /// <inheritdoc />
    public override bool EveryNode => true;

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => engine.IsStale(state) ? Instant.MinValue : null;

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop)
    {
        engine.Refresh(house.State);
        return Task.CompletedTask;
    }
}
