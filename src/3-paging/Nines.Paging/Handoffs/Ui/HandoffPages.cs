using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Paging.Schedules;
using Nines.Shell;
using Nines.Shell.Pages;
using NodaTime;

namespace Nines.Paging.Handoffs.Ui;

/// <summary>The room's pages: health, handoffs, one handoff.</summary>
internal static class HandoffPages
{
    private static readonly int[] Spans = [7, 28, 90, 365];

    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("handoffs"), Permission.Write("handoffs"));
        room.Services.AddSingleton(new LoopPlace(Loop.Page, "Health", "/oncall-health", "user", Order: 30));
        room.Services.AddSingleton(new LoopPlace(Loop.Page, "Handoffs", "/handoffs", "swap", Order: 31));
        room.Get("/oncall-health", read, Health);
        room.Get("/handoffs", read, (HandoffDesk desk, IHouse house, CompiledManifests manifests) => new PageResult<HandoffsPage>(new Dictionary<string, object?>
        {
            ["Rows"] = desk.List("", 100),
            ["Coming"] = manifests.For(house.State).Of<Schedule>().Select(s => s.Name).Order(StringComparer.Ordinal).ToArray(),
        }));
        room.Get("/handoffs/coming/{schedule}", read, (HttpContext http, string schedule, HandoffDesk desk, TimeProvider clock) => Page(http, desk.Coming(schedule, clock.Now()), rated: false, []));
        room.Get("/handoffs/{id}", read, async (HttpContext http, string id, string? done, HandoffDesk desk, CancellationToken stop) => Page(http, await desk.PastAsync(id, stop), done == "rated", []));
        room.Post("/handoffs/{id}/rate", write, RateAsync);
        room.Services.AddSingleton(new PageTile(typeof(WorthIt)));
        room.Post("/pages/{id}/judge", write, JudgeAsync);
    }

    private static IResult Health(HttpContext http, HandoffDesk desk, IHouse house, CompiledManifests manifests, TimeProvider clock)
    {
        var days = int.TryParse(http.Request.Query["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && Spans.Contains(asked) ? asked : 28;
        var (of, now, catalog) = (http.Request.Query["of"].ToString(), clock.Now(), manifests.Catalog(house.State));
        var (kind, name) = of.Split(':', 2) is [var k, var n] ? (k, n) : ("", "");
        var answer = desk.Health(kind == "person" ? name : "", kind == "team" ? name : "", kind == "service" ? name : "", now - Duration.FromDays(days), now);
        if (!answer.Ok) return ProblemAnswers.Refuse(http, answer.Problems);
        return new PageResult<HealthPage>(new Dictionary<string, object?> { ["Answer"] = answer.Value, ["Days"] = days, ["Of"] = of, ["Choices"] = Choices(catalog) });
    }

    private static (string, string)[] Choices(CatalogView catalog) =>
    [
        .. catalog.Teams.Select(t => ($"team:{t.Name}", $"team {t.DisplayName}")), .. catalog.People.Select(p => ($"person:{p.Name}", p.DisplayName)),
        .. catalog.Services.Take(300).Select(s => ($"service:{s.Service.Name}", $"service {s.Service.Name}")),
    ];

    private static IResult Page(HttpContext http, Outcome<HandoffDocument> document, bool rated, IReadOnlyList<Problem> problems) => document.Ok
        ? new PageResult<HandoffPage>(new Dictionary<string, object?> { ["Document"] = document.Value, ["Rated"] = rated, ["Problems"] = problems }, problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK)
        : ProblemAnswers.Refuse(http, document.Problems);

    private static async Task<IResult> RateAsync(HttpContext http, string id, HandoffDesk desk, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        _ = int.TryParse(form["score"], NumberStyles.None, CultureInfo.InvariantCulture, out var score);
        var rated = await desk.RateAsync(http.Caller(), id, form["person"].ToString().Trim().ToLowerInvariant(), score, stop);
        return rated.Ok ? Results.Redirect($"/handoffs/{Uri.EscapeDataString(id)}?done=rated") : Page(http, await desk.PastAsync(id, stop), rated: false, rated.Problems);
    }

    private static async Task<IResult> JudgeAsync(HttpContext http, string id, HandoffDesk desk, CancellationToken stop)
    {
        var useful = (await http.Request.ReadFormAsync(stop))["useful"].ToString();
        if (useful is not ("yes" or "no")) return ProblemAnswers.Refuse(http, Problem.Invalid($"\"{useful}\" is neither yes nor no.", "Press one of the buttons.", "useful"));
        var judged = await desk.JudgeAsync(http.Caller(), id, useful == "yes", stop);
        return judged.Ok ? Results.Redirect($"/pages/{Uri.EscapeDataString(id)}#worth") : ProblemAnswers.Refuse(http, judged.Problems);
    }
}
