using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
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
        room.Get("/pages", read, List);
        room.Get("/pages.csv", read, (HttpContext http, IHouse house, CompiledManifests manifests) => TableExport.Csv(Model(http, house, manifests).Table.Rows, PagesApi.Columns, "pages"));
        room.Get("/pages.json", read, (HttpContext http, IHouse house, CompiledManifests manifests) => TableExport.Json(Model(http, house, manifests).Table.Rows, PagesApi.Columns));
        room.Get("/pages/{id}", read, ShowAsync);
        room.Post("/pages/test", Permission.Write("notifications"), TestAsync);
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
        var all = PagesApi.All(house.State, manifests);
        var query = TableQuery.Of(http.Request);
        return new(all, TableRules.Apply(all, PagesApi.Columns, query), query);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string id, IHouse house, IJournal journal, EventCatalog events, CompiledManifests manifests, CancellationToken stop) =>
        await PagesApi.FindAsync(id, house, journal, events, manifests, stop) is { } page
            ? new PageResult<PagePage>(new Dictionary<string, object?> { ["Page"] = page })
            : ProblemAnswers.Refuse(http, Problem.NotFound($"There is no page {id}.", "The list has all that are kept."));
}
