using System.Collections.Immutable;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Learning.Actions;

/// <summary>How long actions may take, and when people are reminded. One a house.</summary>
public sealed record ActionPolicy
{
    /// <summary>Days until the deadline, by priority, where nobody named one.</summary>
    public required ImmutableSortedDictionary<ActionPriority, int> Days { get; init; }

    /// <summary>So long before its deadline the owner is reminded.</summary>
    public required Duration Before { get; init; }

    /// <summary>So often after its deadline.</summary>
    public required Duration Every { get; init; }

    /// <summary>The zone of actions whose owner names none: a deadline is the end of a day there.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>What ships: P0 in 7 days, P1 in 30, P2 in 90; a reminder two days before, and every week after.</summary>
    public static ActionPolicy Shipped { get; } = new()
    {
        Days = ImmutableSortedDictionary<ActionPriority, int>.Empty.Add(ActionPriority.P0, 7).Add(ActionPriority.P1, 30).Add(ActionPriority.P2, 90),
        Before = Duration.FromDays(2),
        Every = Duration.FromDays(7),
        Zone = DateTimeZone.Utc,
    };

    /// <summary>The end of the so-many-th day after an instant, by somebody's clock.</summary>
    public static Instant EndOf(Instant at, int days, DateTimeZone zone) => EndOf(at.InZone(zone).Date.PlusDays(days), zone);

    /// <summary>The end of a day by somebody's clock.</summary>
    public static Instant EndOf(LocalDate date, DateTimeZone zone) => zone.AtStartOfDay(date.PlusDays(1)).ToInstant();

    /// <summary>The day that ends at an instant, as people write it: <c>2026-12-01</c>.</summary>
    public static string DayOf(Instant end, DateTimeZone zone) => NodaTime.Text.LocalDatePattern.Iso.Format((end - Duration.FromMilliseconds(1)).InZone(zone).Date);

    /// <summary>The zone in which a person's, or else a service's owner's, days are counted.</summary>
    public DateTimeZone ZoneOf(string owner, string service, CatalogView catalog) =>
        catalog.PersonById(owner)?.Zone ?? catalog.OwnersOf(service).Select(p => p.Zone).FirstOrDefault(z => z is not null) ?? Zone;

    /// <summary>When somebody is reminded of an action next; null for never. Times that passed while nobody could be told are one. Pure.</summary>
    public Instant? ReminderOf(ActionItem action)
    {
        if (!action.IsOpen) return null;
        var since = action.RemindedAt is { } reminded && reminded > action.AddedAt ? reminded : action.AddedAt;
        if (since < action.Deadline - Before) return action.Deadline - Before;
        if (since < action.Deadline) return action.Deadline;
        var passed = Math.Floor((since - action.Deadline) / Every);
        return action.Deadline + (Every * (passed + 1));
    }
}

/// <summary>How long actions may take: as the house's manifest says, or as shipped.</summary>
public static class ActionPolicies
{
    /// <summary>The policy of a set of manifests.</summary>
    public static ActionPolicy Of(ManifestSet all) => all.Of<ActionPolicy>().FirstOrDefault() ?? ActionPolicy.Shipped;
}
