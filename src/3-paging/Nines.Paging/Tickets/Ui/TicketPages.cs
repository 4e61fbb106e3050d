using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Tickets.Api;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Paging.Tickets.Ui;

/// <summary>The room's pages: what waits, one ticket, and its two forms.</summary>
internal static class TicketPages
{
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("tickets"), Permission.Write("tickets"));
        room.Services.AddSingleton(new LoopPlace(Loop.Page, "Tickets", "/tickets", "todo"));
        room.Get("/tickets", read, List);
        room.Get("/tickets.csv", read, (HttpContext http, IHouse house, CompiledManifests manifests, TimeProvider clock) => TableExport.Csv(Model(http, house, manifests, clock).Table.Rows, TicketsApi.Columns, "tickets"));
        room.Get("/tickets.json", read, (HttpContext http, IHouse house, CompiledManifests manifests, TimeProvider clock) => TableExport.Json(Model(http, house, manifests, clock).Table.Rows, TicketsApi.Columns));
        room.Get("/tickets/{id}", read, (HttpContext http, string id, IHouse house, CompiledManifests manifests) => One(http, id, house, manifests, "", []));
        room.Post("/tickets/{id}/close", write, CloseAsync);
        room.Post("/tickets/{id}/assign", write, AssignAsync);
    }

    private static PageResult<TicketsPage> List(HttpContext http, IHouse house, CompiledManifests manifests, TimeProvider clock) =>
        new(new Dictionary<string, object?> { ["Model"] = Model(http, house, manifests, clock) });

    private static TicketsPageModel Model(HttpContext http, IHouse house, CompiledManifests manifests, TimeProvider clock)
    {
        var state = house.State;
        var all = TicketView.All(state.Get<TicketBook>(), CatalogView.Of(manifests.For(state)));
        var query = TableQuery.Of(http.Request);
        return new(all, TableRules.Apply(all, TicketsApi.Columns, query), query, Digest.Review(state.Get<AlertBook>(), _ => true, clock.Now()));
    }

    private static IResult One(HttpContext http, string id, IHouse house, CompiledManifests manifests, string reason, IReadOnlyList<Problem> problems)
    {
        var state = house.State;
        var catalog = CatalogView.Of(manifests.For(state));
        if (state.Get<TicketBook>().Find(id) is not { } ticket) return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no ticket {id}.", "The list has all that are kept."));
        var alerts = ticket.Alerts.Select(a => state.Get<AlertBook>().All.GetValueOrDefault(a)).OfType<Alert>().ToArray();
        return new PageResult<TicketPage>(
            new Dictionary<string, object?> { ["Ticket"] = TicketView.Of(ticket, catalog), ["Alerts"] = alerts, ["People"] = catalog.People.Select(p => p.Name).Order(StringComparer.Ordinal).ToArray(), ["Reason"] = reason, ["Problems"] = problems },
            problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> CloseAsync(HttpContext http, string id, IHouse house, CompiledManifests manifests, TicketDesk desk, CancellationToken stop)
    {
        var reason = (await http.Request.ReadFormAsync(stop))["reason"].ToString();
        var closed = await desk.CloseAsync(http.Caller(), id, reason, stop);
        return closed.Ok ? Results.Redirect($"/tickets/{Uri.EscapeDataString(id)}") : One(http, id, house, manifests, reason, closed.Problems);
    }

    private static async Task<IResult> AssignAsync(HttpContext http, string id, IHouse house, CompiledManifests manifests, TicketDesk desk, CancellationToken stop)
    {
        var person = (await http.Request.ReadFormAsync(stop))["person"].ToString();
        var assigned = await desk.AssignAsync(http.Caller(), id, person, stop);
        return assigned.Ok ? Results.Redirect($"/tickets/{Uri.EscapeDataString(id)}") : One(http, id, house, manifests, "", assigned.Problems);
    }
}
