using System.Collections.Immutable;
using System.Globalization;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>
/// Every alert that fires, the last that ended, and their groups. One immutable snapshot; it changes only by the
/// room's events.
/// </summary>
/// <param name="All">By id: all that fire, and the last <see cref="EndedKept"/> that ended.</param>
/// <param name="ByFingerprint">Fingerprint to the id of its newest alert.</param>
/// <param name="Groups">By key.</param>
/// <param name="Ended">Ids of ended alerts, the oldest first.</param>
/// <param name="EndedCount">Length of <paramref name="Ended"/>.</param>
/// <param name="Pages">When threads of severity page began, the newest last, of the last eight days: for the rule about fatigue.</param>
public sealed record AlertBook(
    LargeDictionary<string, Alert> All,
    LargeDictionary<ulong, string> ByFingerprint,
    LargeDictionary<string, AlertGroup> Groups,
    ImmutableQueue<string> Ended,
    int EndedCount,
    ImmutableList<PageBegan> Pages)
{
    /// <summary>So many ended alerts stay in memory; older ones are read from the journal.</summary>
    public const int EndedKept = 1000;

    // A storm of pages need not be counted to its last: the rule about fatigue speaks long before.
    private const int PagesMost = 10_000;

    private static readonly Duration PagesKept = Duration.FromDays(8);

    /// <summary>No alert yet.</summary>
    public static AlertBook None { get; } = new(
        LargeDictionary<string, Alert>.Empty, LargeDictionary<ulong, string>.Empty,
        LargeDictionary<string, AlertGroup>.Empty, [], 0, []);

    /// <summary>When which group is to be judged, the first first: what would otherwise be a look at every group after every commit.</summary>
    public ImmutableSortedSet<GroupDue> Due { get; init; } = Waiting(Groups.Values);

    /// <summary>The newest alert with a fingerprint, or null.</summary>
    public Alert? Find(string fingerprint) =>
        fingerprint.Length == 16 && ulong.TryParse(fingerprint, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number) ? Find(number) : null;

    /// <summary>The newest alert with a fingerprint, as a number, or null.</summary>
    public Alert? Find(ulong fingerprint) => ByFingerprint.TryGetValue(fingerprint, out var id) ? All.GetValueOrDefault(id) : null;

    /// <summary>When the next group is to be judged; null while none waits.</summary>
    public Instant? NextFlush => Due.IsEmpty ? null : Due.Min.At;

    /// <summary>How many pages a service had since an instant.</summary>
    public int PagesSince(string service, Instant since) => Pages.Count(p => p.Service == service && p.At >= since);

    internal AlertBook Take(in Recorded happened) => Take(new ReadOnlySpan<Recorded>(in happened));

    internal AlertBook Take(ReadOnlySpan<Recorded> calls)
    {
        var all = All.ToBuilder();
        var byFingerprint = ByFingerprint.ToBuilder();
        var joins = new JoinedGroups(Groups);
        foreach (ref readonly var call in calls)
        {
            var e = (AlertsTaken)call.Event!;
            foreach (var taken in e.Alerts)
            {
                var known = taken.Again ? all.GetValueOrDefault(taken.Id) : null;
                var group = joins.Join(taken.Group, taken.Route, taken.Id, taken.FlushAt);
                all[taken.Id] = Taken(known, taken, group, e.Trails[taken.Trail], call.Entry.At);
                byFingerprint[taken.Labels.Number] = taken.Id;
                foreach (var also in taken.Also ?? []) joins.Join(also.Group, also.Route, taken.Id, also.FlushAt);
            }
        }

        var (groups, due) = joins.Joined(Due);
        return this with { All = all.ToImmutable(), ByFingerprint = byFingerprint.ToImmutable(), Groups = groups, Due = due };
    }

    internal AlertBook Acknowledge(AlertAcknowledged e, Instant at) =>
        Change(e.Id, a => a.Firing ? a with { AcknowledgedBy = e.By, AcknowledgedAt = at } : a);

    internal AlertBook Unacknowledge(AlertUnacknowledged e) => Change(e.Id, a => a with { AcknowledgedBy = "", AcknowledgedAt = null });

    private static Alert Taken(Alert? known, AlertTaken e, string group, IReadOnlyList<Verdict> trail, Instant at)
    {
        var taken = New(e, group, trail, at);
        if (known is null) return taken;
        // What fires again keeps its thread and its trail; whoever was at it has to be asked anew.
        return taken with
        {
            Thread = known.Thread,
            Reopened = known.Reopened + 1,
            SilencedBy = known.SilencedBy,
            InhibitedBy = known.InhibitedBy,
            MutedBy = known.MutedBy,
            Openings = known.Reopen("", at).Openings,
            Said = (known.Group == e.Group ? known : known.LeavingItsGroup()).Judged(trail).Said,
        };
    }

    private static Alert New(AlertTaken e, string group, IReadOnlyList<Verdict> trail, Instant at) => new()
    {
        Id = e.Id,
        Labels = e.Labels,
        Severity = e.Severity,
        Source = e.Source,
        Service = e.Service,
        Title = e.Title,
        Reason = e.Reason,
        StartedAt = e.StartedAt,
        Annotations = e.Annotations,
        GeneratorUrl = e.GeneratorUrl,
        EndsAt = e.EndsAt,
        TimesOut = e.TimesOut,
        HeardAt = at,
        Route = e.Route,
        Group = group,
        AlsoIn = e.Also is null ? [] : [.. e.Also.Select(a => a.Group)],
        Said = trail,
    };

    internal AlertBook Raise(AlertRaised e)
    {
        var alert = new Alert
        {
            Id = e.Id,
            Labels = e.Labels,
            Severity = e.Severity,
            Source = e.Source,
            Service = e.Service,
            Title = e.Title,
            Reason = e.Reason,
            StartedAt = e.StartedAt,
            Annotations = e.Annotations,
            HeardAt = e.StartedAt,
        };
        return this with { All = All.SetItem(e.Id, alert), ByFingerprint = ByFingerprint.SetItem(e.Labels.Number, e.Id) };
    }

    internal AlertBook Reopen(AlertReopened e, Instant at) => Change(e.Id, a => a.Reopen(e.Reason, at));

    internal AlertBook Route(AlertRouted e, Instant at)
    {
        var before = All.GetValueOrDefault(e.Id);
        var moves = !e.Also && before is { Group.Length: > 0 } && before.Group != e.Group;
        var next = Change(e.Id, a => (e.Also
            ? a with { AlsoIn = a.AlsoIn.Remove(e.Group).Add(e.Group) }
            // What leaves its group without its thread is told anew elsewhere.
            : (moves ? a.LeavingItsGroup() : a) with { Route = e.Route, Group = e.Group, AlsoIn = [], Thread = moves ? e.Thread : a.Thread }).Judged(e.Verdicts));
        if (moves) next = next.Leave(e.Id, before!.Group, carried: e.Thread.Length > 0);
        var group = (next.Groups.GetValueOrDefault(e.Group) ?? new(e.Group, e.Route, "", GroupMembers.None, null, null, null)).With(e.Id, e.FlushAt);
        if (e.Thread.Length > 0) group = group with { Members = group.Members.SetItem(e.Id, true), Thread = e.Thread, ToldAt = group.ToldAt ?? at };
        return next.With(group);
    }

    internal AlertBook Judge(AlertJudged e) =>
        Change(e.Id, a => (a with { SilencedBy = e.SilencedBy, InhibitedBy = e.InhibitedBy, MutedBy = e.MutedBy }).Judged(e.Verdicts));

    internal AlertBook Judge(GroupJudged e)
    {
        var all = All.ToBuilder();
        foreach (var judged in e.Alerts)
            if (all.TryGetValue(judged.Id, out var alert))
                all[judged.Id] = (alert with { SilencedBy = judged.SilencedBy, InhibitedBy = judged.InhibitedBy, MutedBy = judged.MutedBy }).Judged(e.Trails[judged.Trail]);
        return this with { All = all.ToImmutable() };
    }

    internal AlertBook Wake(GroupsWoken e) => e.Groups.Aggregate(this, (book, key) => book.Wake(key, e.FlushAt));

    internal AlertBook Resolve(AlertResolved e)
    {
        if (!All.TryGetValue(e.Id, out var alert) || !alert.Firing) return this;
        var next = Change(e.Id, a => a with { EndedAt = e.EndedAt, Reason = e.Reason });
        if (e.FlushAt is { } at) next = next.Wake(alert.Group, at);
        return next.Forget(e.Id);
    }

    internal AlertBook Wake(string key, Instant at) => Groups.TryGetValue(key, out var group)
        ? With(group with { FlushAt = group.FlushAt is { } planned && planned < at ? planned : at })
        : this;

    internal AlertBook Tell(NotificationDue e, Instant at)
    {
        if (!Groups.TryGetValue(e.Group, out var group)) return this;
        var members = group.Members.ToBuilder();
        var all = All.ToBuilder();
        foreach (var id in e.Firing) members[id] = true;
        foreach (var id in e.Resolved) members[id] = false;
        foreach (var id in e.Firing.Concat(e.Resolved))
            if (all.TryGetValue(id, out var alert) && alert.Group == e.Group) all[id] = alert with { Thread = e.Thread };
        var began = e is { Severity: AlertSeverity.Page, Cause: NotificationCause.First };
        return this with
        {
            All = all.ToImmutable(),
            Groups = Groups.SetItem(e.Group, group with { Thread = e.Thread, Members = members.ToImmutable(), ToldAt = at }),
            Pages = began ? Newest(Pages.Add(new(e.Service, at)), at) : Pages,
        };
    }

    internal AlertBook Flush(GroupFlushed e, Instant at)
    {
        if (!Groups.TryGetValue(e.Group, out var group)) return this;
        var members = group.Members;
        foreach (var id in group.Members.Keys)
            if (!All.TryGetValue(id, out var alert) || !alert.TravelsIn(e.Group) || (!alert.Firing && e.Kept?.Contains(id) != true)) members = members.Remove(id);
        return members.IsEmpty ? Without(group) : With(group with { Members = members, FlushAt = e.NextFlush, FlushedAt = at });
    }

    /// <summary>Takes an alert out of the group that it left, unless somebody there still has to hear that its page ends.</summary>
    private AlertBook Leave(string id, string key, bool carried)
    {
        if (!Groups.TryGetValue(key, out var group) || (!carried && group.Members.GetValueOrDefault(id))) return this;
        var members = group.Members.Remove(id);
        return members.IsEmpty ? Without(group) : With(group with { Members = members });
    }

    /// <summary>Remembers an end, and lets go of the oldest ends beyond the bound that nobody waits for.</summary>
    private AlertBook Forget(string id)
    {
        var next = this with { Ended = Ended.Enqueue(id), EndedCount = EndedCount + 1 };
        while (next.EndedCount > EndedKept)
        {
            var ended = next.Ended.Dequeue(out var oldest);
            next = next with { Ended = ended, EndedCount = next.EndedCount - 1 };
            if (!next.All.TryGetValue(oldest, out var alert) || alert.Firing) continue;
            // It ended again later and stands further back in the queue, or its group still has to tell its end.
            if ((alert.Reopened > 0 && ended.Contains(oldest)) || next.Groups.GetValueOrDefault(alert.Group)?.Members.ContainsKey(oldest) == true) continue;
            next = next with { All = next.All.Remove(oldest) };
            if (next.ByFingerprint.GetValueOrDefault(alert.Labels.Number) == oldest)
                next = next with { ByFingerprint = next.ByFingerprint.Remove(alert.Labels.Number) };
        }

        return next;
    }

    /// <summary>The book with a group as it now is, and with the time at which it is judged.</summary>
    private AlertBook With(AlertGroup group)
    {
        var due = Due;
        var before = Groups.GetValueOrDefault(group.Key)?.FlushAt;
        if (before != group.FlushAt)
        {
            if (before is { } old) due = due.Remove(new(old, group.Key));
            if (group.FlushAt is { } at) due = due.Add(new(at, group.Key));
        }

        return this with { Groups = Groups.SetItem(group.Key, group), Due = due };
    }

    private AlertBook Without(AlertGroup group) =>
        this with { Groups = Groups.Remove(group.Key), Due = group.FlushAt is { } at ? Due.Remove(new(at, group.Key)) : Due };

    private static ImmutableSortedSet<GroupDue> Waiting(IEnumerable<AlertGroup> groups) =>
        ImmutableSortedSet.CreateRange(GroupDue.Order, groups.Where(g => g.FlushAt is not null).Select(g => new GroupDue(g.FlushAt!.Value, g.Key)));

    private static ImmutableList<PageBegan> Newest(ImmutableList<PageBegan> pages, Instant now)
    {
        var old = Math.Max(0, pages.Count - PagesMost);
        while (old < pages.Count && now - pages[old].At > PagesKept) old++;
        return old == 0 ? pages : pages.RemoveRange(0, old);
    }

    private AlertBook Change(string id, Func<Alert, Alert> change) =>
        All.TryGetValue(id, out var alert) ? this with { All = All.SetItem(id, change(alert)) } : this;
}

/// <summary>A page began.</summary>
/// <param name="Service">Whose.</param>
/// <param name="At">When.</param>
public sealed record PageBegan(string Service, Instant At);

/// <summary>When a group is to be judged.</summary>
/// <param name="At">When.</param>
/// <param name="Group">Its key.</param>
public readonly record struct GroupDue(Instant At, string Group)
{
    /// <summary>By time, then by key.</summary>
    internal static IComparer<GroupDue> Order { get; } =
        Comparer<GroupDue>.Create((a, b) => a.At.CompareTo(b.At) is var order and not 0 ? order : string.CompareOrdinal(a.Group, b.Group));
}
