using Nines.Kernel;

namespace Nines.Alerting.Alerts;

/// <summary>
/// Takes alerts from every door: one call is one commit, and the answer comes after it is durable. A full disk or a store
/// that is gone is a <see cref="StorageException"/>: the door answers 503, so that the sender tries again.
/// </summary>
public sealed class AlertDesk
{
    private readonly IHouse _house;
    private readonly AlertRoutes _routes;

    internal AlertDesk(IHouse house, AlertRoutes routes) => (_house, _routes) = (house, routes);

    /// <summary>Takes what a door received; the answers stand in the order of what was received.</summary>
    public async Task<Outcome<IReadOnlyList<TakenAlert>>> TakeAsync(Actor actor, IReadOnlyList<ReceivedAlert> received, CancellationToken stop) =>
        (await _house.DecideAsync(actor, deciding =>
        {
            var (events, taken) = Intake.Take(deciding.State.Get<AlertBook>(), _routes.For(deciding.State), received, deciding.Now, deciding.NewId);
            foreach (var (stream, happened) in events) deciding.Write(stream, happened);
            return Outcome<IReadOnlyList<TakenAlert>>.Of(taken);
        }, stop: stop)).Outcome;

    /// <summary>Somebody is at these alerts; answers how many of them fire and nobody was at before.</summary>
    public async Task<Outcome<int>> AcknowledgeAsync(Actor actor, IReadOnlyList<string> alertIds, string by, string via, CancellationToken stop) =>
        (await _house.DecideAsync(actor, deciding =>
        {
            var events = Acknowledging.Decide(deciding.State.Get<AlertBook>(), alertIds, by, via);
            if (!events.Ok) return Outcome<int>.Failed(events.Problems);
            foreach (var happened in events.Value) deciding.Write(Intake.StreamOf(happened.Id), happened);
            return events.Value.Count;
        }, stop: stop)).Outcome;
}
