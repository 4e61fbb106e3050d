using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Every node tells the journal what it heard again, at most once per half resolve timeout.</summary>
internal sealed class RenewAlertsDuty(IHouse house, AlertLeases leases) : Duty
{
    // New words of more alerts wait for the next turn: they are for readers, and senders repeat them.
    private const int MostWords = 500;

    /// <inheritdoc />
    public override string Name => "alerts.renew";

    /// <inheritdoc />
    public override bool EveryNode => true;

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => leases.Unwritten is { } since ? since + (leases.Timeout / 2) : null;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        var written = await house.DecideAsync(Actor.Duty(Name), deciding =>
        {
            var renewed = leases.Write(deciding.State.Get<AlertBook>(), deciding.State.Get<AlertEnds>(), deciding.Now, MostWords);
            deciding.Write(Intake.Ends, renewed);
            return Outcome<AlertsRenewed>.Of(renewed);
        }, stop: stop);
        leases.Written(written.Outcome.Value, house.State.Get<AlertBook>());
    }
}
