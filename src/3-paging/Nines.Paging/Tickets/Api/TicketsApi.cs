using Microsoft.AspNetCore.Http;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;

namespace Nines.Paging.Tickets.Api;

/// <summary>Tickets over HTTP.</summary>
internal static class TicketsApi
{
    public static IReadOnlyList<Column<TicketView>> Columns { get; } =
    [
        new("number", "Number", t => t.Number),
        new("state", "State", t => t.State),
        new("priority", "Priority", t => t.Priority),
        new("service", "Service", t => t.Service),
        new("title", "Title", t => t.Title),
        new("assignee", "Assignee", t => t.Assignee),
        new("opened", "Opened", t => t.OpenedAt),
        new("closed", "Closed", t => t.ClosedAt),
        new("id", "Id", t => t.Id),
    ];

    /// <summary><c>?q=</c> and <c>?sort=</c> as in every table, <c>?format=csv</c> for a file.</summary>
    public static IResult List(HttpRequest request, IHouse house, CompiledManifests manifests) =>
        TableExport.List(request, TicketView.All(house.State.Get<TicketBook>(), CatalogView.Of(manifests.For(house.State))), Columns, "tickets");

    public static IResult Show(string id, IHouse house, CompiledManifests manifests) => house.State.Get<TicketBook>().Find(id) is { } ticket
        ? Results.Json(TicketView.Of(ticket, CatalogView.Of(manifests.For(house.State))), HouseJson.Options)
        : Answers.Refuse(Problem.NotFound($"There is no ticket {id}.", "List them with \"nines ticket list\"."));

    public static async Task<IResult> CloseAsync(HttpContext http, string id, CloseRequest asked, TicketDesk desk, CancellationToken stop) =>
        (await desk.CloseAsync(http.Caller(), id, asked.Reason, stop)).ToAnswer();

    public static async Task<IResult> AssignAsync(HttpContext http, string id, AssignRequest asked, TicketDesk desk, CancellationToken stop) =>
        (await desk.AssignAsync(http.Caller(), id, asked.Person, stop)).ToAnswer();

    /// <summary>What is asked to close a ticket.</summary>
    public sealed record CloseRequest(string Reason = "");

    /// <summary>What is asked to give a ticket to somebody.</summary>
    public sealed record AssignRequest(string Person = "");
}
