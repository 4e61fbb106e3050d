using Nines.Alerting.Alerts;
using Nines.Kernel;

namespace Nines.Paging.Tickets;

/// <summary>What a notification of severity ticket, or a person's wish, comes to. Pure.</summary>
public static class TicketRules
{
    /// <summary>The events of a notification: a ticket opens, grows, ends or comes back.</summary>
    /// <param name="book">The tickets.</param>
    /// <param name="due">The notification.</param>
    /// <param name="alerts">The alerts.</param>
    /// <param name="priority">The priority of tickets in the severity guide.</param>
    /// <param name="closes">True where the end of its alerts closes a ticket.</param>
    public static IReadOnlyList<object> Decide(TicketBook book, NotificationDue due, AlertBook alerts, string priority, bool closes)
    {
        if (due.Severity != AlertSeverity.Ticket) return [];
        Alert[] fires = [.. due.Firing.Select(id => alerts.All.GetValueOrDefault(id)).OfType<Alert>()];
        Alert[] over = [.. due.Resolved.Select(id => alerts.All.GetValueOrDefault(id)).OfType<Alert>()];
        if (book.All.GetValueOrDefault(due.Thread) is not { } ticket)
            return fires.Length == 0 ? [] : [new TicketOpened(due.Thread, book.Numbers + 1, fires[0].Title, due.Service, priority, due.Firing, fires[0].Reason)];
        var written = new List<object>();
        if (!ticket.Open && fires.Length > 0) written.Add(new TicketReopened(ticket.Id, $"{fires[0].Title} is back. {fires[0].Reason}".TrimEnd()));
        var quiet = due.Ends;
        if (ticket.Open || fires.Length > 0) written.Add(new TicketUpdated(ticket.Id, due.Firing, Words(ticket, fires, over, due), quiet));
        if (quiet && closes && ticket.Open) written.Add(new TicketClosed(ticket.Id, "Nothing of it fires any more."));
        return written;
    }

    /// <summary>A person closes a ticket.</summary>
    public static Outcome<TicketClosed> Close(TicketBook book, string name, string reason)
    {
        if (Known(book, name) is not { } ticket) return NoSuch(name);
        if (!ticket.Open) return Problem.Conflict($"T-{ticket.Number} is closed already.");
        return string.IsNullOrWhiteSpace(reason)
            ? Problem.Invalid("A ticket is closed with a reason.", "Say in a few words what was done, or why nothing will be.", "reason")
            : new TicketClosed(ticket.Id, reason.Trim());
    }

    /// <summary>A person takes a ticket, or is given it.</summary>
    /// <param name="book">The tickets.</param>
    /// <param name="name">Id or number.</param>
    /// <param name="person">The person's opaque id; null where the catalog knows none of that name.</param>
    /// <param name="asked">The name that was asked for.</param>
    public static Outcome<TicketAssigned> Assign(TicketBook book, string name, string? person, string asked)
    {
        if (Known(book, name) is not { } ticket) return NoSuch(name);
        if (!ticket.Open) return Problem.Conflict($"T-{ticket.Number} is closed.", "Open tickets can be assigned.");
        return asked.Length > 0 && person is null
            ? Problem.Invalid($"There is no person \"{asked}\" in the catalog.", "Write a person's name, or none to take it from whoever has it.", "person")
            : new TicketAssigned(ticket.Id, person ?? "");
    }

    private static Ticket? Known(TicketBook book, string name) => book.Find(name);

    private static Problem NoSuch(string name) => Problem.NotFound($"There is no ticket {name}.", "List them with \"nines ticket list\".");

    private static string Words(Ticket ticket, Alert[] fires, Alert[] over, NotificationDue due)
    {
        var joined = fires.Where(a => !ticket.Alerts.Contains(a.Id, StringComparer.Ordinal)).ToArray();
        return due.Cause switch
        {
            _ when joined.Length > 0 => $"{joined[0].Title} joined{(joined.Length > 1 ? $", and {joined.Length - 1} more" : "")}. {joined[0].Reason}".TrimEnd(),
            NotificationCause.Repeat => "It still fires.",
            _ when over.Length > 0 && fires.Length > 0 => $"{over[0].Title} is over; {fires.Length} still {(fires.Length == 1 ? "fires" : "fire")}.",
            _ when over.Length > 0 => $"{over[0].Title} is over{(over.Length > 1 ? $", and {over.Length - 1} more" : "")}.",
            _ => "It fires again.",
        };
    }
}
