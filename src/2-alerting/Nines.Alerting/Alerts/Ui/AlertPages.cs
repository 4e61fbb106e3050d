using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Alerts.Api;
using Nines.Alerting.Silences;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Changes;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Live;
using Nines.Shell.Pages;
using NodaTime;

namespace Nines.Alerting.Alerts.Ui;

/// <summary>The room's pages: every alert, one alert with its trail, and the form that asks for silence.</summary>
internal static class AlertPages
{
    public static void Register(Registration room)
    {
        var read = Permission.Read("alerts");
        var quiet = Permission.Write("silences");
        room.Services.AddSingleton(new LoopPlace(Loop.Alert, "Alerts", "/alerts", "bell", Dock: true));
        room.Fill<ILiveSource, AlertsLive>().Fill<IPaletteSource, AlertPalette>();
        room.Services.AddSingleton<IRoomLife, AlertsNews>();
        room.Get("/alerts", read, List);
        room.Get("/alerts.csv", read, (HttpContext http, IHouse house, TimeProvider clock) => TableExport.Csv(Model(http, house, clock).Table.Rows, AlertsApi.Columns, "alerts"));
        room.Get("/alerts.json", read, (HttpContext http, IHouse house, TimeProvider clock) => TableExport.Json(Model(http, house, clock).Table.Rows, AlertsApi.Columns));
        room.Services.AddSingleton(new LoopPlace(Loop.Alert, "Routes", "/alerts/routes", "swap"));
        room.Get("/alerts/routes", read, Routes);
        room.Get("/alerts/{id}", read, Show);
        room.Post("/alerts/{id}/silence", quiet, SilenceAsync);
        room.Post("/alerts/silences/{id}/end", quiet, EndAsync);
    }

    private static PageResult<AlertsPage> List(HttpContext http, IHouse house, AlertRoutes routes, TimeProvider clock) =>
        new(new Dictionary<string, object?> { ["Model"] = Model(http, house, clock) with { Guide = routes.For(house.State).Severities } });

    private static AlertsPageModel Model(HttpContext http, IHouse house, TimeProvider clock) =>
        AlertsPageModel.For(house.State, TableQuery.Of(http.Request), clock.Now());

    private static PageResult<RoutesPage> Routes(HttpContext http, IHouse house, RouteDesk desk, AlertRoutes routes, TimeProvider clock)
    {
        var (state, now, labels) = (house.State, clock.Now(), http.Request.Query["labels"].ToString());
        var asked = labels.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var answer = asked.Length > 0 ? desk.Try(state, asked, now) : null;
        // The field that was wrong is the one that was typed into.
        Problem[] problems = answer is { Ok: false } ? [.. answer.Problems.Select(p => p with { Path = "labels" })] : [];
        var model = new RoutesPageModel(routes.For(state), desk.Findings(state), labels, answer is { Ok: true } ? answer.Value : null, problems, state.Get<AlertBook>(), now);
        return new(new Dictionary<string, object?> { ["Model"] = model }, problems.Length > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static IResult Show(HttpContext http, string id, IHouse house, SilenceDesk desk, CompiledManifests manifests, TimeProvider clock) =>
        One(http, id, house, desk, manifests, clock, SilenceDraft.Empty, []);

    /// <summary>What somebody changed on purpose in the hour before, of the service and of what it calls: the first suspects.</summary>
    private static IReadOnlyList<Change> ChangesBefore(HouseState state, CatalogView catalog, AlertView alert) =>
        state.Get<ChangeBook>().Between([alert.Service, .. catalog.Service(alert.Service)?.DependsOn ?? []], alert.StartedAt - Duration.FromHours(1), alert.StartedAt);

    private static IResult One(
        HttpContext http, string id, IHouse house, SilenceDesk desk, CompiledManifests manifests, TimeProvider clock, SilenceDraft draft, IReadOnlyList<Problem> problems)
    {
        var state = house.State;
        var book = state.Get<AlertBook>();
        if ((book.All.GetValueOrDefault(id) ?? book.Find(id)) is not { } alert)
            return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no alert {id}.", "Older ones are in the journal: nines alerts show ID."));
        var view = AlertView.Of(alert, state.Get<SilenceBook>(), clock.Now(), trail: true);
        var suggested = draft.Suggest(view);
        var preview = view.State == "resolved" ? null : desk.Preview(suggested.Matchers.Split(' ', StringSplitOptions.RemoveEmptyEntries), clock.Now());
        var catalog = CatalogView.Of(manifests.For(state));
        var by = view.AcknowledgedBy.Length == 0 ? "" : catalog.PersonById(view.AcknowledgedBy)?.DisplayName ?? view.AcknowledgedBy;
        return new PageResult<AlertPage>(
            new Dictionary<string, object?>
            {
                ["Alert"] = view,
                ["Draft"] = suggested,
                ["Problems"] = problems,
                ["Preview"] = preview is { Ok: true } ? preview.Value : null,
                ["By"] = by,
                ["Names"] = catalog.People.ToDictionary(p => p.Id, p => p.DisplayName),
                ["Changes"] = ChangesBefore(state, catalog, view),
                ["Holder"] = book.All.GetValueOrDefault(view.InhibitedBy),
            },
            problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> SilenceAsync(HttpContext http, string id, IHouse house, SilenceDesk desk, CompiledManifests manifests, TimeProvider clock, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var draft = new SilenceDraft(form["matchers"].ToString(), form["for"].ToString(), form["owner"].ToString(), form["comment"].ToString(),
            form["ends"].ToString(), form["maxAlerts"].ToString(), form["maxBudget"].ToString());
        var asked = draft.Read();
        if (!asked.Ok) return One(http, id, house, desk, manifests, clock, draft, asked.Problems);
        var set = await desk.SetAsync(http.Caller(), asked.Value, clock.Now(), stop);
        return set.Ok ? Results.Redirect($"/alerts/{Uri.EscapeDataString(id)}", permanent: false) : One(http, id, house, desk, manifests, clock, draft, set.Problems);
    }

    private static async Task<IResult> EndAsync(HttpContext http, string id, SilenceDesk desk, CancellationToken stop)
    {
        var ended = await desk.EndAsync(http.Caller(), id, stop);
        return ended.Ok ? Results.Redirect("/alerts") : ProblemAnswers.Refuse(http, ended.Problems);
    }
}
