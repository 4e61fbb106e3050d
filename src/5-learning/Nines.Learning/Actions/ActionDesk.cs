using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Tickets;
using Nines.Responding.Incidents;

namespace Nines.Learning.Actions;

/// <summary>What people do with actions: the one use case behind the command, HTTP and the page. Each answers the action's id after the commit is durable.</summary>
public sealed class ActionDesk(IHouse house, CompiledManifests manifests, ActionTrackers trackers)
{
    /// <summary>The journal's stream of an action.</summary>
    public static StreamName StreamOf(string id) => new("action", id);

    /// <summary>Writes one down.</summary>
    public async Task<Outcome<string>> AddAsync(Actor actor, ActionRequest asked, string by, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var who = ActingPerson.Of(actor, by, context.Catalog);
        if (!who.Ok) return who;
        var added = ActionRules.Add(context, asked, who.Value);
        if (!added.Ok) return Outcome<string>.Failed(added.Problems);
        deciding.Write(StreamOf(added.Value.Id), added.Value);
        return added.Value.Id;
    }, stop: stop)).Outcome;

    /// <summary>Gives it to somebody; <c>me</c> for whoever asks, an empty name for nobody.</summary>
    public Task<Outcome<string>> TakeAsync(Actor actor, string name, string person, string by, CancellationToken stop) =>
        DoAsync(actor, name, by, (context, who) => ActionRules.Take(context, name, person == "me" ? who : person, who), stop);

    /// <summary>Somebody begins.</summary>
    public Task<Outcome<string>> StartAsync(Actor actor, string name, string by, CancellationToken stop) => DoAsync(actor, name, by, (context, who) => ActionRules.Start(context, name, who), stop);

    /// <summary>It is done.</summary>
    public Task<Outcome<string>> FinishAsync(Actor actor, string name, string evidence, string by, CancellationToken stop) => DoAsync(actor, name, by, (context, who) => ActionRules.Finish(context, name, evidence, who), stop);

    /// <summary>It is not done.</summary>
    public Task<Outcome<string>> DropAsync(Actor actor, string name, string reason, string by, CancellationToken stop) => DoAsync(actor, name, by, (context, who) => ActionRules.Drop(context, name, reason, who), stop);

    /// <summary>It is open again.</summary>
    public Task<Outcome<string>> ReopenAsync(Actor actor, string name, string reason, string by, CancellationToken stop) => DoAsync(actor, name, by, (context, who) => ActionRules.Reopen(context, name, reason, who), stop);

    /// <summary>It gets another deadline.</summary>
    public Task<Outcome<string>> MoveAsync(Actor actor, string name, string day, string reason, string by, CancellationToken stop) => DoAsync(actor, name, by, (context, who) => ActionRules.Move(context, name, day, reason, who), stop);

    /// <summary>Nines looks at something by itself.</summary>
    public Task<Outcome<string>> CheckAsync(Actor actor, string name, string check, string by, CancellationToken stop) => DoAsync(actor, name, by, (context, who) => ActionRules.Check(context, name, check, who), stop);

    /// <summary>Copies it to a tracker.</summary>
    public async Task<Outcome<string>> TrackAsync(Actor actor, string name, string tracker, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var found = context.OpenOne(name);
        if (!found.Ok) return Outcome<string>.Failed(found.Problems);
        if (context.Catalog.Find<TicketTracker>(tracker) is null)
            return Problem.Invalid($"There is no tracker \"{tracker}\".", $"{context.Catalog.DidYouMean<TicketTracker>(tracker)}List them with \"nines get TicketTracker\".", "tracker");
        if (found.Value.Trackers.Exists(t => t.Tracker == tracker)) return Problem.Conflict($"{tracker} knows {found.Value.Name} already.");
        trackers.Tell(deciding, found.Value, tracker, TrackerAction.Open, found.Value.Title);
        return found.Value.Id;
    }, stop: stop)).Outcome;

    private async Task<Outcome<string>> DoAsync(Actor actor, string name, string by, Func<ActionContext, string, Outcome<IReadOnlyList<object>>> rule, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var who = ActingPerson.Of(actor, by, context.Catalog);
        if (!who.Ok) return who;
        var events = rule(context, who.Value);
        if (!events.Ok) return Outcome<string>.Failed(events.Problems);
        var id = context.Actions.Find(name)!.Id;
        foreach (var happened in events.Value) deciding.Write(StreamOf(id), happened);
        return id;
    }, stop: stop)).Outcome;

    private ActionContext ContextOf(Deciding deciding) => new()
    {
        Actions = deciding.State.Get<ActionBook>(),
        Incidents = deciding.State.Get<IncidentBook>(),
        Catalog = manifests.For(deciding.State),
        Policy = ActionPolicies.Of(manifests.For(deciding.State)),
        Now = deciding.Now,
        NewId = deciding.NewId,
    };
}
