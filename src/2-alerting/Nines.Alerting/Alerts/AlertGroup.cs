using System.Collections.Immutable;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Alerts that are told together.</summary>
/// <param name="Key">Route and shared labels: <c>page{service="checkout"}</c>.</param>
/// <param name="Route">The route whose times hold.</param>
/// <param name="Thread">The thread of notifications under way; empty before the first.</param>
/// <param name="Members">Alerts in it, by id; true for those that were told as firing.</param>
/// <param name="FlushAt">When it is judged next; null while there is nothing to wait for.</param>
/// <param name="FlushedAt">When it was judged last.</param>
/// <param name="ToldAt">When something was told last.</param>
public sealed record AlertGroup(
    string Key, string Route, string Thread, ImmutableSortedDictionary<string, bool> Members, Instant? FlushAt, Instant? FlushedAt, Instant? ToldAt)
{
    private GroupMembers _members = new(Members);

    /// <summary>Alerts in it, by id; true for those that were told as firing.</summary>
    public ImmutableSortedDictionary<string, bool> Members
    {
        get => _members.All;
        init => _members = new(value);
    }

    /// <summary>The group with an alert that joins it, or is in it already, and with the time at which it is judged.</summary>
    internal AlertGroup With(string alert, Instant flushAt) => this with { FlushAt = flushAt, _members = _members.With(alert) };
}
