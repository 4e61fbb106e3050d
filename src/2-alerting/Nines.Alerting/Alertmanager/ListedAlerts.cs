using System.Buffers;
using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using NodaTime;

namespace Nines.Alerting.Alertmanager;

/// <summary>An alert that fires, as this API lists it.</summary>
/// <param name="Alert">The alert, in its sender's newest words.</param>
/// <param name="EndsAt">When it ends unless it is sent again.</param>
/// <param name="HeardAt">When it was last heard of.</param>
/// <param name="SilencedBy">Silences that hold it back.</param>
/// <param name="InhibitedBy">Fingerprints of alerts that hold it back.</param>
/// <param name="MutedBy">Intervals and maintenance that hold it back.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct ListedAlert(
    Alert Alert, Instant EndsAt, Instant HeardAt, IReadOnlyList<string> SilencedBy, IReadOnlyList<string> InhibitedBy, IReadOnlyList<string> MutedBy)
{
    /// <summary>Its fingerprint as a number, the order of the list.</summary>
    public ulong Number => Alert.Labels.Number;

    /// <summary>True where anything holds it back.</summary>
    public bool IsHeld => SilencedBy.Count + InhibitedBy.Count + MutedBy.Count > 0;
}

/// <summary>Finds what a reader asks for among all alerts.</summary>
/// <param name="Book">All alerts.</param>
/// <param name="Ends">What the journal knows of their ends.</param>
/// <param name="Leases">What this process knows of them.</param>
/// <param name="Silences">The silences.</param>
/// <param name="Now">When.</param>
public sealed record ListedAlerts(AlertBook Book, AlertEnds Ends, AlertLeases Leases, SilenceBook Silences, Instant Now)
{
    private readonly ImmutableArray<Silence> _holding = [.. Silences.Open.Values.Where(s => s.ActiveAt(Now))];

    /// <summary>Those asked for, by fingerprint. Each is looked at when it is its turn: a list of fifty thousand is never there as a whole.</summary>
    public IEnumerable<ListedAlert> Find(AlertQuery query)
    {
        var most = Book.All.Count;
        var (numbers, alerts) = (ArrayPool<ulong>.Shared.Rent(most), ArrayPool<Alert>.Shared.Rent(most));
        try
        {
            var count = 0;
            foreach (var alert in Book.All.Values)
                if (alert.Firing && (query.Receiver is null || GoesTo(query.Receiver, alert)) && query.Asks(alert.Labels)) (numbers[count], alerts[count++]) = (alert.Labels.Number, alert);
            numbers.AsSpan(0, count).Sort(alerts.AsSpan(0, count));
            for (var i = 0; i < count; i++)
                if (List(alerts[i], query) is { } listed) yield return listed;
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(numbers);
            ArrayPool<Alert>.Shared.Return(alerts, clearArray: true);
        }
    }

    private bool GoesTo(System.Text.RegularExpressions.Regex receiver, Alert alert) =>
        receiver.IsMatch(alert.Route) || alert.AlsoIn.Any(key => Book.Groups.TryGetValue(key, out var group) && receiver.IsMatch(group.Route));

    /// <summary>One alert; null where its end has come or its state is not asked for.</summary>
    public ListedAlert? List(Alert alert, AlertQuery query)
    {
        var (said, end, heard) = Leases.Newest(alert, Ends);
        if (end <= Now) return null;
        List<string>? silenced = null;
        foreach (var silence in _holding)
            if (silence.Matches(alert.Labels)) (silenced ??= []).Add(SilenceUuid.Of(silence.Id));
        IReadOnlyList<string> inhibited = alert.InhibitedBy.Length > 0 && Book.All.GetValueOrDefault(alert.InhibitedBy) is { Firing: true } by ? [by.Labels.Fingerprint] : [];
        IReadOnlyList<string> muted = alert.MutedBy.Length > 0 ? [alert.MutedBy] : [];
        if (!query.Silenced && silenced is not null) return null;
        if (!query.Inhibited && inhibited.Count > 0) return null;
        if (!query.Active && silenced is null && inhibited.Count == 0) return null;
        // One that has no end of its own is said to hold as long as one that is sent again now would.
        var until = end is { } at && at < Instant.MaxValue ? at : Now + Leases.Timeout;
        return new(said, until, heard, silenced ?? (IReadOnlyList<string>)[], inhibited, muted);
    }
}
