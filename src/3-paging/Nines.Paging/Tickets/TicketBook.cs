using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Tickets;

/// <summary>Every open ticket and the last that were closed.</summary>
/// <param name="All">By id.</param>
/// <param name="Closed">Ids of closed tickets, the oldest first.</param>
/// <param name="ByEffect">Calls under way to their ticket.</param>
/// <param name="Digests">When each team was sent its digest last.</param>
/// <param name="Numbers">The last number given.</param>
public sealed record TicketBook(
    ImmutableDictionary<string, Ticket> All, ImmutableList<string> Closed, ImmutableDictionary<string, string> ByEffect,
    ImmutableSortedDictionary<string, Instant> Digests, int Numbers)
{
    /// <summary>So many closed tickets stay in memory.</summary>
    public const int ClosedKept = 500;

    /// <summary>No ticket yet.</summary>
    public static TicketBook None { get; } = new(
        ImmutableDictionary<string, Ticket>.Empty, [], ImmutableDictionary<string, string>.Empty, ImmutableSortedDictionary.Create<string, Instant>(StringComparer.Ordinal), 0);

    /// <summary>The ticket of that id or number (<c>T-12</c>, <c>12</c>); null for none.</summary>
    public Ticket? Find(string name)
    {
        if (All.TryGetValue(name, out var ticket)) return ticket;
        var digits = name.StartsWith("T-", StringComparison.OrdinalIgnoreCase) ? name[2..] : name;
        return int.TryParse(digits, out var number) ? All.Values.FirstOrDefault(t => t.Number == number) : null;
    }

    internal TicketBook Open(TicketOpened e, Instant at)
    {
        var ticket = new Ticket
        {
            Id = e.Id,
            Number = e.Number,
            Title = e.Title,
            Service = e.Service,
            Priority = e.Priority,
            OpenedAt = at,
            Alerts = [.. e.Alerts],
        };
        return this with { All = All.SetItem(e.Id, ticket.Said(at, e.Reason.Length > 0 ? e.Reason : "It was opened.")), Numbers = Math.Max(Numbers, e.Number) };
    }

    internal TicketBook Close(TicketClosed e, Instant at)
    {
        if (!All.TryGetValue(e.Id, out var ticket) || !ticket.Open) return this;
        var next = this with { All = All.SetItem(e.Id, ticket.Said(at, "Closed: " + e.Reason) with { ClosedAt = at }), Closed = Closed.Add(e.Id) };
        return next.Closed.Count <= ClosedKept ? next : next with { All = next.All.Remove(next.Closed[0]), Closed = next.Closed.RemoveAt(0) };
    }

    internal TicketBook Reopen(TicketReopened e, Instant at) => All.TryGetValue(e.Id, out var ticket)
        ? this with { All = All.SetItem(e.Id, ticket.Said(at, e.Reason) with { ClosedAt = null, QuietAt = null }), Closed = Closed.Remove(e.Id) }
        : this;

    internal TicketBook Call(TrackerCalled e) => Change(e.Id, t => t with { Calls = t.Calls.Add(new(e.Effect, e.Tracker, e.Action, "pending", "")) }) with { ByEffect = ByEffect.SetItem(e.Effect, e.Id) };

    internal TicketBook Settle(OutboxSettled e) => ByEffect.TryGetValue(e.Id, out var id)
        ? Change(id, t => t with { Calls = t.Calls.ConvertAll(c => c.Effect == e.Id ? c with { Outcome = e.End == EffectEnd.Accepted ? "accepted" : "failed", Reason = e.Reason } : c) }) with { ByEffect = ByEffect.Remove(e.Id) }
        : this;

    internal TicketBook Change(string id, Func<Ticket, Ticket> change) => All.TryGetValue(id, out var ticket) ? this with { All = All.SetItem(id, change(ticket)) } : this;
}

/// <summary>Folds tickets, and what the outbox says about calls of trackers.</summary>
public sealed class TicketBookFold : Fold<TicketBook>
{
    /// <inheritdoc />
    public override string Room => "tickets";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override TicketBook Empty => TicketBook.None;

    /// <inheritdoc />
    public override TicketBook Apply(TicketBook state, in Recorded happened)
    {
        var at = happened.Entry.At;
        return happened.Event switch
        {
            TicketOpened e => state.Open(e, at),
            TicketUpdated e => state.Change(e.Id, t => t.Said(at, e.Text) with { Alerts = t.Alerts.AddRange(e.Alerts.Except(t.Alerts, StringComparer.Ordinal)), QuietAt = e.Quiet ? t.QuietAt ?? at : null }),
            TicketClosed e => state.Close(e, at),
            TicketReopened e => state.Reopen(e, at),
            TicketAssigned e => state.Change(e.Id, t => t with { Assignee = e.Person }),
            TrackerCalled e => state.Call(e),
            DigestSent e => state with { Digests = state.Digests.SetItem(e.Team, at) },
            OutboxSettled e => state.Settle(e),
            _ => state,
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(TicketBook state) => JsonSerializer.SerializeToUtf8Bytes(
        new Kept([.. state.All.Values.OrderBy(t => t.Number)], [.. state.Closed], new(state.ByEffect, StringComparer.Ordinal), new(state.Digests, StringComparer.Ordinal), state.Numbers), HouseJson.Options);

    /// <inheritdoc />
    public override TicketBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of tickets is empty.");
        return new(
            kept.All.ToImmutableDictionary(t => t.Id), [.. kept.Closed], kept.ByEffect.ToImmutableDictionary(),
            kept.Digests.ToImmutableSortedDictionary(StringComparer.Ordinal), kept.Numbers);
    }

    private sealed record Kept(Ticket[] All, string[] Closed, SortedDictionary<string, string> ByEffect, SortedDictionary<string, Instant> Digests, int Numbers);
}
