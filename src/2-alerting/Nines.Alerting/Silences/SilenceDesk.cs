using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using NodaTime;

namespace Nines.Alerting.Silences;

/// <summary>Sets, ends and previews silences: the one use case behind the command, HTTP and the page.</summary>
public sealed class SilenceDesk(IHouse house, ObjectiveQueries objectives, SilenceBudgets budgets)
{
    /// <summary>Sets what was asked for, or says everything that is wrong with it.</summary>
    public async Task<Outcome<SilenceSet>> SetAsync(Actor actor, SilenceRequest asked, Instant now, CancellationToken stop)
    {
        var left = asked.MaxBudget is null ? null : budgets.HiddenBy(asked.Matchers, house.State.Get<AlertBook>(), now);
        return (await house.DecideAsync(actor, deciding =>
        {
            var set = SilenceRules.Set(asked, deciding.NewId(), deciding.Now, left);
            if (set.Ok) deciding.Write(new("silence", set.Value.Id), set.Value);
            return set;
        }, stop: stop)).Outcome;
    }

    /// <summary>Ends one before its time.</summary>
    public async Task<Outcome<SilenceEnded>> EndAsync(Actor actor, string id, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var ended = SilenceRules.End(deciding.State.Get<SilenceBook>(), id, "Somebody ended it.");
        if (ended.Ok) deciding.Write(new("silence", id), ended.Value);
        return ended;
    }, stop: stop)).Outcome;

    /// <summary>What a silence would hide; writes nothing.</summary>
    public Outcome<SilencePreview> Preview(IReadOnlyList<string> matchers, Instant now) =>
        SilencePreview.Of(matchers, house.State.Get<AlertBook>(), [.. objectives.All(now).Select(o => (o.Name, o.Service))], now);
}
