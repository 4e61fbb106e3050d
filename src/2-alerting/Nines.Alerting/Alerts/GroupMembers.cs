using System.Collections.Immutable;

namespace Nines.Alerting.Alerts;

/// <summary>
/// The members of a group, sorted when somebody asks for them. A storm joins thousands before anybody does, and to sort
/// once costs a tenth of sorting at every join. To its readers it is a value that never changes.
/// </summary>
internal sealed class GroupMembers
{
    private readonly string _joined = "";
    private ImmutableSortedDictionary<string, bool>? _all;
    private GroupMembers? _before;

    private GroupMembers(GroupMembers before, string joined) => (_before, _joined) = (before, joined);

    /// <summary>Members that are sorted.</summary>
    public GroupMembers(ImmutableSortedDictionary<string, bool> all) => _all = all;

    /// <summary>No member.</summary>
    public static ImmutableSortedDictionary<string, bool> None { get; } = ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal);

    /// <summary>By id; true for those that were told as firing.</summary>
    public ImmutableSortedDictionary<string, bool> All => Volatile.Read(ref _all) ?? Sort();

    /// <summary>With an alert that joins, or is in already.</summary>
    public GroupMembers With(string alert) => new(this, alert);

    /// <summary>Readers may come at one moment, and then do the same work: the answer is there before what it was made from goes.</summary>
    private ImmutableSortedDictionary<string, bool> Sort()
    {
        var joined = new List<string>();
        var at = this;
        ImmutableSortedDictionary<string, bool>? known;
        while ((known = Volatile.Read(ref at._all)) is null && Volatile.Read(ref at._before) is { } before)
        {
            joined.Add(at._joined);
            at = before;
        }

        var all = (known ?? Volatile.Read(ref at._all)!).ToBuilder();
        foreach (var alert in joined) all.TryAdd(alert, false);
        var sorted = all.ToImmutable();
        Volatile.Write(ref _all, sorted);
        Volatile.Write(ref _before, null);
        return sorted;
    }
}
