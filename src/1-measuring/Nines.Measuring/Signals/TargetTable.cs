using System.Runtime.InteropServices;

namespace Nines.Measuring.Signals;

/// <summary>One thing that is read as a whole: a scrape target, or what shares <c>job</c> and <c>instance</c> where the sender names no target.</summary>
internal struct TargetState
{
    public long LastReadMs;
    public long PreviousReadMs;

    /// <summary>When its process started, 0 while unknown.</summary>
    public long ProcessStartMs;

    /// <summary>The replica that counts, 0 while none was chosen, and when it was last heard.</summary>
    public int Replica;
    public long ReplicaSeenMs;

    public void Read(long unixMs)
    {
        if (unixMs <= LastReadMs) return;
        PreviousReadMs = LastReadMs;
        LastReadMs = unixMs;
    }

    /// <summary>The last read before one at <paramref name="unixMs"/>.</summary>
    public readonly long ReadBefore(long unixMs) => LastReadMs < unixMs ? LastReadMs : PreviousReadMs < unixMs ? PreviousReadMs : 0;
}

/// <summary>The siblings: one family of one target. The group of a family that nobody asks for has no target.</summary>
internal struct GroupState
{
    public int Target;
    public int Family;

    /// <summary>The first read since the family's selectors are what they are; <see cref="long.MaxValue"/> before it.</summary>
    public long WatchedSinceMs;

    /// <summary>The newest time at which a sibling that was known before was read.</summary>
    public long ContinuedAtMs;

    /// <summary>The two newest times at which a sibling ended.</summary>
    public long VanishedAtMs;
    public long VanishedBeforeMs;

    public void Vanish(long unixMs)
    {
        if (unixMs <= VanishedAtMs) return;
        VanishedBeforeMs = VanishedAtMs;
        VanishedAtMs = unixMs;
    }

    public readonly bool VanishedWithin(long afterMs, long untilMs)
        => (VanishedAtMs > afterMs && VanishedAtMs <= untilMs) || (VanishedBeforeMs > afterMs && VanishedBeforeMs <= untilMs);
}

/// <summary>Targets and groups, by dense index.</summary>
internal sealed class TargetTable
{
    private readonly Dictionary<(string Source, string Job, string Instance), int> _targetIds = [];
    private readonly Dictionary<(int Target, int Family), int> _groupIds = [];
    private readonly List<(string Source, string Job, string Instance)> _names = [];
    private readonly List<TargetState> _targets = [];
    private readonly List<GroupState> _groups = [];

    private (string Source, string Job, string Instance)? _last;
    private int _lastId;

    /// <summary>The target of groups that need none.</summary>
    public const int None = -1;

    public int TargetCount => _targets.Count;

    public int GroupCount => _groups.Count;

    public ref TargetState Target(int id) => ref CollectionsMarshal.AsSpan(_targets)[id];

    public ref GroupState Group(int id) => ref CollectionsMarshal.AsSpan(_groups)[id];

    public (string Source, string Job, string Instance) NameOf(int target) => _names[target];

    public int TargetOf(string source, string job, string instance)
    {
        // Series of one target come in a row.
        if (_last is { } last && ReferenceEquals(last.Source, source) && ReferenceEquals(last.Job, job) && ReferenceEquals(last.Instance, instance)) return _lastId;
        _last = (source, job, instance);
        return _lastId = IdOf(source, job, instance);
    }

    private int IdOf(string source, string job, string instance)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_targetIds, (source, job, instance), out var known);
        if (known) return id;
        id = _targets.Count;
        _targets.Add(default);
        _names.Add((source, job, instance));
        return id;
    }

    public int GroupOf(int target, int family)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_groupIds, (target, family), out var known);
        if (known) return id;
        id = _groups.Count;
        _groups.Add(new GroupState { Target = target, Family = family, WatchedSinceMs = long.MaxValue });
        return id;
    }
}
