using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Paging.Tickets;

/// <summary>When digests leave.</summary>
/// <param name="At">By the clock on the wall.</param>
/// <param name="Days">On which days.</param>
/// <param name="Review">On which days the week's alerts of severity log are listed as well.</param>
/// <param name="Zone">Whose wall, where a team's people name none.</param>
public sealed record DigestPlan(LocalTime At, IReadOnlyList<NumberRange> Days, IReadOnlyList<NumberRange> Review, DateTimeZone Zone)
{
    /// <summary>True on a day of the weekly review.</summary>
    public bool Reviews(LocalDate date) => Review.Any(r => r.Holds((int)date.DayOfWeek));

    /// <summary>The first digest time after an instant. A time that the clock skips is the next one that exists; of one that comes twice the first.</summary>
    public Instant After(Instant at, DateTimeZone zone)
    {
        var date = at.InZone(zone).Date;
        for (var i = 0; ; i++)
        {
            var day = date.PlusDays(i);
            if (!Days.Any(r => r.Holds((int)day.DayOfWeek))) continue;
            var map = zone.MapLocal(day + At);
            var when = map.Count == 0 ? map.EarlyInterval.End : map.First().ToInstant();
            if (when > at) return when;
        }
    }
}

/// <summary>Whom a digest goes to.</summary>
/// <param name="Name">The team; or the person who owns services alone.</param>
/// <param name="People">Opaque ids.</param>
/// <param name="Owns">True for the name of a service of theirs.</param>
/// <param name="Zone">Whose clock.</param>
public sealed record DigestReader(string Name, IReadOnlyList<string> People, Func<string, bool> Owns, DateTimeZone Zone);

/// <summary>What a digest says, and when it is due: functions of state. Pure.</summary>
public static class Digest
{
    private static readonly Duration Week = Duration.FromDays(7);

    /// <summary>Every team, and every person who owns services alone. What nobody owns goes to whoever owns Nines.</summary>
    public static IReadOnlyList<DigestReader> Readers(CatalogView catalog, IReadOnlyList<string> lastResort, DateTimeZone otherwise)
    {
        var readers = new List<DigestReader>();
        var owned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in catalog.Services.Select(s => s.Service).GroupBy(s => s.OwnerTeam ?? s.OwnerPerson ?? "", StringComparer.Ordinal))
        {
            if (group.Key.Length == 0) continue;
            var services = group.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
            var team = catalog.Teams.FirstOrDefault(t => t.Name == group.Key && group.First().OwnerTeam is not null);
            string[] names = team is null ? [group.Key] : [.. team.Members.Append(team.Lead ?? "").Where(n => n.Length > 0).Distinct(StringComparer.Ordinal)];
            Person[] people = [.. names.Select(catalog.Person).OfType<Person>()];
            // A team meets by its lead's clock.
            var zone = (team?.Lead is { } lead ? catalog.Person(lead)?.Zone : null) ?? people.Select(p => p.Zone).FirstOrDefault(z => z is not null) ?? otherwise;
            readers.Add(new(group.Key, [.. people.Select(p => p.Id)], services.Contains, zone));
            owned.UnionWith(services);
        }

        readers.Add(new("", lastResort, service => !owned.Contains(service), otherwise));
        return readers;
    }

    /// <summary>When a reader's next digest leaves; null while there is nothing to say.</summary>
    public static Instant? Due(DigestPlan plan, DigestReader reader, TicketBook tickets, AlertBook alerts) => Due(plan, reader, tickets, Logs(alerts));

    /// <summary>The same for many readers: alerts of severity log are looked for once.</summary>
    internal static Instant? Due(DigestPlan plan, DigestReader reader, TicketBook tickets, IReadOnlyList<Alert> logs)
    {
        var open = Open(reader, tickets);
        var last = tickets.Digests.TryGetValue(reader.Name, out var sent) ? sent : (Instant?)null;
        Instant? due = open.Count > 0 ? plan.After(last ?? open.Min(t => t.OpenedAt), reader.Zone) : null;
        if (plan.Review.Count == 0) return due;
        var first = logs.Where(a => reader.Owns(a.Service) && (last is null || (a.EndedAt ?? Instant.MaxValue) > last)).Select(a => a.StartedAt).DefaultIfEmpty(Instant.MaxValue).Min();
        if (first == Instant.MaxValue) return due;
        var review = plan.After(last is { } l && l > first ? l : first, reader.Zone);
        while (!plan.Reviews(review.InZone(reader.Zone).Date)) review = plan.After(review, reader.Zone);
        return due is null || review < due ? review : due;
    }

    /// <summary>A reader's open tickets, the oldest first.</summary>
    public static IReadOnlyList<Ticket> Open(DigestReader reader, TicketBook tickets) =>
        [.. tickets.All.Values.Where(t => t.Open && reader.Owns(t.Service)).OrderBy(t => t.OpenedAt).ThenBy(t => t.Number)];

    /// <summary>The week's alerts of severity log, each kind once, the most frequent first.</summary>
    public static IReadOnlyList<(Alert Alert, int Count)> Review(AlertBook alerts, Func<string, bool> service, Instant now) =>
    [
        .. alerts.All.Values.Where(a => IsLog(a) && service(a.Service) && (a.EndedAt ?? now) > now - Week)
            .GroupBy(a => (a.Service, a.Labels["alertname"], a.Title)).Select(g => (Alert: g.OrderBy(a => a.Id, StringComparer.Ordinal).MaxBy(a => a.StartedAt)!, Count: g.Sum(a => 1 + a.Reopened)))
            .OrderByDescending(g => g.Count).ThenBy(g => g.Alert.Title, StringComparer.Ordinal).ThenBy(g => g.Alert.Id, StringComparer.Ordinal),
    ];

    /// <summary>The message of a digest.</summary>
    public static ChannelMessage Message(DigestReader reader, IReadOnlyList<Ticket> open, IReadOnlyList<(Alert Alert, int Count)> review, string id, string publicUrl, Instant now)
    {
        var parts = new List<string>();
        if (open.Count > 0) parts.Add($"{open.Count} open {(open.Count == 1 ? "ticket" : "tickets")}, the oldest since {open[0].OpenedAt.InZone(reader.Zone).Date:yyyy-MM-dd}");
        if (review.Count > 0) parts.Add($"{review.Count} to review");
        var text = $"{(reader.Name.Length > 0 ? reader.Name : "Nobody's services")}: {string.Join("; ", parts)}";
        MessageAlert[] rows =
        [
            .. open.Select(t => new MessageAlert(
                t.Id, t.QuietAt is null ? "firing" : "resolved", $"T-{t.Number} {t.Priority} {(t.Service.Length > 0 ? t.Service + ": " : "")}{t.Title}", t.Lines.Count > 0 ? t.Lines[^1].Text : "", t.OpenedAt, t.QuietAt,
                AlertLabels.None, null, Link("ticket", $"{publicUrl}/tickets/{t.Id}"))),
            .. review.Select(r => new MessageAlert(
                r.Alert.Id, r.Alert.Firing ? "firing" : "resolved", $"Review {(r.Alert.Service.Length > 0 ? r.Alert.Service + ": " : "")}{r.Alert.Title}", $"{(r.Count == 1 ? "Once" : $"{r.Count} times")} this week. {r.Alert.Reason}".TrimEnd(), r.Alert.StartedAt, r.Alert.EndedAt,
                AlertLabels.None, null, Link("alert", $"{publicUrl}/alerts/{r.Alert.Id}"))),
        ];
        return new(MessageEvent.Updated, id, $"{publicUrl}/tickets", AlertSeverity.Ticket, "", text, now, $"This is the daily digest of {(reader.Name.Length > 0 ? reader.Name : "what nobody owns")}.", open.Count > 0, rows);
    }

    /// <summary>All alerts of severity log.</summary>
    internal static IReadOnlyList<Alert> Logs(AlertBook alerts)
    {
        var logs = new List<Alert>();
        foreach (var (_, alert) in alerts.All)
            if (IsLog(alert)) logs.Add(alert);
        return logs;
    }

    private static bool IsLog(Alert alert) => Route.SeverityOf(alert.Route, alert.Severity) == AlertSeverity.Log;

    private static ImmutableSortedDictionary<string, string> Link(string name, string address) =>
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(name, address);
}
