using Nines.Alerting.Silences;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Judges groups whose wait, interval or repeat time has come; so many a commit, then the next.</summary>
internal sealed class FlushGroupsDuty(IHouse house, AlertRoutes routes) : Duty
{
    /// <inheritdoc />
    public override string Name => "alerts.flush-groups";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => state.Get<AlertBook>().NextFlush;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        while (NextDue(house.State) <= now && await FlushAsync(stop))
        {
            // Until nothing is due.
        }
    }

    private async Task<bool> FlushAsync(CancellationToken stop) => (await house.DecideAsync(Actor.Duty(Name), deciding =>
    {
        var book = deciding.State.Get<AlertBook>();
        var silences = deciding.State.Get<SilenceBook>();
        foreach (var group in GroupFlush.Due(book, deciding.Now).Take(FlushInCommit.Most))
            foreach (var (stream, happened) in GroupFlush.Decide(book, deciding.State.Get<HeldBook>(), silences, routes.For(deciding.State), group, deciding.Now, deciding.NewId))
                deciding.Write(stream, happened);
        return Outcome<bool>.Of(true);
    }, stop: stop)).Outcome.Ok;
}
