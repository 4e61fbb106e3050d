using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Runner;

namespace Nines.Responding.Remediation;

/// <summary>
/// What people do with remediation: the one use case behind the command, HTTP and the page. Each answers after the commit is durable.
/// </summary>
public sealed class RemediationDesk(IHouse house, CompiledManifests manifests, RunnerCalls calls, IOptions<RemediationOptions> options)
{
    private const int LongestReason = 1_000;

    /// <summary>Lets Nines do a remedy; its id.</summary>
    public async Task<Outcome<string>> ApproveAsync(Actor actor, string name, string by, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var (remedy, who) = Proposed(deciding, actor, name, by);
        if (!remedy.Ok) return Outcome<string>.Failed(remedy.Problems);
        var book = deciding.State.Get<RemedyBook>();
        if (manifests.For(deciding.State).Find<RemediationRule>(remedy.Value.Rule) is not { } rule) return Problem.Conflict($"The rule {remedy.Value.Rule} is gone.", "Reject it.");
        if (deciding.State.Get<AlertBook>().All.GetValueOrDefault(remedy.Value.Alert) is not { Firing: true }) return Problem.Conflict("The alert is over.", "There is nothing to do any more.");
        if (RemedyEnds.Rewritten(remedy.Value, rule, manifests.For(deciding.State)) is { } rewritten) return Problem.Conflict(rewritten, "Wait a moment: it is proposed anew, as it is written now.");
        if (RemedyRules.Limit(book, rule, remedy.Value.Target, options.Value.PerHour, deciding.Now) is { } held) return Problem.Conflict(held, "Wait, or change the rule's limits.");
        return RemedyCalls.Begin(deciding, calls, remedy.Value.Id, remedy.Value.Action, remedy.Value.Plan, who);
    }, stop: stop)).Outcome;

    /// <summary>Says no; the rule does not ask again about this opening of the alert.</summary>
    public async Task<Outcome<string>> RejectAsync(Actor actor, string name, string reason, string by, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var (remedy, who) = Proposed(deciding, actor, name, by);
        var wrong = remedy.Problems.Concat(Reason(reason, "It is rejected with a reason.")).ToArray();
        if (wrong.Length > 0) return Outcome<string>.Failed(wrong);
        deciding.Write(RemedyBook.StreamOf(remedy.Value.Id), new RemedyRejected(remedy.Value.Id, reason.Trim(), who));
        return remedy.Value.Id;
    }, stop: stop)).Outcome;

    /// <summary>Stops all of it, or one rule; what is under way ends before this is answered.</summary>
    public async Task<Outcome<string>> StopAsync(Actor actor, string rule, string reason, string by, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var who = ActingPerson.Of(actor, by, manifests.For(deciding.State));
        var wrong = who.Problems.Concat(RuleOf(deciding, rule)).Concat(Reason(reason, "It is stopped with a reason.")).ToArray();
        if (wrong.Length > 0) return Outcome<string>.Failed(wrong);
        var book = deciding.State.Get<RemedyBook>();
        if (book.Stops.TryGetValue(rule, out var known)) return Problem.Conflict($"It is stopped already: {known.Reason}");
        deciding.Write(new StreamName("remediation", rule.Length > 0 ? rule : "all"), new RemediationStopped(rule, reason.Trim(), who.Value));
        foreach (var remedy in book.Open.Where(r => rule.Length == 0 || r.Rule == rule))
            if (remedy.State == RemedyState.Running) RunnerCalls.CallOff(deciding, remedy.Call, $"Remediation was stopped: {reason.Trim()}");
            else if (remedy.State == RemedyState.Proposed) deciding.Write(RemedyBook.StreamOf(remedy.Id), new RemedyLapsed(remedy.Id, $"Remediation was stopped: {reason.Trim()}"));
        return rule;
    }, stop: stop)).Outcome;

    /// <summary>Lets all of it, or one rule, go on.</summary>
    public async Task<Outcome<string>> StartAsync(Actor actor, string rule, string by, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var who = ActingPerson.Of(actor, by, manifests.For(deciding.State));
        if (!who.Ok) return who;
        if (!deciding.State.Get<RemedyBook>().Stops.ContainsKey(rule)) return Problem.Conflict(rule.Length > 0 ? $"The rule {rule} is not stopped." : "Remediation is not stopped.");
        deciding.Write(new StreamName("remediation", rule.Length > 0 ? rule : "all"), new RemediationStarted(rule, who.Value));
        return rule;
    }, stop: stop)).Outcome;

    private (Outcome<Remedy> Remedy, string Who) Proposed(Deciding deciding, Actor actor, string name, string by)
    {
        var who = ActingPerson.Of(actor, by, manifests.For(deciding.State));
        if (!who.Ok) return (Outcome<Remedy>.Failed(who.Problems), "");
        return (deciding.State.Get<RemedyBook>().Find(name) switch
        {
            null => Problem.NotFound($"There is no remedy {name}.", "List them with \"nines remediation log\"."),
            { State: not RemedyState.Proposed } other => Problem.Conflict($"{other.Name} is {other.State.ToString().ToLowerInvariant()} already."),
            var proposed => proposed,
        }, who.Value);
    }

    private IEnumerable<Problem> RuleOf(Deciding deciding, string rule) => rule.Length == 0 || manifests.For(deciding.State).Find<RemediationRule>(rule) is not null
        ? []
        : [Problem.NotFound($"There is no rule \"{rule}\".", $"{manifests.For(deciding.State).DidYouMean<RemediationRule>(rule)}List them with \"nines remediation list\".", "rule")];

    private static IEnumerable<Problem> Reason(string reason, string lacks) => reason.Trim().Length switch
    {
        0 => [Problem.Invalid(lacks, "Say in a few words why.", "reason")],
        > LongestReason => [Problem.Invalid("The reason is too long.", $"Write at most {LongestReason} characters.", "reason")],
        _ => [],
    };
}
