using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Measuring.Changes.Api;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Measuring.Changes.Ui;

/// <summary>The room's page: every change, the newest first.</summary>
internal static class ChangePages
{
    public static void Register(Registration room)
    {
        var read = Permission.Read("changes");
        room.Services.AddSingleton(new LoopPlace(Loop.Measure, "Changes", "/changes", "deploy", Order: 50));
        room.Get("/changes", read, List);
        room.Get("/changes.csv", read, (HttpContext http, IHouse house) => TableExport.Csv(Rows(http, house).Rows, ChangesApi.Columns, "changes"));
        room.Get("/changes.json", read, (HttpContext http, IHouse house) => TableExport.Json(Rows(http, house).Rows, ChangesApi.Columns));
    }

    private static TableRows<Change> Rows(HttpContext http, IHouse house) => TableRules.Apply(ChangesApi.Newest(house.State), ChangesApi.Columns, TableQuery.Of(http.Request));

    private static PageResult<ChangesPage> List(HttpContext http, IHouse house) => new(new Dictionary<string, object?>
    {
        ["Table"] = Rows(http, house),
        ["Query"] = TableQuery.Of(http.Request),
    });
}
