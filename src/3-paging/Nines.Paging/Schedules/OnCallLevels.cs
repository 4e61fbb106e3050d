using Nines.Catalog;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>One level of those who are called.</summary>
/// <param name="Level">Its number where it was written, from 1; a level that calls nobody is passed at once.</param>
/// <param name="People">Handles; none where nobody is on call.</param>
/// <param name="Until">Until when; null where nothing ends it.</param>
/// <param name="Schedule">The schedule that says so; null where none does.</param>
/// <param name="Reason">Why them.</param>
public sealed record OnCallLevel(int Level, IReadOnlyList<string> People, Instant? Until, string? Schedule, string Reason);

/// <summary>Who is on call at a time.</summary>
/// <param name="Service">The service asked for; null where a schedule was.</param>
/// <param name="Schedule">The schedule asked for; null where a service was.</param>
/// <param name="At">The time.</param>
/// <param name="Levels">Those who are called, first to last.</param>
public sealed record OnCallAnswer(string? Service, string? Schedule, Instant At, IReadOnlyList<OnCallLevel> Levels);

/// <summary>A slot: a room that knows better than schedules alone who is called for a service, level by level (an escalation policy).</summary>
public interface IServiceLevels
{
    /// <summary>The levels of a service; null where this room has nothing to say about it.</summary>
    IReadOnlyList<OnCallLevel>? Of(HouseState state, ServiceView service, Instant at);
}

/// <summary>Levels by schedules and owners: the schedule, then its secondary; without one, whoever owns the service.</summary>
public static class OnCallLevels
{
    /// <summary>The levels of a schedule.</summary>
    public static IReadOnlyList<OnCallLevel> Of(IOnCallSchedules schedules, HouseState state, Schedule schedule, Instant at)
    {
        var levels = new List<OnCallLevel>();
        foreach (var name in schedule.Secondary is { } second ? new[] { schedule.Name, second } : [schedule.Name])
            if (schedules.At(state, name, at) is { } shift) levels.Add(new(levels.Count + 1, shift.People, shift.Until, name, shift.Reason));
        return levels;
    }

    /// <summary>The levels of a service whose rotation is no schedule: its owners.</summary>
    public static IReadOnlyList<OnCallLevel> Of(ServiceView service)
    {
        if (service.Owners.Count == 0) return [];
        var name = service.Service.Name;
        // The lead stands first; the rest of the team follows.
        return service.Service.OwnerTeam is { } team && service.Owners.Count > 1
            ? [new(1, [service.Owners[0].Name], null, null, $"{team} owns {name}."), new(2, [.. service.Owners.Skip(1).Select(p => p.Name)], null, null, $"{team} owns {name}.")]
            : [new(1, [service.Owners[0].Name], null, null, $"{service.Owners[0].Name} {(service.Service.OwnerTeam is { } of ? $"is all of {of}, which owns" : "owns")} {name}.")];
    }
}
