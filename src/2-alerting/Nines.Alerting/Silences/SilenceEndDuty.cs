using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Silences;

/// <summary>Ends silences when their time comes.</summary>
internal sealed class SilenceEndDuty(IHouse house) : Duty
{
    /// <inheritdoc />
    public override string Name => "silences.end";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => state.Get<SilenceBook>().NextEnd;

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => house.DecideAsync(Actor.Duty(Name), deciding =>
    {
        foreach (var ended in SilenceRules.Expired(deciding.State.Get<SilenceBook>(), deciding.Now))
            deciding.Write(new("silence", ended.Id), ended);
        return Outcome<bool>.Of(true);
    }, stop: stop);
}
