using System.Collections.Immutable;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Groups while one call's alerts join them: each is built once, however many join.</summary>
internal sealed class JoinedGroups(ImmutableSortedDictionary<string, AlertGroup> groups)
{
    private readonly Dictionary<string, Building> _building = new(StringComparer.Ordinal);

    /// <summary>Lets an alert join; answers the group's key, the same string for all of its alerts.</summary>
    public string Join(string key, string route, string alert, Instant flushAt)
    {
        if (!_building.TryGetValue(key, out var building))
        {
            var known = groups.GetValueOrDefault(key);
            building = new(known ?? new(key, route, "", NoMembers, null, null, null), known?.FlushAt);
            _building.Add(key, building);
        }

        building.Members[alert] = building.Members.GetValueOrDefault(alert);
        building.FlushAt = flushAt;
        return building.Group.Key;
    }

    /// <summary>All groups and their times.</summary>
    public (ImmutableSortedDictionary<string, AlertGroup> Groups, ImmutableSortedSet<GroupDue> Due) Joined(ImmutableSortedSet<GroupDue> due)
    {
        var all = groups.ToBuilder();
        var times = due.ToBuilder();
        foreach (var (key, building) in _building)
        {
            all[key] = building.Group with { Members = building.Members.ToImmutable(), FlushAt = building.FlushAt };
            if (building.Before == building.FlushAt) continue;
            if (building.Before is { } before) times.Remove(new(before, key));
            times.Add(new(building.FlushAt, building.Group.Key));
        }

        return (all.ToImmutable(), times.ToImmutable());
    }

    private static ImmutableSortedDictionary<string, bool> NoMembers { get; } = ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal);

    private sealed class Building(AlertGroup group, Instant? before)
    {
        public AlertGroup Group { get; } = group;

        public Instant? Before { get; } = before;

        public ImmutableSortedDictionary<string, bool>.Builder Members { get; } = group.Members.ToBuilder();

        public Instant FlushAt { get; set; }
    }
}
