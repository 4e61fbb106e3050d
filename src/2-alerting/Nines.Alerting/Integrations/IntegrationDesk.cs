using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Integrations;

/// <summary>What became of a request.</summary>
/// <param name="Taken">Of its alerts, in their order.</param>
/// <param name="Acknowledged">Alerts that somebody is at now.</param>
internal sealed record DoorAnswer(IReadOnlyList<TakenAlert> Taken, int Acknowledged);

/// <summary>The one use case behind every door for alerts of other programs: finds the integration, plans, takes, and answers once it is durable.</summary>
public sealed class IntegrationDesk
{
    private readonly IHouse _house;
    private readonly CompiledManifests _manifests;
    private readonly AlertDesk _alerts;
    private readonly SilenceDesk _silences;
    private readonly IOptions<AlertsOptions> _options;
    private readonly TimeProvider _clock;

    internal IntegrationDesk(IHouse house, CompiledManifests manifests, AlertDesk alerts, SilenceDesk silences, IOptions<AlertsOptions> options, IntegrationFigures figures, AliasCounts counts, TimeProvider clock)
    {
        (_house, _manifests, _alerts, _silences, _options, _clock) = (house, manifests, alerts, silences, options, clock);
        (Figures, Counts) = (figures, counts);
    }

    /// <summary>What came so far.</summary>
    public IntegrationFigures Figures { get; }

    /// <summary>How often open alerts were sent.</summary>
    public AliasCounts Counts { get; }

    /// <summary>All that manifests declare.</summary>
    public IReadOnlyList<Integration> Declared => [.. _manifests.For(_house.State).Of<Integration>()];

    /// <summary>The integration of a kind by its key.</summary>
    internal Outcome<Integration> Find(IntegrationKind kind, string key, bool trusted) => Counted(kind, IntegrationChoice.ByKey(Declared, kind, key, SecretResolver.Resolve, trusted));

    /// <summary>The integration of a name.</summary>
    internal Outcome<Integration> Named(IntegrationKind kind, string name, string key, bool trusted) => Counted(kind, IntegrationChoice.ByName(Declared, kind, name, key, SecretResolver.Resolve, trusted));

    /// <summary>What a request would come to now; changes nothing.</summary>
    internal DoorPlan Plan(Integration from, IReadOnlyList<DoorEvent> events)
    {
        var state = _house.State;
        return DoorPlan.For(from, events, state.Get<DoorKeys>(), _manifests.Catalog(state), _options.Value.Without(), _clock.Now());
    }

    /// <summary>Takes a request; what it opened and ended is durable when this answers.</summary>
    /// <exception cref="StorageException">The store refused; the door answers 503, so that the sender tries again.</exception>
    internal async Task<Outcome<DoorAnswer>> TakeAsync(Integration from, IReadOnlyList<DoorEvent> events, CancellationToken stop)
    {
        var plan = Plan(from, events);
        var actor = Actor.Door(from.Name);
        IReadOnlyList<TakenAlert> taken = [];
        if (plan.Received.Count > 0)
        {
            var answer = await _alerts.TakeAsync(actor, plan.Received, stop);
            if (!answer.Ok) return Outcome<DoorAnswer>.Failed(answer.Problems);
            taken = answer.Value;
        }

        // The quiet is set first: should the second commit fail, the sender tries again and finds it in place.
        foreach (var (alert, until) in plan.Snooze)
            if (until > _clock.Now() && await SnoozeAsync(from, alert, until, stop) is { Ok: false } refused) return Outcome<DoorAnswer>.Failed(refused.Problems);
        var acknowledged = 0;
        foreach (var by in plan.Acknowledge.GroupBy(a => a.By, StringComparer.Ordinal))
        {
            var answer = await _alerts.AcknowledgeAsync(actor, [.. by.Select(a => a.Alert)], by.Key, from.Name, stop);
            if (answer.Ok) acknowledged += answer.Value;
        }

        if (plan.Unacknowledge.Count > 0) await UnacknowledgeAsync(actor, plan.Unacknowledge, stop);
        foreach (var one in taken.Where(t => t.As is TakenAs.New or TakenAs.Reopened or TakenAs.Renewed)) Counts.Sent(one.Id, one.As != TakenAs.Renewed);
        Figures.Took(from.Name, from.KindWord, events.Count, _clock.Now());
        return new DoorAnswer(taken, acknowledged);
    }

    /// <summary>Counts a refusal.</summary>
    internal void Refused(string sender, IntegrationKind kind, IReadOnlyList<Problem> problems) =>
        Figures.Refused(sender, Integration.WordOf(kind), problems.Count > 0 ? problems[0].What : "", _clock.Now());

    private Outcome<Integration> Counted(IntegrationKind kind, Outcome<Integration> found)
    {
        if (!found.Ok) Refused("", kind, found.Problems);
        return found;
    }

    private Task<Outcome<SilenceSet>> SnoozeAsync(Integration from, KeyedAlert alert, Instant until, CancellationToken stop)
    {
        string[] matchers = [.. alert.Labels.Pairs.Where(p => p.Key is DoorKeys.IntegrationLabel or DoorKeys.KeyLabel).Select(p => new Matcher(p.Key, MatchKind.Equal, p.Value).ToString())];
        return _silences.SetAsync(Actor.Door(from.Name), new(matchers, EndsAt: until, Owner: from.Name, Comment: "Snoozed by its sender.", UntilResolved: true), _clock.Now(), stop);
    }

    private Task<Decided<bool>> UnacknowledgeAsync(Actor actor, IReadOnlyList<string> alerts, CancellationToken stop) => _house.DecideAsync(actor, deciding =>
    {
        var book = deciding.State.Get<AlertBook>();
        foreach (var id in alerts)
            if (book.All.GetValueOrDefault(id) is { Firing: true, AcknowledgedAt: not null }) deciding.Write(Intake.StreamOf(id), new AlertUnacknowledged(id, "Its sender took the acknowledgement back."));
        return Outcome<bool>.Of(true);
    }, stop: stop);
}
