using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents;
using Nines.Responding.Runner;

namespace Nines.Responding.Runbooks;

/// <summary>
/// What people do with runbooks: the one use case behind the command, HTTP and the page. Each answers the run's id after
/// the commit is durable.
/// </summary>
public sealed class RunbookDesk(IHouse house, CompiledManifests manifests, RunnerCalls calls)
{
    /// <summary>Begins a run.</summary>
    public Task<Outcome<string>> StartAsync(Actor actor, RunRequest asked, string by, CancellationToken stop) =>
        DoAsync(actor, by, (context, who) => RunRules.Start(context, asked, who).Map(e => (e.Id, (object)e)), stop);

    /// <summary>Says what came of the current step.</summary>
    public Task<Outcome<string>> RecordAsync(Actor actor, string run, StepRequest asked, string by, CancellationToken stop) =>
        DoAsync(actor, by, (context, who) => RunRules.Record(context, run, asked, who).Map(e => (e.Id, (object)e)), stop);

    /// <summary>Chooses how to stop the bleeding.</summary>
    public Task<Outcome<string>> ChooseAsync(Actor actor, string run, string option, string by, CancellationToken stop) =>
        DoAsync(actor, by, (context, who) => RunRules.Choose(context, run, option, who).Map(e => (e.Id, (object)e)), stop);

    /// <summary>Says whether it helped.</summary>
    public Task<Outcome<string>> FinishAsync(Actor actor, string run, bool? helped, string note, string by, CancellationToken stop) =>
        DoAsync(actor, by, (context, who) => RunRules.Finish(context, run, helped, note, who).Map(e => (e.Id, (object)e)), stop);

    /// <summary>Lets Nines do the current step: the call is durable before anybody tries.</summary>
    public async Task<Outcome<string>> ApproveAsync(Actor actor, string run, string step, string by, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var who = ActingPerson.Of(actor, by, context.Catalog);
        if (!who.Ok) return who;
        var approved = RunRules.Approve(context, run, step);
        if (!approved.Ok) return Outcome<string>.Failed(approved.Problems);
        return StepCalls.Call(deciding, calls, approved.Value.Run, approved.Value.Action, who.Value);
    }, stop: stop)).Outcome;

    /// <summary>Gives a run up; what Nines does for it stops before this is answered.</summary>
    public async Task<Outcome<string>> AbandonAsync(Actor actor, string run, string reason, string by, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var who = ActingPerson.Of(actor, by, context.Catalog);
        if (!who.Ok) return who;
        var abandoned = RunRules.Abandon(context, run, reason, who.Value);
        if (!abandoned.Ok) return Outcome<string>.Failed(abandoned.Problems);
        if (context.Runs.All[abandoned.Value.Id].Call is { Length: > 0 } call) RunnerCalls.CallOff(deciding, call, "The run was given up.");
        deciding.Write(RunbookRuns.StreamOf(abandoned.Value.Id), abandoned.Value);
        return abandoned.Value.Id;
    }, stop: stop)).Outcome;

    /// <summary>Says that a runbook is right; answers its name.</summary>
    public async Task<Outcome<string>> ReviewedAsync(Actor actor, string runbook, string by, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var who = ActingPerson.Of(actor, by, context.Catalog);
        if (!who.Ok) return who;
        if (context.Catalog.Find<Runbook>(runbook) is null) return Problem.NotFound($"There is no runbook \"{runbook}\".", $"{context.Catalog.DidYouMean<Runbook>(runbook)}List them with \"nines runbook list\".");
        deciding.Write(new StreamName("runbook", runbook), new RunbookReviewed(runbook, who.Value));
        return runbook;
    }, stop: stop)).Outcome;

    private async Task<Outcome<string>> DoAsync(Actor actor, string by, Func<RunContext, string, Outcome<(string Id, object Event)>> rule, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var who = ActingPerson.Of(actor, by, context.Catalog);
        if (!who.Ok) return who;
        var happened = rule(context, who.Value);
        if (!happened.Ok) return Outcome<string>.Failed(happened.Problems);
        deciding.Write(RunbookRuns.StreamOf(happened.Value.Id), happened.Value.Event);
        return happened.Value.Id;
    }, stop: stop)).Outcome;

    private RunContext ContextOf(Deciding deciding) => new()
    {
        Runs = deciding.State.Get<RunbookRuns>(),
        Catalog = manifests.For(deciding.State),
        Incidents = deciding.State.Get<IncidentBook>(),
        Alerts = deciding.State.Get<AlertBook>(),
        Pages = deciding.State.Get<PageBook>(),
        NewId = deciding.NewId,
    };
}
