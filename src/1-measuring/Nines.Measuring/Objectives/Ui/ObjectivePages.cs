using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Measuring.Changes;
using Nines.Shell;
using Nines.Shell.Charts;
using Nines.Shell.Components;
using Nines.Shell.Live;
using Nines.Shell.Pages;
using NodaTime;

namespace Nines.Measuring.Objectives.Ui;

/// <summary>The room's pages: overview, service home, objective.</summary>
internal static class ObjectivePages
{
    public static void Register(Registration room)
    {
        var read = Permission.Read("objectives");
        room.Services.AddSingleton<ObjectiveViews>();
        room.Services.AddSingleton(new LoopPlace(Loop.Measure, "Overview", "/overview", "home", Dock: true, Order: 0));
        room.Fill<IPaletteSource, ObjectivePalette>();
        room.Fill<ILiveSource, OverviewLive>().Fill<ILiveSource, ServiceLive>().Fill<ILiveSource, ObjectiveLive>();
        room.Duty<LookingDuty>();
        room.Get("/", read, Overview);
        room.Get("/overview", read, Overview);
        room.Get("/overview.csv", read, OverviewCsv);
        room.Get("/overview.json", read, OverviewJson);
        room.Get("/services/{name}", read, Service);
        room.Get("/objectives/{name}", read, Objective);
        room.Get("/objectives/{name}.csv", read, ObjectiveCsv);
    }

    private static PageResult<OverviewPage> Overview(HttpContext http, ObjectiveViews views)
    {
        _ = int.TryParse(http.Request.Query["part"], out var part);
        return new(new Dictionary<string, object?> { ["Model"] = OverviewModel.For(views.Services(), TableQuery.Of(http.Request), part) });
    }

    private static IResult OverviewCsv(HttpContext http, ObjectiveViews views) =>
        TableExport.Csv(OverviewModel.For(views.Services(), TableQuery.Of(http.Request), 1).Table.Rows, OverviewModel.Columns, "objectives");

    private static IResult OverviewJson(HttpContext http, ObjectiveViews views) =>
        TableExport.Json(OverviewModel.For(views.Services(), TableQuery.Of(http.Request), 1).Table.Rows, OverviewModel.Columns);

    private static IResult Service(HttpContext http, string name, ObjectiveViews views)
    {
        if (views.Service(name) is not { } service)
            return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no service \"{name}\".", "See the overview for those that are."));
        return new PageResult<ServicePage>(new Dictionary<string, object?> { ["Model"] = ServicePageModel.For(service, views.Entry(name), views.Services()) });
    }

    private static IResult Objective(HttpContext http, string name, ObjectiveViews views, IHouse house, TimeProvider clock)
    {
        if (views.Objective(name) is not { } objective)
            return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no objective \"{name}\".", "See the overview for those that are."));
        var now = clock.Now();
        var start = views.WindowStart(name, now);
        var query = http.Request.Query;
        var history = views.History(objective, start, now);
        var range = ShownRange.Of(query["range"], query["from"], query["to"], objective.Window, start, history.First, now);
        var model = new ObjectivePageModel(
            objective, views.Service(objective.Service)?.Title ?? objective.Service, range, history, views.Measured(name),
            ChangeMarks.Of(house.State.Get<ChangeBook>(), objective.Service, Instant.FromUnixTimeMilliseconds(range.FromMs), Instant.FromUnixTimeMilliseconds(range.ToMs)))
        { ManifestAddress = views.ManifestAddress(name) };
        return new PageResult<ObjectivePage>(new Dictionary<string, object?> { ["Model"] = model });
    }

    private static IResult ObjectiveCsv(HttpContext http, string name, ObjectiveViews views, TimeProvider clock)
    {
        if (views.Objective(name) is not { } objective) return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no objective \"{name}\"."));
        var now = clock.Now();
        var history = views.History(objective, views.WindowStart(name, now), now);
        var chart = new TimeChart
        {
            Title = "",
            Sentence = "",
            Time = new(0, 1),
            Value = new(0, 1),
            Series = [new("budget left", "", history.StartMs, history.StepMs, history.Left), new("bad events", "", history.StartMs, history.StepMs, history.Bad), new("all events", "", history.StartMs, history.StepMs, history.Total)],
        };
        return Results.File(System.Text.Encoding.UTF8.GetBytes(ChartTable.Csv(chart)), "text/csv; charset=utf-8", name + ".csv");
    }
}
