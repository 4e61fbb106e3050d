using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Rules;

/// <summary>Judges every rule once a minute, half a minute after its end, so that slow sources are heard.</summary>
internal sealed class EvaluateRulesDuty(RuleEngine engine, RuleWatch watch, IHouse house) : Duty
{
    private static readonly Duration Lag = Duration.FromSeconds(30);

    private long _minute = -1;

    /// <inheritdoc />
    public override string Name => "rules.evaluate";

    /// <summary>What every node measures is its own; conclusions are idempotent.</summary>
    public override Instant? NextDue(HouseState state)
    {
        if (engine.Rules.Count == 0 && state.Get<RuleBook>().Rules.Values.All(r => r.Firing is null)) return null;
        return _minute < 0 ? Instant.MinValue : Instant.FromUnixTimeSeconds((_minute + 2) * 60) + Lag;
    }

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        watch.Follow(house.State);
        // A minute is whole at its end, not a moment later: else the duty would be due and do nothing at that instant.
        var minute = ((now - Lag).ToUnixTimeMilliseconds() / 60_000) - 1;
        if (minute <= _minute) return;
        var news = engine.Evaluate(minute, house.State.Get<RuleBook>());
        if (news.Count > 0)
        {
            await house.DecideAsync(Actor.Duty(Name), deciding =>
            {
                foreach (var happened in news) deciding.Write(new("rule", RuleOf(happened)), happened);
                return Outcome<bool>.Of(true);
            }, stop: stop);
        }

        _minute = minute;
    }

    private static string RuleOf(object happened) => happened switch
    {
        RuleFired e => e.Rule,
        RuleEnded e => e.Rule,
        RuleHourLearnt e => e.Rule,
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is no news of a rule."),
    };
}
