using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Learning.Actions;
using Nines.Responding.Incidents;

namespace Nines.Learning.Drills;

/// <summary>What people do with drills: the one use case behind the command, HTTP and the page. Each answers the run's id after the commit is durable.</summary>
public sealed class DrillDesk(IHouse house, CompiledManifests manifests, DrillCalls calls, ActionDesk actions)
{
    /// <summary>The journal's stream of a run.</summary>
    public static StreamName StreamOf(string id) => new("drill", id);

    /// <summary>Starts a drill. What comes at once is there when it is answered.</summary>
    public async Task<Outcome<string>> StartAsync(Actor actor, string name, StartRequest asked, string by, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var who = ActingPerson.Of(actor, by, context.Catalog);
        if (!who.Ok) return who;
        var started = DrillStart.Decide(context, name, asked, who.Value);
        if (!started.Ok) return Outcome<string>.Failed(started.Problems);
        deciding.Write(StreamOf(started.Value.Id), started.Value);
        var run = new DrillRun { Start = started.Value, StartedAt = deciding.Now };
        foreach (var inject in DrillRules.Due(run, deciding.Now)) calls.Come(deciding, run, inject, "");
        return run.Id;
    }, stop: stop)).Outcome;

    /// <summary>Spins the wheel for somebody; answers the name of the drill.</summary>
    public async Task<Outcome<WheelSpun>> SpinAsync(Actor actor, string person, string by, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var who = ActingPerson.Of(actor, by, context.Catalog);
        if (!who.Ok) return Outcome<WheelSpun>.Failed(who.Problems);
        var spun = DrillRules.Spin(context, person, who.Value);
        if (spun.Ok) deciding.Write(new("wheel", spun.Value.Person), spun.Value);
        return spun;
    }, stop: stop)).Outcome;

    /// <summary>Lets the next thing come now.</summary>
    public async Task<Outcome<string>> NextAsync(Actor actor, string run, string by, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var who = ActingPerson.Of(actor, by, context.Catalog);
        if (!who.Ok) return who;
        var next = DrillRules.Next(context, run, who.Value);
        if (!next.Ok) return Outcome<string>.Failed(next.Problems);
        var found = context.Drills.Find(run)!;
        calls.Come(deciding, found, next.Value, who.Value);
        return found.Id;
    }, stop: stop)).Outcome;

    /// <summary>Whoever leads says something.</summary>
    public Task<Outcome<string>> SayAsync(Actor actor, string run, string text, string by, CancellationToken stop) => DoAsync(actor, run, by, (context, who) => DrillRules.Say(context, run, text, who), stop);

    /// <summary>Somebody takes an injected alert on; an empty key for all that nobody has.</summary>
    public Task<Outcome<string>> AcknowledgeAsync(Actor actor, string run, string inject, string by, CancellationToken stop) =>
        DoAsync(actor, run, by, (context, who) => DrillRules.Acknowledge(context, run, inject, who, "nines"), stop);

    /// <summary>Somebody answers a question; an empty key for the only one.</summary>
    public Task<Outcome<string>> AnswerAsync(Actor actor, string run, string inject, string text, string by, CancellationToken stop) =>
        DoAsync(actor, run, by, (context, who) => DrillRules.Answer(context, run, inject, text, who), stop);

    /// <summary>Ticks things of the checklist off, or on again.</summary>
    public Task<Outcome<string>> CheckAsync(Actor actor, string run, IReadOnlyDictionary<string, bool> items, string by, CancellationToken stop) =>
        DoAsync(actor, run, by, (context, who) => DrillRules.Check(context, run, items, who), stop);

    /// <summary>Ends it with a score; or breaks it off, where a reason is given.</summary>
    public Task<Outcome<string>> EndAsync(Actor actor, string run, string calledOff, string by, CancellationToken stop) =>
        DoAsync(actor, run, by, (context, who) => DrillRules.End(context, run, calledOff, who), stop);

    /// <summary>Writes down what it taught.</summary>
    public Task<Outcome<string>> DebriefAsync(Actor actor, string run, string wentWell, string toLearn, string by, CancellationToken stop) =>
        DoAsync(actor, run, by, (context, who) => DrillRules.Debrief(context, run, wentWell, toLearn, who), stop);

    /// <summary>Writes an action down that follows from it.</summary>
    public async Task<Outcome<string>> ActAsync(Actor actor, string run, ActionRequest asked, string by, CancellationToken stop)
    {
        if (house.State.Get<DrillBook>().Find(run) is not { } known) return Problem.NotFound($"There is no run {run}.", "List them with \"nines drill runs\".");
        var added = await actions.AddAsync(actor, asked with { Service = asked.Service.Length > 0 ? asked.Service : known.Start.Service }, by, stop);
        return added.Ok ? await DoAsync(actor, run, by, (_, _) => Outcome<IReadOnlyList<object>>.Of([new DrillActionAdded(known.Id, added.Value)]), stop) : added;
    }

    private async Task<Outcome<string>> DoAsync(Actor actor, string run, string by, Func<DrillContext, string, Outcome<IReadOnlyList<object>>> rule, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var who = ActingPerson.Of(actor, by, context.Catalog);
        if (!who.Ok) return who;
        var events = rule(context, who.Value);
        if (!events.Ok) return Outcome<string>.Failed(events.Problems);
        var id = context.Drills.Find(run)!.Id;
        Write(deciding, id, events.Value);
        return id;
    }, stop: stop)).Outcome;

    /// <summary>Writes what was decided: calls that leave no more into their own streams.</summary>
    internal static void Write(Deciding deciding, string run, IReadOnlyList<object> events)
    {
        foreach (var happened in events) deciding.Write(happened is OutboxCancelled cancelled ? Outbox.StreamOf(cancelled.Id) : StreamOf(run), happened);
    }

    private DrillContext ContextOf(Deciding deciding) => new()
    {
        Drills = deciding.State.Get<DrillBook>(),
        Incidents = deciding.State.Get<IncidentBook>(),
        Catalog = manifests.For(deciding.State),
        Now = deciding.Now,
        NewId = deciding.NewId,
    };
}
