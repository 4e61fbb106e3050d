using Nines.Kernel;

namespace Nines.Alerting.Silences;

/// <summary>Sets and ends silences: the one use case behind the command, HTTP and the page.</summary>
public sealed class SilenceDesk(IHouse house)
{
    /// <summary>Sets what was asked for, or says everything that is wrong with it.</summary>
    public async Task<Outcome<SilenceSet>> SetAsync(SilenceRequest asked, CancellationToken stop) => (await house.DecideAsync(Actor.Local, deciding =>
    {
        var set = SilenceRules.Set(asked, deciding.NewId(), deciding.Now);
        if (set.Ok) deciding.Write(new("silence", set.Value.Id), set.Value);
        return set;
    }, stop: stop)).Outcome;

    /// <summary>Ends one before its time.</summary>
    public async Task<Outcome<SilenceEnded>> EndAsync(string id, CancellationToken stop) => (await house.DecideAsync(Actor.Local, deciding =>
    {
        var ended = SilenceRules.End(deciding.State.Get<SilenceBook>(), id, "Somebody ended it.");
        if (ended.Ok) deciding.Write(new("silence", id), ended.Value);
        return ended;
    }, stop: stop)).Outcome;
}
