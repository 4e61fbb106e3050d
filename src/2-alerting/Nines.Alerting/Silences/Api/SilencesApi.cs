using Microsoft.AspNetCore.Http;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;

namespace Nines.Alerting.Silences.Api;

/// <summary>Silences over HTTP.</summary>
internal static class SilencesApi
{
    public static IReadOnlyList<Column<SilenceView>> Columns { get; } =
    [
        new("id", "Id", s => s.Id),
        new("state", "State", s => s.State),
        new("matchers", "Matchers", s => string.Join(' ', s.Matchers)),
        new("starts", "Starts", s => s.StartsAt),
        new("ends", "Ends", s => s.EndsAt),
        new("owner", "Owner", s => s.Owner),
        new("comment", "Comment", s => s.Comment),
        new("holds", "Holds back", s => s.Holds),
    ];

    public static IResult List(HttpRequest request, IHouse house, TimeProvider clock)
    {
        var state = house.State;
        return TableExport.List(request, SilenceView.All(state.Get<SilenceBook>(), state.Get<AlertBook>(), clock.Now()), Columns, "silences");
    }

    public static IResult Show(string id, IHouse house, TimeProvider clock)
    {
        var state = house.State;
        return SilenceView.All(state.Get<SilenceBook>(), state.Get<AlertBook>(), clock.Now()).FirstOrDefault(s => s.Id == id) is { } silence
            ? Results.Json(silence, HouseJson.Options)
            : Answers.Refuse(Problem.NotFound($"There is no silence {id}.", "List them with \"nines alerts silence list\"."));
    }

    public static async Task<IResult> Set(SilenceRequest asked, SilenceDesk desk, CancellationToken stop) => (await desk.SetAsync(asked, stop)).ToAnswer();

    public static async Task<IResult> End(string id, SilenceDesk desk, CancellationToken stop) => (await desk.EndAsync(id, stop)).ToAnswer();
}
