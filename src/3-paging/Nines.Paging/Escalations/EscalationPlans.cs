using Microsoft.Extensions.Options;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Paging.Escalations;

/// <summary>Who would be called about a service, step by step: what doors show, and the levels of <c>nines oncall who</c>.</summary>
internal sealed class EscalationPlans(
    CompiledManifests manifests, IOnCallSchedules schedules, IContactBook contacts, IOptions<EscalationsOptions> escalations, IOptions<NotificationsOptions> notifications) : IServiceLevels
{
    /// <summary>The plan of a service at a time.</summary>
    /// <param name="state">The house.</param>
    /// <param name="service">The service; may be unknown or empty.</param>
    /// <param name="named">A policy that a route names; empty for none.</param>
    /// <param name="at">When.</param>
    public EscalationPlan Plan(HouseState state, string service, string named, Instant at)
    {
        var catalog = manifests.For(state);
        var world = new EscalationWorld(catalog, name => schedules.At(state, name, at), notifications.Value.Owner, escalations.Value.Cto, p => contacts.Reaches(state, p), at);
        var chosen = PolicyChoice.Of(named, service, catalog);
        var turns = state.Get<PageBook>().Turns;
        var begins = Duration.Zero;
        var levels = new List<PlannedStep>();
        for (var i = 0; i < chosen.Policy.Steps.Count; i++)
        {
            var step = chosen.Policy.Steps[i];
            var call = StepTargets.Of(step, chosen, service, turns.GetValueOrDefault($"{chosen.Policy.Name}/{i + 1}"), world);
            levels.Add(new(i + 1, Names(call.People, catalog), begins, step.Delay, call.Reason, call.Shifts));
            // A step that calls nobody is passed at once.
            if (call.People.Count > 0) begins += step.Delay;
        }

        var last = StepTargets.LastResort(service, world);
        return new(service, chosen.Policy.Name, chosen.Reason, chosen.Policy.Rounds, chosen.Policy.Acknowledgements, chosen.Policy.UnacknowledgeAfter, levels, new(Names(last.People, catalog), last.Reason));
    }

    /// <inheritdoc />
    public IReadOnlyList<OnCallLevel>? Of(HouseState state, ServiceView service, Instant at)
    {
        var plan = Plan(state, service.Service.Name, "", at);
        // The numbers are those of the policy. A level of the shipped one that nobody has set up is no news; one that somebody wrote and that calls nobody is.
        return [.. plan.Steps.Where(s => s.People.Count > 0 || s.Shifts.Count > 0 || plan.Policy != ShippedPolicy.Name)
            .Select(s => new OnCallLevel(s.Step, s.People, s.Shifts.Count > 0 ? s.Shifts.Min(x => x.Until) : null, s.Shifts.Count == 1 ? s.Shifts[0].Schedule : null, s.Reason))];
    }

    private static string[] Names(IReadOnlyList<string> people, ManifestSet catalog) => [.. people.Select(id => CatalogView.Of(catalog).PersonById(id)?.Name ?? id)];
}

/// <summary>Who would be called about a service.</summary>
/// <param name="Service">The service.</param>
/// <param name="Policy">The policy that counts.</param>
/// <param name="Reason">Why this one.</param>
/// <param name="Rounds">How often all steps are taken.</param>
/// <param name="Acknowledgements">How many people must acknowledge.</param>
/// <param name="UnacknowledgeAfter">When an acknowledged page rings again; null for never.</param>
/// <param name="Steps">The steps.</param>
/// <param name="LastResort">Who is called in the end.</param>
public sealed record EscalationPlan(
    string Service, string Policy, string Reason, int Rounds, int Acknowledgements, Duration? UnacknowledgeAfter, IReadOnlyList<PlannedStep> Steps, PlannedLast LastResort);

/// <summary>One step of a plan.</summary>
/// <param name="Step">From 1.</param>
/// <param name="People">Handles; none where the step is passed at once.</param>
/// <param name="After">How long after the page begins.</param>
/// <param name="Delay">How long they have.</param>
/// <param name="Reason">Why them, or why nobody.</param>
/// <param name="Shifts">Shifts that it relies on.</param>
public sealed record PlannedStep(int Step, IReadOnlyList<string> People, Duration After, Duration Delay, string Reason, IReadOnlyList<OnCallUntil> Shifts);

/// <summary>The end of a plan.</summary>
/// <param name="People">Handles.</param>
/// <param name="Reason">Why them.</param>
public sealed record PlannedLast(IReadOnlyList<string> People, string Reason);
