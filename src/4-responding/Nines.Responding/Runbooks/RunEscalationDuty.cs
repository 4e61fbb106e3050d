using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Runbooks;

/// <summary>Says when a run takes longer than its runbook allows, and whom to call.</summary>
internal sealed class RunEscalationDuty(IHouse house) : Duty
{
    /// <inheritdoc />
    public override string Name => "runbooks.escalation";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => state.Get<RunbookRuns>().Open.Min(r => r.EscalatesAt);

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => house.DecideAsync(Actor.Duty(Name), deciding =>
    {
        var due = deciding.State.Get<RunbookRuns>().Open.Where(r => r.EscalatesAt <= deciding.Now).ToArray();
        foreach (var run in due) deciding.Write(RunbookRuns.StreamOf(run.Id), new RunEscalationDue(run.Id, run.Plan.Escalation!.Contact, run.Plan.Escalation.Context));
        return Outcome<int>.Of(due.Length);
    }, stop: stop);
}
