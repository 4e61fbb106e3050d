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
        new("bounds", "Bounds", s => s.Bounds),
        new("reason", "Why it ended", s => s.EndReason),
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

    public static async Task<IResult> Set(HttpContext http, SilenceRequest asked, SilenceDesk desk, TimeProvider clock, CancellationToken stop) =>
        (await desk.SetAsync(http.Caller(), asked, clock.Now(), stop)).ToAnswer();

    public static async Task<IResult> End(HttpContext http, string id, SilenceDesk desk, CancellationToken stop) => (await desk.EndAsync(http.Caller(), id, stop)).ToAnswer();

    /// <summary><c>?matcher=service=checkout</c>, once for each matcher. Writes nothing.</summary>
    public static IResult Preview(HttpRequest request, SilenceDesk desk, TimeProvider clock) =>
        desk.Preview([.. request.Query["matcher"].OfType<string>()], clock.Now()).ToAnswer();
}
