using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Escalations;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>
/// A twin of escalations that counts on its fingers: who a step must call, whose turn it is, how long they have, and that
/// whoever is named is really called. What it believes is the catalog and the journal, nothing that a fold keeps.
/// </summary>
internal sealed class SimSteps(SimWorld world, SimRota rota)
{
    private readonly Dictionary<(string Policy, int Step), int> _turns = [];
    private readonly Dictionary<string, (string Policy, int Round, int Step)> _stands = new(StringComparer.Ordinal);
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    /// <summary>One durable event, with the newest state that is published.</summary>
    public void Hear(Recorded one, HouseState state)
    {
        switch (one.Event)
        {
            case PageAcknowledged e:
                Acknowledged(e, one.Entry.At, state);
                break;
            case PageReassigned e:
                _given.Add(e.Page);
                break;
            case PageStepTaken e:
                var given = _given.Remove(e.Page);
                // A state that is behind or beyond tells nothing.
                if (state.Get<PageBook>().All.GetValueOrDefault(e.Page) is { Run: { } run } page && run.StepAt == one.Entry.At) Check(e, page, one.Entry.At, state, given);
                if (e is { Round: 1, Step: > 0 }) _turns[(e.Policy, e.Step)] = _turns.GetValueOrDefault((e.Policy, e.Step)) + 1;
                _stands[e.Page] = (e.Policy, e.Round, e.Step == 0 ? PageRun.BeyondSteps : e.Step);
                break;
            case PageIntended { Cause: PageCause.First or PageCause.Reopened or PageCause.Repeat or PageCause.Unacknowledged } e:
                _stands.Remove(e.Page);
                break;
        }
    }

    private void Check(PageStepTaken e, Page page, Instant at, HouseState state, bool given)
    {
        var all = world.Process.Get<CompiledManifests>().For(state);
        foreach (var person in page.Rings ? e.People : [])
            // One that was still being tried may have come to its end in the same commit, behind the step.
            if (!page.Messages.Any(m => m.Person == person && (m.State == MessageState.Pending || m.IntendedAt == at || m.At == at)))
                world.Ledger.Break(Broken.Lost, $"Step {e.Step} of the page {e.Page} names {person}, and nothing is sent to them now.");
        if (given || e.Step == 0 || Policy(e.Policy, all) is not { } policy) return;
        if (e.Step > policy.Steps.Count) world.Ledger.Break(Broken.Failed, $"The page {e.Page} takes step {e.Step} of {policy.Steps.Count}.");
        else if (e.NextAt != at + policy.Steps[e.Step - 1].Delay) world.Ledger.Break(Broken.Late, $"Step {e.Step} of the page {e.Page} gives them until {e.NextAt}, and not the {policy.Steps[e.Step - 1].Delay} of its policy.");
        else if (Skips(e, policy) is { } skips) world.Ledger.Break(Broken.Lost, skips);
        else if (Differs(e, page, at, all, policy) is { } differs) world.Ledger.Break(Broken.Lost, differs);
    }

    /// <summary>As many as the policy asks for are enough, and fewer are not.</summary>
    private void Acknowledged(PageAcknowledged e, Instant at, HouseState state)
    {
        if (state.Get<PageBook>().All.GetValueOrDefault(e.Page) is not { EndedAt: null, Run: { } run } page || page.Acknowledgements.LastOrDefault()?.At != at) return;
        var needs = Policy(run.Policy, world.Process.Get<CompiledManifests>().For(state))?.Acknowledgements ?? run.Needs;
        if (page.Acknowledgements.Count >= needs != page.AcknowledgedAt is not null)
            world.Ledger.Break(Broken.RangOn, $"{page.Acknowledgements.Count} of {needs} have the page {e.Page}, and it {(page.AcknowledgedAt is null ? "rings on" : "rests")}.");
    }

    /// <summary>The steps between where it stood and where it is were passed, each with its reason.</summary>
    private string? Skips(PageStepTaken e, EscalationPolicy policy)
    {
        var (followed, round, step) = _stands.GetValueOrDefault(e.Page, (e.Policy, 1, 0));
        if (followed != e.Policy) return null;
        var steps = policy.Steps.Count;
        // The last resort was called, or a policy was made shorter: what follows begins a round.
        if (step > steps) return e.Step - 1 == e.Passed.Count ? null : $"The page {e.Page} begins round {e.Round} at step {e.Step}, with {e.Passed.Count} passed.";
        var way = ((e.Round - round) * steps) + e.Step - step;
        return way >= 1 && way - 1 == e.Passed.Count ? null
            : $"The page {e.Page} goes from step {step} of round {round} to step {e.Step} of round {e.Round}, and {e.Passed.Count} were passed with a reason.";
    }

    private string? Differs(PageStepTaken e, Page page, Instant at, ManifestSet all, EscalationPolicy policy)
    {
        // What became part of it may be about another service, whose people are called when that fires again.
        if (page.Merged || Expected(policy.Steps[e.Step - 1], e.Policy, e.Step, page.Service, at, all) is not { } expected) return null;
        var surplus = e.People.Except(expected, StringComparer.Ordinal).ToArray();
        // Left out is who has it already, and who could not be reached in this round.
        var missing = expected.Except(e.People, StringComparer.Ordinal)
            .Where(p => !page.Acknowledgements.Exists(a => a.Person == p) && !page.Messages.Any(m => m.Person == p && m.Lost)).ToArray();
        return surplus.Length + missing.Length == 0 ? null
            : $"Step {e.Step} of the page {e.Page} by {e.Policy} calls {string.Join(", ", e.People)} at {at}, and must call {string.Join(", ", expected)}.";
    }

    /// <summary>Ids of those whom a step must call; null where the twin does not know.</summary>
    private string[]? Expected(EscalationStep step, string policy, int number, string service, Instant at, ManifestSet all)
    {
        var targets = step.Hours is { } hours && !Within(hours, at) ? step.Otherwise : step.Notify;
        var handles = new List<string>();
        foreach (var target in targets)
        {
            if (Handles(target, service, at, all) is not { } some) return null;
            handles.AddRange(some);
        }

        string[] people = [.. handles.Select(h => all.Find<Person>(h)).OfType<Person>().Where(p => p.Contacts.Count > 0).Select(p => p.Id).Distinct(StringComparer.Ordinal)];
        return step.RoundRobin && people.Length > 1 ? [people[_turns.GetValueOrDefault((policy, number)) % people.Length]] : people;
    }

    private string[]? Handles(EscalationTarget target, string service, Instant at, ManifestSet all)
    {
        var entry = all.Find<Service>(service);
        return (target.Kind, target.Name) switch
        {
            (TargetKind.Schedule, SimRota.Name) => [rota.Expected(at, all)],
            (TargetKind.Person, var name) => [name],
            (TargetKind.Team, var name) => Team(name, all),
            (TargetKind.Lead, var name) => all.Find<Team>(name)?.Lead is { } lead ? [lead] : [],
            (TargetKind.Role, EscalationRole.Primary) => entry?.OncallRotation == SimRota.Name ? [rota.Expected(at, all)] : null,
            (TargetKind.Role, EscalationRole.Lead) => entry?.OwnerTeam is { } team && all.Find<Team>(team)?.Lead is { } lead ? [lead] : [],
            (TargetKind.Role, EscalationRole.Team) => entry?.OwnerTeam is { } team ? Team(team, all) : [],
            _ => null,
        };
    }

    private static string[] Team(string name, ManifestSet all) => all.Find<Team>(name) is { } team ? [.. team.Lead is { } lead ? [lead] : Array.Empty<string>(), .. team.Members] : [];

    private static EscalationPolicy? Policy(string name, ManifestSet all) => name == ShippedPolicy.Name ? ShippedPolicy.Policy : all.Find<EscalationPolicy>(name);

    /// <summary>Within the hours, minute by minute as a clock on the wall shows it; what begins late on a day belongs to that day.</summary>
    private static bool Within(StepHours hours, Instant at)
    {
        var local = at.InZone(hours.Zone).LocalDateTime;
        var minute = (local.Hour * 60) + local.Minute;
        var (from, until) = ((hours.From.Hour * 60) + hours.From.Minute, (hours.Until.Hour * 60) + hours.Until.Minute);
        if (from < until) return hours.Days.Contains(local.DayOfWeek) && minute >= from && minute < until;
        return minute >= from ? hours.Days.Contains(local.DayOfWeek) : minute < until && hours.Days.Contains(local.Date.PlusDays(-1).DayOfWeek);
    }
}
