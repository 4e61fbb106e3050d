using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>
/// Takes alerts from every door: one call is one commit, and the answer comes after it is durable. What only repeats what
/// fires already moves an end in memory and commits nothing. A full disk or a store that is gone is a
/// <see cref="StorageException"/>: the door answers 503, so that the sender tries again.
/// </summary>
public sealed class AlertDesk
{
    private readonly IHouse _house;
    private readonly AlertRoutes _routes;
    private readonly AlertLeases _leases;
    private readonly TimeProvider _clock;

    internal AlertDesk(IHouse house, AlertRoutes routes, AlertLeases leases, TimeProvider clock) => (_house, _routes, _leases, _clock) = (house, routes, leases, clock);

    /// <summary>Takes what a door received; the answers stand in the order of what was received.</summary>
    public async Task<Outcome<IReadOnlyList<TakenAlert>>> TakeAsync(Actor actor, IReadOnlyList<ReceivedAlert> received, CancellationToken stop)
    {
        if (Renewed(received) is { } known) return Outcome<IReadOnlyList<TakenAlert>>.Of(known);
        return (await _house.DecideAsync(actor, deciding =>
        {
            var book = deciding.State.Get<AlertBook>();
            var (events, taken) = Intake.Take(book, _routes.For(deciding.State), received, deciding.Now, deciding.NewId);
            foreach (var (stream, happened) in events) deciding.Write(stream, happened);
            for (var i = 0; i < taken.Count; i++)
                if (taken[i].As == TakenAs.Renewed) _leases.Renew(book.All[taken[i].Id], Of(received[i], deciding.Now));
            return Outcome<IReadOnlyList<TakenAlert>>.Of(taken);
        }, stop: stop)).Outcome;
    }

    /// <summary>Somebody is at these alerts; answers how many of them fire and nobody was at before.</summary>
    public async Task<Outcome<int>> AcknowledgeAsync(Actor actor, IReadOnlyList<string> alertIds, string by, string via, CancellationToken stop) =>
        (await _house.DecideAsync(actor, deciding =>
        {
            var events = Acknowledging.Decide(deciding.State.Get<AlertBook>(), alertIds, by, via);
            if (!events.Ok) return Outcome<int>.Failed(events.Problems);
            foreach (var happened in events.Value) deciding.Write(Intake.StreamOf(happened.Id), happened);
            return events.Value.Count;
        }, stop: stop)).Outcome;

    /// <summary>The answers where all of it fires already and nothing has to be decided; null otherwise.</summary>
    private TakenAlert[]? Renewed(IReadOnlyList<ReceivedAlert> received)
    {
        var book = _house.State.Get<AlertBook>();
        var now = _clock.Now();
        var known = new Alert[received.Count];
        for (var i = 0; i < known.Length; i++)
        {
            if (!received[i].FiresAt(now) || book.Find(received[i].Alert.Labels.Number) is not { Firing: true } alert) return null;
            known[i] = alert;
        }

        var taken = new TakenAlert[known.Length];
        for (var i = 0; i < known.Length; i++)
        {
            if (!_leases.TryRenew(known[i], Of(received[i], now))) return null;
            taken[i] = new(known[i].Id, known[i].Labels.Fingerprint, TakenAs.Renewed);
        }

        return taken;
    }

    private static Renewal Of(ReceivedAlert received, Instant now) => new(now, received.EndsAt ?? Instant.MaxValue, received.TimesOut, received.Alert);
}
