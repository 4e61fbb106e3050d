using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;
using NodaTime;

namespace Nines.Paging.Coverage.Ui;

/// <summary>The page of the coverage proof.</summary>
internal static class CoveragePages
{
    public static void Register(Registration room)
    {
        var read = Permission.Read("coverage");
        room.Services.AddSingleton(new LoopPlace(Loop.Page, "Coverage", "/oncall/coverage", "shield", Order: 30));
        room.Get("/oncall/coverage", read, (HttpContext http, IHouse house, CoverageDesk desk, IOptions<CoverageOptions> options, TimeProvider clock) =>
            new PageResult<CoveragePage>(new Dictionary<string, object?> { ["Model"] = Model(http, house, desk, options, clock) }));
        room.Get("/oncall/coverage.csv", read, (HttpContext http, IHouse house, CoverageDesk desk, IOptions<CoverageOptions> options, TimeProvider clock) =>
            TableExport.Csv(Model(http, house, desk, options, clock).Table.Rows, CoveragePageModel.Columns, "coverage"));
        room.Get("/oncall/coverage.json", read, (HttpContext http, IHouse house, CoverageDesk desk, IOptions<CoverageOptions> options, TimeProvider clock) =>
            TableExport.Json(Model(http, house, desk, options, clock).Table.Rows, CoveragePageModel.Columns));
    }

    private static CoveragePageModel Model(HttpContext http, IHouse house, CoverageDesk desk, IOptions<CoverageOptions> options, TimeProvider clock)
    {
        var now = clock.Now();
        var report = desk.Report(house.State, now, now + Duration.FromDays(options.Value.Days));
        CoverageRow[] rows = [.. report.Services.Select(s => new CoverageRow(CoverageWords.Name(s.Service), s))];
        var query = TableQuery.Of(http.Request);
        return new(report, TableRules.Apply(rows, CoveragePageModel.Columns, query), query, http.Request.Query.TryGetValue("service", out var service) ? service.ToString() : null);
    }
}
