using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>The clock of drills: lets come what is due, once, and ends what lasted too long.</summary>
internal sealed class DrillDuty(IHouse house, DrillCalls calls) : Duty
{
    /// <inheritdoc />
    public override string Name => "drills.clock";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var book = state.Get<DrillBook>();
        return book.All.Count == book.Ended.Count ? null : book.Open.Min(r => r.NextDue);
    }

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => house.DecideAsync(Actor.Duty(Name), deciding =>
    {
        var done = 0;
        foreach (var run in deciding.State.Get<DrillBook>().Open)
        {
            if (run.EndsAt <= deciding.Now)
            {
                // What never came although it was due: nobody was there to play it.
                var missed = run.Coming.Any();
                DrillDesk.Write(deciding, run.Id, DrillRules.Over(
                    run, deciding.State.Get<IncidentBook>().Find(run.Incident), missed ? "The server was down while things should have come." : "Its time is over.", missed, "", deciding.Now));
                done++;
                continue;
            }

            foreach (var inject in DrillRules.Due(run, deciding.Now))
            {
                calls.Come(deciding, run, inject, "");
                done++;
            }
        }

        return Outcome<int>.Of(done);
    }, stop: stop);
}
