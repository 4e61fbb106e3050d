using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Changes;
using Nines.Paging.Notifications;

namespace Nines.Responding.Incidents;

/// <summary>
/// What people do with incidents: the one use case behind the command, HTTP and the page. Each answers the incident's id
/// after the commit is durable.
/// </summary>
public sealed class IncidentDesk(IHouse house, CompiledManifests manifests, ImpactReading indicators, TimeProvider clock)
{
    /// <summary>The journal's stream of an incident.</summary>
    public static StreamName StreamOf(string id) => new("incident", id);

    /// <summary>Declares one.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="asked">What is known.</param>
    /// <param name="by">Handle of the person for whom it is done; empty for the actor.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Outcome<string>> DeclareAsync(Actor actor, DeclareRequest asked, string by, CancellationToken stop)
    {
        // Read before it is decided: the writer waits for no indicator.
        var (state, now) = (house.State, clock.Now());
        var detected = IncidentDeclaration.DetectedAt(state.Get<PageBook>(), state.Get<AlertBook>(), asked, now);
        var measured = indicators.Of(IncidentDeclaration.Services(state.Get<PageBook>(), state.Get<AlertBook>(), asked), detected, now);
        var decided = await house.DecideAsync(actor, deciding =>
        {
            var context = ContextOf(deciding);
            var who = ActingPerson.Of(actor, by, context.Catalog);
            if (!who.Ok) return who;
            var declared = IncidentDeclaration.Decide(context, asked, measured, who.Value);
            if (!declared.Ok) return Outcome<string>.Failed(declared.Problems);
            deciding.Write(StreamOf(declared.Value.Id), declared.Value);
            return declared.Value.Id;
        }, stop: stop);
        return decided.Outcome;
    }

    /// <summary>Says that it is worse, or less bad.</summary>
    public Task<Outcome<string>> SeverityAsync(Actor actor, string incident, string severity, string reason, string by, CancellationToken stop) =>
        DoAsync(actor, incident, by, (context, who) => IncidentRules.Severity(context, incident, severity, reason, who), stop);

    /// <summary>Gives somebody a role; an empty name for whoever asks.</summary>
    public Task<Outcome<string>> TakeAsync(Actor actor, string incident, IncidentRole role, string person, string by, CancellationToken stop) =>
        DoAsync(actor, incident, by, (context, who) => IncidentRules.Take(context, incident, role, person.Length > 0 ? person : who, who), stop);

    /// <summary>Takes a role back; an empty name for whoever asks.</summary>
    public Task<Outcome<string>> LeaveAsync(Actor actor, string incident, IncidentRole role, string person, string by, CancellationToken stop) =>
        DoAsync(actor, incident, by, (context, who) => IncidentRules.Leave(context, incident, role, person.Length > 0 ? person : who, who), stop);

    /// <summary>Writes into the timeline.</summary>
    public Task<Outcome<string>> NoteAsync(Actor actor, string incident, IncidentNote note, string by, CancellationToken stop) =>
        DoAsync(actor, incident, by, (context, who) => IncidentRules.Note(context, incident, note, who), stop);

    /// <summary>Ticks something of the checklist off, or on again.</summary>
    public Task<Outcome<string>> CheckAsync(Actor actor, string incident, string item, bool done, string by, CancellationToken stop) =>
        DoAsync(actor, incident, by, (context, who) => IncidentRules.Check(context, incident, item, done, who), stop);

    /// <summary>Sets the whole checklist: what is named is done, the rest is not.</summary>
    public Task<Outcome<string>> CheckAllAsync(Actor actor, string incident, IReadOnlyCollection<string> done, CancellationToken stop) =>
        DoAsync(actor, incident, "", (context, who) => IncidentRules.CheckAll(context, incident, done, who), stop);

    /// <summary>Says how it stands.</summary>
    public Task<Outcome<string>> CheckInAsync(Actor actor, string incident, string text, string by, CancellationToken stop) =>
        DoAsync(actor, incident, by, (context, who) => IncidentRules.CheckIn(context, incident, text, who), stop);

    /// <summary>Says what is done against it.</summary>
    public Task<Outcome<string>> MitigateAsync(Actor actor, string incident, string what, string by, CancellationToken stop) =>
        DoAsync(actor, incident, by, (context, who) => IncidentRules.Begin(context, incident, what, who), stop);

    /// <summary>Says that users feel it no more.</summary>
    public Task<Outcome<string>> MitigatedAsync(Actor actor, string incident, string how, string by, CancellationToken stop) =>
        DoAsync(actor, incident, by, (context, who) => IncidentRules.Mitigated(context, incident, how, who), stop);

    /// <summary>Says that it is over.</summary>
    public async Task<Outcome<string>> ResolveAsync(Actor actor, string incident, ResolveRequest asked, string by, CancellationToken stop)
    {
        while (true)
        {
            var known = house.State.Get<IncidentBook>().Find(incident);
            var measured = known is null ? [] : indicators.Of(known.Services, known.DetectedAt, clock.Now());
            var changed = false;
            var done = await DoAsync(actor, incident, by, (context, who) =>
            {
                // Another one became part of it meanwhile: of its services nobody has asked the indicators yet.
                changed = known is not null && context.Incidents.Find(incident) is { } now && (now.DetectedAt != known.DetectedAt || !now.Services.SequenceEqual(known.Services, StringComparer.Ordinal));
                return changed ? Problem.Conflict($"{known!.Name} has changed.") : IncidentRules.Resolve(context, incident, asked, measured, who);
            }, stop);
            if (!changed) return done;
        }
    }

    /// <summary>Says that it is not over after all.</summary>
    public Task<Outcome<string>> ReopenAsync(Actor actor, string incident, string reason, string by, CancellationToken stop) =>
        DoAsync(actor, incident, by, (context, who) => IncidentRules.Reopen(context, incident, reason, who), stop);

    /// <summary>Makes it part of another one.</summary>
    public Task<Outcome<string>> MergeAsync(Actor actor, string incident, string into, string by, CancellationToken stop) =>
        DoAsync(actor, incident, by, (context, who) => IncidentRules.Merge(context, incident, into, who), stop);

    /// <summary>Makes a part of it an incident of its own; answers the id of the one that it was a part of.</summary>
    public Task<Outcome<string>> SplitAsync(Actor actor, string incident, SplitRequest asked, string by, CancellationToken stop) =>
        DoAsync(actor, incident, by, (context, who) => IncidentLinks.Split(context, incident, asked, who), stop);

    /// <summary>Says that two have to do with each other.</summary>
    public Task<Outcome<string>> RelateAsync(Actor actor, string incident, string other, string why, string by, CancellationToken stop) =>
        DoAsync(actor, incident, by, (context, who) => IncidentLinks.Relate(context, incident, other, why, who), stop);

    /// <summary>Says that something is known which raises it by itself.</summary>
    public Task<Outcome<string>> TriggerAsync(Actor actor, string incident, string trigger, string why, string by, CancellationToken stop) =>
        DoAsync(actor, incident, by, (context, who) => IncidentLinks.Trigger(context, incident, trigger, why, who), stop);

    private async Task<Outcome<string>> DoAsync(Actor actor, string incident, string by, Func<IncidentContext, string, Outcome<IReadOnlyList<object>>> rule, CancellationToken stop)
    {
        var decided = await house.DecideAsync(actor, deciding =>
        {
            var context = ContextOf(deciding);
            var who = ActingPerson.Of(actor, by, context.Catalog);
            if (!who.Ok) return who;
            var events = rule(context, who.Value);
            if (!events.Ok) return Outcome<string>.Failed(events.Problems);
            var id = context.Incidents.Find(incident)!.Id;
            // A part that is split off has a stream of its own.
            foreach (var happened in events.Value) deciding.Write(StreamOf(happened is IncidentDeclared declared ? declared.Id : id), happened);
            return id;
        }, stop: stop);
        return decided.Outcome;
    }

    private IncidentContext ContextOf(Deciding deciding) => new()
    {
        Incidents = deciding.State.Get<IncidentBook>(),
        Alerts = deciding.State.Get<AlertBook>(),
        Pages = deciding.State.Get<PageBook>(),
        Changes = deciding.State.Get<ChangeBook>(),
        Catalog = manifests.For(deciding.State),
        Policy = IncidentPolicies.Of(manifests.For(deciding.State)),
        Now = deciding.Now,
        NewId = deciding.NewId,
    };
}
