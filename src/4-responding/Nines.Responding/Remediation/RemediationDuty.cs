using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using Nines.Responding.Runner;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>Looks at the alerts that fire, asks the conditions, and lets the rules propose, act, judge and give up. One node does, under a lease.</summary>
internal sealed class RemediationDuty(IHouse house, CompiledManifests manifests, QueryRun queries, RunnerCalls calls, AlertRoutes routes, IOptions<RemediationOptions> options) : Duty
{
    private static readonly Duration Every = Duration.FromSeconds(15);

    private Instant _looked = Instant.MinValue;

    /// <inheritdoc />
    public override string Name => "remediation.look";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        if (manifests.For(state).Manifests<RemediationRule>().Count == 0 && !state.Get<RemedyBook>().Open.Any()) return null;
        return _looked == Instant.MinValue ? Instant.MinValue : _looked + Every;
    }

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        _looked = now;
        var state = house.State;
        if (state.Get<RemedyBook>().Open.Any(r => EndOf(state, r, now) is not null))
            await house.DecideAsync(Actor.Duty(Name), deciding =>
            {
                foreach (var remedy in deciding.State.Get<RemedyBook>().Open)
                    if (EndOf(deciding.State, remedy, deciding.Now) is { } end) deciding.Write(RemedyBook.StreamOf(remedy.Id), end);
                return Outcome<bool>.Of(true);
            }, stop: stop);
        foreach (var (rule, alert) in Concerned(house.State, now).ToArray()) await LookAsync(rule, alert, stop);
    }

    /// <summary>What waits and is written otherwise by now ends, and is proposed anew.</summary>
    private object? EndOf(HouseState state, Remedy remedy, Instant now) => RemedyEnds.Of(state, remedy, now)
        ?? (manifests.For(state) is var all && all.Find<RemediationRule>(remedy.Rule) is { } rule && RemedyEnds.Rewritten(remedy, rule, all) is { } rewritten ? new RemedyLapsed(remedy.Id, rewritten) : null);

    private IEnumerable<(RemediationRule Rule, Alert Alert)> Concerned(HouseState state, Instant now)
    {
        var (book, rules, silences, incidents) = (state.Get<RemedyBook>(), manifests.For(state).Of<RemediationRule>().ToArray(), state.Get<SilenceBook>(), state.Get<IncidentBook>());
        if (rules.Length == 0 || book.StopOf("") is not null) yield break;
        foreach (var alert in state.Get<AlertBook>().All.Values)
        {
            if (!alert.Firing) continue;
            foreach (var rule in rules)
                if (RemedyRules.Concerns(book, rule, alert, now) && book.StopOf(rule.Name) is null && silences.Holding(alert.Labels, now) is null && !incidents.Open.Any(i => i.Drill && i.Alerts.Contains(alert.Id)))
                    yield return (rule, alert);
        }
    }

    private async Task LookAsync(RemediationRule rule, Alert alert, CancellationToken stop)
    {
        var (holds, words) = await ConditionAsync(rule, alert, stop);
        if (holds == false) return;
        await house.DecideAsync(Actor.Duty(Name), deciding =>
        {
            Decide(deciding, rule, alert.Id, holds, words);
            return Outcome<bool>.Of(true);
        }, stop: stop);
    }

    /// <summary>Whether the condition holds, in words; null where nobody knows.</summary>
    private async Task<(bool? Holds, string Words)> ConditionAsync(RemediationRule rule, Alert alert, CancellationToken stop)
    {
        if (rule.Label is { } label) return label.Judge(alert) is { } judged ? (judged.Holds, judged.Words) : (null, $"The alert has no number in {label.Name}.");
        if (rule.Query is not { } query) return (true, "The alert fires.");
        var filled = RunnerText.Fill(new() { Query = query }, alert.Labels);
        if (!filled.Ok) return (null, filled.Problems[0].What);
        var asked = filled.Value.Query!;
        var answer = await queries.AskAsync(asked, RunnerAction.UsualTimeout, stop);
        return answer.Ok ? (asked.Holds(answer.Value), asked.Says(answer.Value)) : (null, answer.Problems[0].What);
    }

    private void Decide(Deciding deciding, RemediationRule rule, string id, bool? holds, string words)
    {
        var (state, now) = (deciding.State, deciding.Now);
        var book = state.Get<RemedyBook>();
        if (state.Get<AlertBook>().All.GetValueOrDefault(id) is not { } alert || !RemedyRules.Concerns(book, rule, alert, now)) return;
        var target = rule.TargetOf(alert);
        if (RemedyRules.GivesUp(book, rule, alert, now) is { } gaveUp)
        {
            GiveUp(deciding, rule, alert, target, gaveUp);
            return;
        }

        var deed = RuleDeed.Of(rule, manifests.For(state));
        var filled = deed.Then(d => d.Fill(alert.Labels));
        var trust = book.TrustOf(rule.Name, deed.Ok ? deed.Value.Version : "");
        var level = trust.Level(rule.Ceiling);
        var held = !deed.Ok ? string.Join(" ", deed.Problems.Select(p => p.What))
            : holds is null ? $"Nobody knows whether its condition holds: {words}"
            : !filled.Ok ? filled.Problems[0].What
            : filled.Value.Actions.SelectMany(a => calls.Check(state, a)).FirstOrDefault() is { } wrong ? wrong.What
            : RemedyRules.Limit(book, rule, target, options.Value.PerHour, now);
        if (held is not null)
        {
            if (book.Holds.GetValueOrDefault($"{rule.Name}/{alert.Id}")?.Reason != held) deciding.Write(new StreamName("remediation", rule.Name), new RemedyHeldBack(rule.Name, alert.Id, held));
            return;
        }

        var incident = RemedyTimeline.IncidentOf(state, alert);
        var proposed = new RemedyProposed(
            deciding.NewId(), book.Numbers + 1, rule.Name, trust.Version, alert.Id, alert.Reopened, alert.Service, target, filled.Value.Action, level, $"{words} {trust.Words(rule.Ceiling)}", incident, filled.Value.Plan);
        deciding.Write(RemedyBook.StreamOf(proposed.Id), proposed);
        if (level == RemedyLevel.Automatic) _ = RemedyCalls.Begin(deciding, calls, proposed.Id, proposed.Action, proposed.Plan, "");
    }

    private void GiveUp(Deciding deciding, RemediationRule rule, Alert alert, string target, string reason)
    {
        deciding.Write(new StreamName("remediation", rule.Name), new RemedyEscalated(rule.Name, alert.Id, alert.Reopened, alert.Service, target, reason));
        foreach (var (stream, happened) in Intake.Take(deciding.State.Get<AlertBook>(), routes.For(deciding.State), [new(RemedyPage.Alert(rule, alert, target, reason, deciding.Now))], deciding.Now, deciding.NewId).Events) deciding.Write(stream, happened);
    }
}
