using System.Collections.Immutable;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>Whether a message may go to its contact now.</summary>
/// <param name="Go">True where it goes.</param>
/// <param name="Covers">Deliveries whose news it carries along.</param>
/// <param name="Take">The place to be written first; null where it has one already.</param>
/// <param name="Instead">Where it does not go: what its try comes to.</param>
public sealed record SlotVerdict(bool Go, IReadOnlyList<string> Covers, SlotTaken? Take, SendOutcome? Instead);

/// <summary>
/// Gives messages their places under a contact's limits. A place is written before the message leaves, so that no two
/// tries, and no two nodes, take the same one. Pure.
/// </summary>
public static class SendSlots
{
    // A bundle of more than this is told as a number.
    private const int MostCovered = 50;

    private static readonly Duration Glance = Duration.FromSeconds(5);

    /// <summary>Decides for one message.</summary>
    /// <param name="book">What left before.</param>
    /// <param name="outbox">What waits.</param>
    /// <param name="effect">The message.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="contact">Its contact.</param>
    /// <param name="alone">True where it carries nothing along: a code.</param>
    /// <param name="now">The time.</param>
    public static SlotVerdict Decide(ChannelBook book, Outbox outbox, string effect, string kind, string contact, bool alone, Instant now)
    {
        var limits = SendLimits.Of(kind);
        if (limits.Count == 0) return new(true, [], null, null);
        var slots = book.Slots.GetValueOrDefault(contact) ?? [];
        // A try that failed keeps its place: nobody's phone rang.
        if (slots.FindLast(s => s.Effect == effect) is { } own) return new(true, [.. own.Covers.Where(outbox.Pending.ContainsKey)], null, null);
        if (slots.FindLast(s => s.Covers.Contains(effect)) is { } leader)
        {
            if (leader.Accepted) return new(false, [], null, new(SendVerdict.Accepted, $"It went along with {leader.Effect}: too many in a short time."));
            if (outbox.Pending.ContainsKey(leader.Effect)) return new(false, [], null, new(SendVerdict.Retry, $"It goes along with {leader.Effect}: too many in a short time.", Glance));
        }

        var next = SendLimits.Next(limits, [.. slots.Select(s => s.At)], now);
        if (next > now) return new(false, [], null, new(SendVerdict.Retry, $"Held back: this contact had {Figures(limits, slots, now)}.", next - now));
        var covers = alone ? [] : Covered(outbox, slots, effect, kind, contact);
        return new(true, covers, new(contact, effect, covers), null);
    }

    private static string[] Covered(Outbox outbox, ImmutableList<SendSlot> slots, string effect, string kind, string contact) =>
    [
        .. outbox.Pending.Values
            .Where(e => e.Target == contact && e.Kind == kind && e.Id != effect && e.After is null && e.About.StartsWith(ChannelBook.PagePrefix, StringComparison.Ordinal)
                && !slots.Any(s => s.Effect == e.Id || (s.Covers.Contains(e.Id) && outbox.Pending.ContainsKey(s.Effect))))
            .OrderByDescending(e => e.IntendedAt).ThenBy(e => e.Id, StringComparer.Ordinal).Take(MostCovered).Select(e => e.Id),
    ];

    private static string Figures(IReadOnlyList<SendLimit> limits, ImmutableList<SendSlot> slots, Instant now)
    {
        var limit = limits.First(l => slots.Count >= l.Most && slots[^l.Most].At + l.Within > now);
        return $"{limit.Most} in the last {FieldDuration.Format(limit.Within)}";
    }
}
