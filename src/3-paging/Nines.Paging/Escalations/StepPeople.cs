using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Paging.Notifications;
using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Paging.Escalations;

/// <summary>What a step's people are found from.</summary>
/// <param name="Catalog">Services, teams, people.</param>
/// <param name="OnCall">Who is on call by a schedule now; null where there is no such schedule.</param>
/// <param name="NinesOwner">Person or team that owns Nines; empty where the settings name none.</param>
/// <param name="Cto">Person or team of the last level; empty for none.</param>
/// <param name="HasContact">True where there is any way to reach a person.</param>
/// <param name="Now">When.</param>
public sealed record EscalationWorld(ManifestSet Catalog, Func<string, Shift?> OnCall, string NinesOwner, string Cto, Func<Person, bool> HasContact, Instant Now)
{
    /// <summary>The id of a person who can be reached; null for anybody else.</summary>
    internal string? Reach(string handle) => WhoIsPaged.Reach(handle, Catalog, HasContact);

    /// <summary>Who learns by a schedule now: they get a copy and are never cover.</summary>
    public Func<string, IReadOnlyList<string>> Learning { get; init; } = _ => [];
}

/// <summary>A shift that a step relied on: when it ends, an open page is handed over.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Until">When somebody else is on call by it.</param>
public sealed record OnCallUntil(string Schedule, Instant Until);

/// <summary>Who a step calls.</summary>
/// <param name="People">Opaque ids; none where it would call nobody.</param>
/// <param name="Reason">Why them, or why nobody, in sentences.</param>
/// <param name="Shifts">Shifts that it relied on.</param>
public sealed record StepPeople(IReadOnlyList<string> People, string Reason, IReadOnlyList<OnCallUntil> Shifts)
{
    /// <summary>Several targets together.</summary>
    public static StepPeople Join(IEnumerable<StepPeople> all)
    {
        var each = all.ToArray();
        return new(
            [.. each.SelectMany(p => p.People).Distinct(StringComparer.Ordinal)], string.Join(' ', each.Select(p => p.Reason).Where(r => r.Length > 0).Distinct(StringComparer.Ordinal)),
            [.. each.SelectMany(p => p.Shifts).Distinct()]);
    }
}

/// <summary>Finds the people of steps and targets: pure.</summary>
public static class StepTargets
{
    /// <summary>The people of one step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="chosen">The policy, with the schedules of its roles.</param>
    /// <param name="service">The page's service.</param>
    /// <param name="turn">Counts up with each page, for steps in turn.</param>
    /// <param name="world">Who is there now.</param>
    public static StepPeople Of(EscalationStep step, ChosenPolicy chosen, string service, int turn, EscalationWorld world)
    {
        var open = step.Hours is not { } hours || hours.Holds(world.Now);
        var targets = open ? step.Notify : step.Otherwise;
        if (targets.Count == 0) return new([], "Outside its hours the step calls nobody.", []);
        var all = StepPeople.Join(targets.Select(t => Of(t, chosen, service, world)));
        if (!step.RoundRobin || all.People.Count < 2) return all;
        var one = all.People[turn % all.People.Count];
        return all with { People = [one], Reason = $"It is {Name(one, world)}'s turn. {all.Reason}" };
    }

    /// <summary>Everybody who is left when nobody answered: the whole team, and whoever owns Nines.</summary>
    public static StepPeople LastResort(string service, EscalationWorld world)
    {
        var owner = WhoIsPaged.LastResort(world.Catalog, world.NinesOwner, world.HasContact);
        var team = Role(EscalationRole.Team, null, service, world);
        return StepPeople.Join([team.People.Count > 0 ? team : team with { Reason = "" }, new(owner.People, owner.Reason, [])]);
    }

    private static StepPeople Of(EscalationTarget target, ChosenPolicy chosen, string service, EscalationWorld world) => target.Kind switch
    {
        TargetKind.Schedule => OnCall(target.Name, world),
        TargetKind.Person => Person(target.Name, $"{target.Name} stands in the policy.", world),
        TargetKind.Team => Team(target.Name, world),
        TargetKind.Lead => Lead(target.Name, world),
        _ => Role(target.Name, chosen, service, world),
    };

    private static StepPeople Role(string role, ChosenPolicy? chosen, string service, EscalationWorld world)
    {
        var entry = service.Length > 0 ? CatalogView.Of(world.Catalog).Service(service)?.Service : null;
        switch (role)
        {
            case EscalationRole.Primary when chosen?.Primary is { } primary:
                return OnCall(primary, world);
            case EscalationRole.Primary:
                var owner = WhoIsPaged.Owner(service, world.Catalog, world.HasContact);
                return new(owner.People, owner.Reason, []);
            case EscalationRole.Secondary:
                return chosen?.Secondary is { } secondary ? OnCall(secondary, world) : Nobody("There is no secondary schedule.");
            case EscalationRole.Lead:
                return entry?.OwnerTeam is { } led ? Lead(led, world) : Nobody("No team owns the service, so nobody leads it.");
            case EscalationRole.Team:
                return entry?.OwnerTeam is { } team ? Team(team, world) : Nobody("No team owns the service.");
            case EscalationRole.Cto:
                return world.Cto.Length == 0 ? Nobody("escalations:cto names nobody.")
                    : world.Catalog.Find<Team>(world.Cto) is not null ? Team(world.Cto, world) : Person(world.Cto, $"{world.Cto} is the last level.", world);
            default:
                var last = WhoIsPaged.LastResort(world.Catalog, world.NinesOwner, world.HasContact);
                return new(last.People, last.Reason, []);
        }
    }

    private static StepPeople OnCall(string schedule, EscalationWorld world)
    {
        if (world.OnCall(schedule) is not { } shift) return Nobody($"There is no schedule {schedule}.");
        OnCallUntil[] until = [new(schedule, shift.Until)];
        if (shift.IsGap) return new([], $"Nobody is on call by {schedule}.", until);
        return StepPeople.Join(shift.People.Select(p => Person(p, $"{p} is on call by {schedule}.", world))) with { Shifts = until };
    }

    private static StepPeople Team(string name, EscalationWorld world)
    {
        if (world.Catalog.Find<Team>(name) is not { } team) return Nobody($"There is no team {name}.");
        IEnumerable<string> handles = (team.Lead is { } lead ? [lead] : Array.Empty<string>()).Concat(team.Members).Distinct(StringComparer.Ordinal);
        string[] people = [.. handles.Select(world.Reach).OfType<string>().Distinct(StringComparer.Ordinal)];
        return people.Length > 0 ? new(people, $"Everybody of {name} is called.", []) : Nobody($"None of {name} has a contact.");
    }

    private static StepPeople Lead(string name, EscalationWorld world) =>
        world.Catalog.Find<Team>(name) is not { } team ? Nobody($"There is no team {name}.")
        : team.Lead is { } lead ? Person(lead, $"{lead} leads {name}.", world) : Nobody($"{name} has no lead.");

    private static StepPeople Person(string name, string why, EscalationWorld world) =>
        world.Reach(name) is { } id ? new([id], why, [])
        : Nobody(world.Catalog.Find<Person>(name) is null ? $"{name} is gone." : $"{name} has no contact.");

    private static StepPeople Nobody(string why) => new([], why, []);

    private static string Name(string id, EscalationWorld world) => CatalogView.Of(world.Catalog).PersonById(id)?.Name ?? id;
}
