using Nines.Alerting.Alerts;
using Nines.Shell.Components;

namespace Nines.Paging.Tickets.Ui;

/// <summary>All that the list of tickets shows.</summary>
public sealed record TicketsPageModel(IReadOnlyList<TicketView> All, TableRows<TicketView> Table, TableQuery Query, IReadOnlyList<(Alert Alert, int Count)> Review)
{
    /// <summary>Rows of the table; a filter reaches the others.</summary>
    public const int Most = 200;

    /// <summary>The answer in words.</summary>
    public IReadOnlyList<Phrase> Headline(Reader reader)
    {
        var open = All.Where(t => t.State != "closed").ToArray();
        if (open.Length == 0) return [All.Count == 0 ? "No ticket so far." : "No ticket is open."];
        var nobodys = open.Count(t => t.Assignee.Length == 0);
        return
        [
            Phrase.Bold($"{Figures.Of(open.Length, "ticket")} {(open.Length == 1 ? "is" : "are")} open"), ", the oldest since ", Phrase.Time(open.Min(t => t.OpenedAt), TimeForm.Day, reader),
            nobodys == 0 ? "; each is somebody's." : $"; {(nobodys == open.Length ? (open.Length == 1 ? "nobody has it" : "nobody has one") : $"{nobodys} {(nobodys == 1 ? "is" : "are")} nobody's")}.",
        ];
    }

    /// <summary>A ticket's state as people see it.</summary>
    public static StateWord WordOf(TicketView ticket) => ticket.State switch
    {
        "closed" => new("none", "done", "Closed"),
        "quiet" => new("good", "ok", "Quiet"),
        _ => StateWord.Ticket,
    };
}
