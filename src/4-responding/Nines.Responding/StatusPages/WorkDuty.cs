using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>Begins and ends announced work at its time.</summary>
internal sealed class WorkDuty(IHouse house) : Duty
{
    /// <inheritdoc />
    public override string Name => "statuspages.maintenance";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => state.Get<StatusBook>().Pages.Values.Min(WorkRules.NextDue);

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => house.DecideAsync(Actor.Duty(Name), deciding =>
    {
        var written = 0;
        foreach (var (name, page) in deciding.State.Get<StatusBook>().Pages)
            foreach (var happened in WorkRules.Due(name, page, deciding.Now, deciding.NewId))
            {
                deciding.Write(NoticeRule.StreamOf(name), happened);
                written++;
            }

        return Outcome<int>.Of(written);
    }, stop: stop);
}
