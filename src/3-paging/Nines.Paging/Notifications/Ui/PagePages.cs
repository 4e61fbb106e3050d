using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Alerts;
using Nines.Alerting.Alerts.Ui;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Objectives.Ui;
using Nines.Paging.Notifications.Api;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Paging.Notifications.Ui;

/// <summary>The room's pages: who was called about what, and whether it reached them.</summary>
internal static class PagePages
{
    public static void Register(Registration room)
    {
        var read = Permission.Read("notifications");
        room.Services.AddSingleton(new LoopPlace(Loop.Page, "Pages", "/pages", "send", Dock: true));
        room.Services.AddSingleton(new AlertTile(typeof(PagesOfAlert)));
        room.Services.AddSingleton(new OverviewTile(typeof(OpenPages), -1));
        room.Services.AddSingleton(new ServiceTile(typeof(OpenPages), -1));
        room.Get("/pages", read, List);
        room.Get("/pages.csv", read, (HttpContext http, IHouse house, CompiledManifests manifests) => TableExport.Csv(Model(http, house, manifests).Table.Rows, PagesApi.Columns, "pages"));
        room.Get("/pages.json", read, (HttpContext http, IHouse house, CompiledManifests manifests) => TableExport.Json(Model(http, house, manifests).Table.Rows, PagesApi.Columns));
        room.Get("/pages/{id}", read, ShowAsync);
        room.Post("/pages/test", Permission.Write("notifications"), TestAsync);
        RegisterButtons(room);
        LinkPages.Register(room);
    }

    /// <summary>The form behind every "test me": it leads to the page that was sent.</summary>
    private static async Task<IResult> TestAsync(HttpContext http, IHouse house, PagingDesk desk, CompiledManifests manifests, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var sent = await PagesApi.TestAsync(http.Caller(), form["person"].ToString(), house, desk, manifests, stop);
        return sent.Ok ? Results.Redirect($"/pages/{sent.Value}") : ProblemAnswers.Refuse(http, sent.Problems);
    }

    private static PageResult<PagesPage> List(HttpContext http, IHouse house, CompiledManifests manifests) =>
        new(new Dictionary<string, object?> { ["Model"] = Model(http, house, manifests) });

    private static PagesPageModel Model(HttpContext http, IHouse house, CompiledManifests manifests)
    {
        // Tickets wait where tickets are; here is who was called.
        PageView[] all = [.. PagesApi.All(house.State, manifests).Where(p => p.Severity == AlertSeverity.Page)];
        var query = TableQuery.Of(http.Request);
        return new(all, TableRules.Apply(all, PagesApi.Columns, query), query);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string id, PageReading pages, IHouse house, CancellationToken stop) =>
        await ScreenAsync(http, id, pages, house, [], stop);

    /// <summary>A button of the screen: done, and back to the screen; or the screen with what is wrong.</summary>
    private static async Task<IResult> DoAsync(HttpContext http, string id, PageReading pages, IHouse house, Func<IFormCollection, Task<Outcome<string>>> action, CancellationToken stop)
    {
        var done = await action(await http.Request.ReadFormAsync(stop));
        return done.Ok ? Results.Redirect($"/pages/{done.Value}") : await ScreenAsync(http, id, pages, house, done.Problems, stop);
    }

    private static async Task<IResult> ScreenAsync(HttpContext http, string id, PageReading pages, IHouse house, IReadOnlyList<Problem> problems, CancellationToken stop) =>
        await pages.FindAsync(id, stop) is { } page
            ? new PageResult<PagePage>(
                new Dictionary<string, object?> { ["Page"] = page, ["Alerts"] = PageScreen.AlertsOf(page, house.State), ["Problems"] = problems },
                problems.Any(p => p.IsError) ? StatusCodes.Status409Conflict : StatusCodes.Status200OK)
            : ProblemAnswers.Refuse(http, Problem.NotFound($"There is no page {id}.", "The list has all that are kept."));

    private static void RegisterButtons(Registration room)
    {
        var write = Permission.Write("notifications");
        room.Post("/pages/{id}/acknowledge", write, (HttpContext http, string id, PageDesk desk, PageReading pages, IHouse house, CancellationToken stop) =>
            DoAsync(http, id, pages, house, _ => desk.AcknowledgeAsync(http.Caller(), id, "", "page", stop), stop));
        room.Post("/pages/{id}/unacknowledge", write, (HttpContext http, string id, PageDesk desk, PageReading pages, IHouse house, CancellationToken stop) =>
            DoAsync(http, id, pages, house, _ => desk.UnacknowledgeAsync(http.Caller(), id, "", stop), stop));
        room.Post("/pages/{id}/escalate", write, (HttpContext http, string id, PageDesk desk, PageReading pages, IHouse house, CancellationToken stop) =>
            DoAsync(http, id, pages, house, _ => desk.EscalateAsync(http.Caller(), id, "", stop), stop));
        room.Post("/pages/{id}/snooze", write, (HttpContext http, string id, PageDesk desk, PageReading pages, IHouse house, CancellationToken stop) =>
            DoAsync(http, id, pages, house, form => FieldDuration.TryParse(form["for"].ToString(), out var length)
                ? desk.SnoozeAsync(http.Caller(), id, length, "", stop)
                : Task.FromResult<Outcome<string>>(Problem.Invalid($"\"{form["for"]}\" is not a duration.", "Write one such as 30m.", "for")), stop));
        room.Post("/pages/{id}/resolve", write, (HttpContext http, string id, PageDesk desk, PageReading pages, IHouse house, CancellationToken stop) =>
            DoAsync(http, id, pages, house, _ => desk.ResolveAsync(http.Caller(), id, "", stop), stop));
    }
}
