using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Measuring.Objectives.Ui;
using Nines.Paging.Schedules.Api;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Paging.Schedules.Ui;

/// <summary>The room's pages: who is on call, one schedule, one person.</summary>
internal static class OnCallPages
{
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("schedules"), Permission.Write("schedules"));
        room.Services.AddSingleton(new LoopPlace(Loop.Page, "On call", "/oncall", "user", Dock: true, Order: 20));
        room.Services.AddSingleton<OnCallDesk>();
        room.Fill<IPaletteSource, OnCallPalette>();
        room.Services.AddSingleton(new OverviewTile(typeof(OnCallNow)));
        room.Services.AddSingleton(new ServiceTile(typeof(ServiceOnCall)));
        room.Get("/oncall", read, (HttpContext http, OnCallDesk desk) => new PageResult<OnCallPage>(Of(desk.List(TableQuery.Of(http.Request)))));
        room.Get("/oncall.csv", read, (HttpContext http, OnCallDesk desk) => TableExport.Csv(desk.List(TableQuery.Of(http.Request)).Table.Rows, SchedulesApi.Columns, "oncall"));
        room.Get("/oncall.json", read, (HttpContext http, OnCallDesk desk) => TableExport.Json(desk.List(TableQuery.Of(http.Request)).Table.Rows, SchedulesApi.Columns));
        room.Get("/oncall/schedules/{schedule}", read, (HttpContext http, string schedule, OnCallDesk desk) => One(http, schedule, desk, null, []));
        room.Get("/oncall/schedules/{schedule}/shifts.csv", read, Shifts);
        // Where a schedule stood before; its name could be hidden there by a page of the same name.
        room.Get("/oncall/{schedule}", read, (HttpContext http, string schedule) => Results.Redirect(AddressOf(schedule) + http.Request.QueryString, permanent: true));
        room.Get("/oncall/people/{person}", read, (HttpContext http, string person, OnCallDesk desk) => Person(http, person, desk, null, []));
        room.Post("/oncall/people/{person}/cover", write, CoverAsync);
        room.Post("/oncall/people/{person}/feed", write, async (HttpContext http, string person, OnCallDesk pages, FeedDesk desk, TimeProvider clock, CancellationToken stop) =>
        {
            var made = await desk.SetAsync(http.Caller(), "", person, rotate: true, clock.Now(), stop);
            return made.Ok ? Person(http, person, pages, null, [], FeedAddressOf(http, made.Value)) : ProblemAnswers.Refuse(http, made.Problems);
        });
        room.Post("/oncall/schedules/{schedule}/feed", write, async (HttpContext http, string schedule, OnCallDesk pages, FeedDesk desk, TimeProvider clock, CancellationToken stop) =>
        {
            var made = await desk.SetAsync(http.Caller(), schedule, "", rotate: true, clock.Now(), stop);
            return made.Ok ? One(http, schedule, pages, null, [], FeedAddressOf(http, made.Value)) : ProblemAnswers.Refuse(http, made.Problems);
        });
        room.Post("/oncall/schedules/{schedule}/override", write, OverrideAsync);
        room.Post("/oncall/schedules/{schedule}/overrides/{id}/end", write, async (HttpContext http, string schedule, string id, ScheduleDesk desk, CancellationToken stop) =>
            Back(http, schedule, await desk.EndOverrideAsync(http.Caller(), schedule, id, stop)));
        TemporaryPages.Register(room);
        room.Post("/oncall/schedules/{schedule}/covers/{id}", write, async (HttpContext http, string schedule, string id, ScheduleDesk desk, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            return Back(http, schedule, await desk.AnswerAsync(http.Caller(), schedule, id, form["by"].ToString(), form["answer"] == "accept", stop));
        });
        room.Post("/oncall/schedules/{schedule}/covers/{id}/withdraw", write, async (HttpContext http, string schedule, string id, ScheduleDesk desk, CancellationToken stop) =>
            Back(http, schedule, await desk.WithdrawAsync(http.Caller(), schedule, id, stop)));
    }

    /// <summary>Where a schedule's page is.</summary>
    internal static string AddressOf(string schedule) => "/oncall/schedules/" + Uri.EscapeDataString(schedule);

    private static string FeedAddressOf(HttpContext http, FeedAddress made) => $"{http.Request.Scheme}://{http.Request.Host}{made.Path}";

    private static IResult Person(HttpContext http, string person, OnCallDesk desk, CoverDraft? draft, IReadOnlyList<Problem> problems, string? feed = null) => desk.Person(person, http.Request.Query, draft, problems) is { } model
        ? new PageResult<PersonOnCallPage>(Of(model with { FeedAddress = feed }), problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK)
        : ProblemAnswers.Refuse(http, Problem.NotFound($"There is no person \"{person}\".", "Find them by name."));

    private static async Task<IResult> CoverAsync(HttpContext http, string person, OnCallDesk pages, ScheduleDesk desk, CancellationToken stop)
    {
        var draft = CoverDraft.Of(await http.Request.ReadFormAsync(stop));
        if (pages.ZoneOf(draft.Schedule) is not { } zone)
            return Person(http, person, pages, draft, [Problem.NotFound($"There is no schedule \"{draft.Schedule}\".", "Choose one of the list.", "schedule")]);
        var asked = draft.Read(person, zone);
        if (!asked.Ok) return Person(http, person, pages, draft, asked.Problems);
        var done = await desk.AskAsync(http.Caller(), draft.Schedule, asked.Value, stop);
        return done.Ok ? Results.Redirect(AddressOf(draft.Schedule) + "#asked") : Person(http, person, pages, draft, done.Problems);
    }

    private static IResult One(HttpContext http, string schedule, OnCallDesk desk, OverrideDraft? draft, IReadOnlyList<Problem> problems, string? feed = null) =>
        desk.One(schedule, http.Request.Query, draft, problems) is { } model
            ? new PageResult<SchedulePage>(Of(model with { FeedAddress = feed }), problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK)
            : ProblemAnswers.Refuse(http, Problem.NotFound($"There is no schedule \"{schedule}\".", "The list has all of them."));

    private static async Task<IResult> OverrideAsync(HttpContext http, string schedule, OnCallDesk pages, ScheduleDesk desk, CancellationToken stop)
    {
        var draft = OverrideDraft.Of(await http.Request.ReadFormAsync(stop));
        if (pages.ZoneOf(schedule) is not { } zone) return One(http, schedule, pages, draft, []);
        var asked = draft.Read(zone);
        if (!asked.Ok) return One(http, schedule, pages, draft, asked.Problems);
        var set = await desk.OverrideAsync(http.Caller(), schedule, asked.Value, stop);
        return set.Ok
            ? Results.Redirect($"{AddressOf(schedule)}?day={set.Value.From.InZone(zone).Date.ToString("uuuu-MM-dd", null)}")
            : One(http, schedule, pages, draft, set.Problems);
    }

    private static IResult Shifts(HttpContext http, string schedule, OnCallDesk desk)
    {
        IReadOnlyList<Column<Shift>> columns =
        [
            new("from", "From", s => s.From), new("until", "Until", s => s.Until), new("people", "People", s => string.Join(' ', s.People)),
            new("layer", "Layer", s => s.Layer), new("reason", "Why", s => s.Reason),
        ];
        return desk.Shifts(schedule, http.Request.Query) is { } shifts
            ? TableExport.Csv(shifts, columns, schedule)
            : ProblemAnswers.Refuse(http, Problem.NotFound($"There is no schedule \"{schedule}\".", "The list has all of them."));
    }

    internal static IResult Back<T>(HttpContext http, string schedule, Outcome<T> done) =>
        done.Ok ? Results.Redirect(AddressOf(schedule)) : ProblemAnswers.Refuse(http, done.Problems);

    private static Dictionary<string, object?> Of(object model) => new() { ["Model"] = model };
}

/// <summary>Schedules in the palette.</summary>
internal sealed class OnCallPalette(OnCallSchedules schedules) : IPaletteSource
{
    public IEnumerable<PaletteEntry> Entries(HouseState state) =>
        schedules.All(state).Select(r => new PaletteEntry($"Who is on call for {r.Schedule.DisplayName}", OnCallPages.AddressOf(r.Schedule.Name), "user", "schedule", Also: r.Schedule.Name));
}
