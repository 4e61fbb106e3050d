using NodaTime;
using NodaTime.Text;

namespace Nines.Paging.Schedules;

/// <summary>
/// Keeps who is on call now through an edit of a rotation. Counted from the start alone, a member who joins or leaves
/// would move everybody (PagerDuty's reshuffle); so the count is moved instead, until the start itself is written anew.
/// </summary>
public static class RotationKeeping
{
    /// <summary>How a rotation goes on, given how it went until now.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="layer">The layer, as its manifest now says.</param>
    /// <param name="zone">Its zone.</param>
    /// <param name="idOf">The opaque id of a handle; the handle where it is nobody's.</param>
    /// <param name="before">How it went; null where it is new.</param>
    /// <param name="now">When the manifest changed.</param>
    public static RotationKept Keep(string schedule, ScheduleLayer layer, DateTimeZone zone, Func<string, string> idOf, RotationKept? before, Instant now)
    {
        var rotation = layer.Rotation!;
        IReadOnlyList<string>[] slots = [.. rotation.Slots.Select(s => (IReadOnlyList<string>)[.. s.Select(idOf)])];
        var kept = new RotationKept(schedule, layer.Name, rotation.Unit, rotation.Length, Text(rotation.Start), slots, 0);
        // Whoever writes another start begins anew.
        if (before is null || before.Start != kept.Start || before.Slots.Count == 0) return kept;
        // Somebody may have come into the catalog after the rotation that names them.
        before = before with { Slots = [.. before.Slots.Select(s => (IReadOnlyList<string>)[.. s.Select(idOf)])] };
        if (before.Unit == kept.Unit && before.Length == kept.Length && SameSlots(before.Slots, slots)) return kept with { Shift = before.Shift };
        var old = new Rotation(before.Unit, before.Length, rotation.Start, before.Slots, before.Shift);
        var turn = old.TurnAt(zone, now);
        if (turn < 0) return kept;
        var wanted = SlotFor(before.Slots, old.SlotOf(turn), slots);
        if (wanted < 0) return kept;
        var counted = rotation with { Slots = slots, Shift = 0 };
        var plain = counted.SlotOf(counted.TurnAt(zone, now));
        return kept with { Shift = (wanted - plain + slots.Length) % slots.Length };
    }

    /// <summary>The rotation of a layer as it goes on.</summary>
    public static ScheduleLayer With(ScheduleLayer layer, RotationKept? kept) =>
        layer.Rotation is { } rotation && kept is not null && kept.Slots.Count == rotation.Slots.Count ? layer with { Rotation = rotation with { Shift = kept.Shift } } : layer;

    /// <summary>True where an edit changed nothing of how it goes on.</summary>
    public static bool Same(RotationKept a, RotationKept b) =>
        a.Unit == b.Unit && a.Length == b.Length && a.Start == b.Start && a.Shift == b.Shift && SameSlots(a.Slots, b.Slots);

    /// <summary>The new place of whoever has the turn; where they left, of the next one who stayed; below zero where all left.</summary>
    private static int SlotFor(IReadOnlyList<IReadOnlyList<string>> before, int at, IReadOnlyList<string>[] after)
    {
        for (var step = 0; step < before.Count; step++)
        {
            var (slot, next) = (before[(at + step) % before.Count], before[(at + step + 1) % before.Count]);
            var found = -1;
            for (var i = 0; i < after.Length; i++)
            {
                if (!Same(after[i], slot)) continue;
                // Somebody with several turns: the one that goes on as before.
                if (Same(after[(i + 1) % after.Length], next)) return i;
                if (found < 0) found = i;
            }

            if (found >= 0) return found;
        }

        return -1;
    }

    private static bool SameSlots(IReadOnlyList<IReadOnlyList<string>> a, IReadOnlyList<IReadOnlyList<string>> b) => a.Count == b.Count && a.Zip(b).All(p => Same(p.First, p.Second));

    private static bool Same(IReadOnlyList<string> a, IReadOnlyList<string> b) => a.SequenceEqual(b, StringComparer.Ordinal);

    private static string Text(LocalDateTime start) => LocalDateTimePattern.GeneralIso.Format(start);
}
