using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Pages;

namespace Nines.Paging.Schedules.Ui;

/// <summary>The page that sets a temporary schedule, and takes one back.</summary>
internal static class TemporaryPages
{
    public static void Register(Registration room)
    {
        var write = Permission.Write("schedules");
        room.Get("/oncall/schedules/{schedule}/temporary", Permission.Read("schedules"), (HttpContext http, string schedule, OnCallDesk desk) => Show(http, schedule, desk, null, []));
        room.Post("/oncall/schedules/{schedule}/temporary", write, SetAsync);
        room.Post("/oncall/schedules/{schedule}/temporary/{id}/end", write, async (HttpContext http, string schedule, string id, ScheduleDesk desk, CancellationToken stop) =>
            OnCallPages.Back(http, schedule, await desk.EndTemporaryAsync(http.Caller(), schedule, id, stop)));
    }

    private static IResult Show(HttpContext http, string schedule, OnCallDesk desk, TemporaryDraft? draft, IReadOnlyList<Problem> problems) =>
        desk.One(schedule, http.Request.Query, null, TemporaryDraft.InForm(problems)) is { } model
            ? new PageResult<TemporaryPage>(
                new Dictionary<string, object?> { ["Model"] = model, ["Draft"] = draft ?? TemporaryDraft.For(model.Zone, model.Now) },
                problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK)
            : ProblemAnswers.Refuse(http, Problem.NotFound($"There is no schedule \"{schedule}\".", "The list has all of them."));

    private static async Task<IResult> SetAsync(HttpContext http, string schedule, OnCallDesk pages, ScheduleDesk desk, CancellationToken stop)
    {
        var draft = TemporaryDraft.Of(await http.Request.ReadFormAsync(stop));
        if (pages.ZoneOf(schedule) is not { } zone) return Show(http, schedule, pages, draft, []);
        var asked = draft.Read(zone);
        if (!asked.Ok) return Show(http, schedule, pages, draft, asked.Problems);
        var set = await desk.SetTemporaryAsync(http.Caller(), schedule, asked.Value, stop);
        return set.Ok
            ? Results.Redirect($"{OnCallPages.AddressOf(schedule)}?day={set.Value.From.InZone(zone).Date.ToString("uuuu-MM-dd", null)}")
            : Show(http, schedule, pages, draft, set.Problems);
    }
}
