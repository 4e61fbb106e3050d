using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Rules;

/// <summary>Watches new rules on every node: one that only stands by has the last hour when it must judge.</summary>
internal sealed class WatchRulesDuty(RuleWatch watch, IHouse house) : Duty
{
    /// <inheritdoc />
    public override string Name => "rules.watch";

    /// <inheritdoc />
    public override bool EveryNode => true;

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => watch.IsStale(state) ? Instant.MinValue : null;

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop)
    {
        watch.Follow(house.State);
        return Task.CompletedTask;
    }
}
