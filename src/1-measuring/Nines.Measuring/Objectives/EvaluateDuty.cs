using Microsoft.Extensions.Options;
using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>Evaluates everything once a cycle and commits what followed, all in one commit.</summary>
internal sealed class EvaluateDuty(ObjectiveEngine engine, EngineFigures figures, IHouse house, TimeProvider clock, IOptions<ObjectivesOptions> options) : Duty
{
    // A rest longer than this many cycles: another node may have evaluated meanwhile.
    private const int LongRest = 3;

    private readonly Duration _cycle = options.Value.Cycle;
    private readonly List<object> _news = [];
    private IReadOnlyList<WatchedObjective>? _watched;
    private Instant _last = Instant.MinValue;

    /// <inheritdoc />
    public override string Name => "objectives.evaluate";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => _last == Instant.MinValue || engine.IsStale(state) ? Instant.MinValue : _last + _cycle;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        engine.Refresh(house.State);
        if (_news.Count == 0 && (_last == Instant.MinValue || now > _last + (_cycle * LongRest))) engine.TakeOver(house.State);
        if (!ReferenceEquals(_watched, engine.Set.All)) _news.AddRange(house.State.Get<ObjectivesState>().Removed(engine.Set, now));
        _watched = engine.Set.All;
        if (_last == Instant.MinValue || now >= _last + _cycle || _news.Count > 0)
        {
            var began = clock.GetTimestamp();
            engine.EvaluateAll(now, _news);
            figures.LastCycle = clock.GetElapsedTime(began);
            _last = now;
        }

        if (_news.Count == 0) return;
        // News stays until it is durable: a failed commit is tried again with the next cycle's.
        object[] news = [.. _news];
        _ = await house.DecideAsync(Actor.Duty(Name), deciding => Write(deciding, news), stop: stop);
        _news.Clear();
    }

    private static Outcome<int> Write(Deciding deciding, object[] news)
    {
        foreach (var happened in news) deciding.Write(new("objective", ObjectiveOf(happened)), happened);
        return news.Length;
    }

    private static string ObjectiveOf(object happened) => happened switch
    {
        BurnAlertFired e => e.Objective,
        BurnAlertReopened e => e.Objective,
        BurnAlertEnded e => e.Objective,
        BurnAlertSuppressed e => e.Objective,
        BurnSuppressionEnded e => e.Objective,
        BudgetCrossed e => e.Objective,
        BudgetStateChanged e => e.Objective,
        AbsenceStarted e => e.Objective,
        AbsenceEnded e => e.Objective,
        ObjectiveRemoved e => e.Objective,
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is no news of an objective."),
    };
}
