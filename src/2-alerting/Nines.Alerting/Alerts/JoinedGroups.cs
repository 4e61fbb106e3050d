using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Groups while one call's alerts join them: each is put into the book once, however many join.</summary>
internal sealed class JoinedGroups(LargeDictionary<string, AlertGroup> groups)
{
    private readonly Dictionary<string, AlertGroup> _joined = new(StringComparer.Ordinal);

    /// <summary>Lets an alert join; answers the group's key, the same string for all of its alerts.</summary>
    public string Join(string key, string route, string alert, Instant flushAt)
    {
        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(_joined, key, out var known);
        if (!known) group = groups.TryGetValue(key, out var before) ? before : new(key, route, "", GroupMembers.None, null, null, null);
        group = group!.With(alert, flushAt);
        return group.Key;
    }

    /// <summary>All groups and their times.</summary>
    public (LargeDictionary<string, AlertGroup> Groups, ImmutableSortedSet<GroupDue> Due) Joined(ImmutableSortedSet<GroupDue> due)
    {
        var all = groups.ToBuilder();
        var times = due.ToBuilder();
        foreach (var group in _joined.Values)
        {
            var before = groups.TryGetValue(group.Key, out var known) ? known.FlushAt : null;
            all[group.Key] = group;
            if (before == group.FlushAt) continue;
            if (before is { } at) times.Remove(new(at, group.Key));
            times.Add(new(group.FlushAt!.Value, group.Key));
        }

        return (all.ToImmutable(), times.ToImmutable());
    }
}
