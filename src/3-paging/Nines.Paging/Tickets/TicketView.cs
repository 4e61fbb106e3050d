using Nines.Catalog;
using NodaTime;

namespace Nines.Paging.Tickets;

/// <summary>A ticket as doors show it.</summary>
/// <param name="Id">The thread of its notifications.</param>
/// <param name="Number">As people say it: <c>T-12</c>.</param>
/// <param name="State"><c>open</c>, <c>quiet</c> (nothing of it fires, and nobody closed it) or <c>closed</c>.</param>
/// <param name="Priority">As the severity guide has it.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Assignee">Who has it, by name; empty for nobody.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosedAt">When it was closed; null while it is open.</param>
/// <param name="Alerts">The alerts that it is about.</param>
/// <param name="Lines">What happened.</param>
/// <param name="Calls">What trackers were told.</param>
public sealed record TicketView(
    string Id, string Number, string State, string Priority, string Service, string Title, string Assignee, Instant OpenedAt, Instant? ClosedAt,
    IReadOnlyList<string> Alerts, IReadOnlyList<TicketLine> Lines, IReadOnlyList<TrackerCall> Calls)
{
    /// <summary>The view of a ticket, with people by name.</summary>
    public static TicketView Of(Ticket ticket, CatalogView catalog) => new(
        ticket.Id, $"T-{ticket.Number}", !ticket.Open ? "closed" : ticket.QuietAt is null ? "open" : "quiet", ticket.Priority, ticket.Service, ticket.Title,
        ticket.Assignee.Length == 0 ? "" : catalog.PersonById(ticket.Assignee)?.Name ?? ticket.Assignee, ticket.OpenedAt, ticket.ClosedAt, ticket.Alerts, ticket.Lines, ticket.Calls);

    /// <summary>Open tickets, the oldest first; then the last that were closed.</summary>
    public static IReadOnlyList<TicketView> All(TicketBook book, CatalogView catalog) =>
    [
        .. book.All.Values.Where(t => t.Open).OrderBy(t => t.OpenedAt).ThenBy(t => t.Number).Concat(book.All.Values.Where(t => !t.Open).OrderByDescending(t => t.ClosedAt)).Select(t => Of(t, catalog)),
    ];
}
