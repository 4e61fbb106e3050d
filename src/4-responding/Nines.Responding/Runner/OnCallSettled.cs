using Nines.Kernel;

namespace Nines.Responding.Runner;

/// <summary>The outbox has its last word on a call: a message arrived, or a call never came to its end.</summary>
internal sealed class OnCallSettled : Reaction<OutboxSettled>
{
    protected override void React(OutboxSettled happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<RunnerBook>().Calls.GetValueOrDefault(happened.Id) is not { EndedAt: null } call) return;
        var verdict = happened.End == EffectEnd.Accepted ? RunnerVerdict.AsExpected : RunnerVerdict.Failed;
        deciding.Write(RunnerBook.StreamOf(call.Id), new RunnerEnded(call.Id, call.About, verdict, happened.Reason, (long)(deciding.Now - call.AskedAt).TotalMilliseconds));
    }
}
