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
        var found = TableRules.Apply(SilenceView.All(state.Get<SilenceBook>(), state.Get<AlertBook>(), clock.Now()), Columns, TableQuery.Of(request));
        if (found.Problems.Count > 0) return Answers.Refuse(found.Problems);
        return request.Query["format"] == "csv" ? TableExport.Csv(found.Rows, Columns, "silences") : Results.Json(found.Rows, HouseJson.Options);
    }

    public static IResult Show(string id, IHouse house, TimeProvider clock)
    {
        var state = house.State;
        return SilenceView.All(state.Get<SilenceBook>(), state.Get<AlertBook>(), clock.Now()).FirstOrDefault(s => s.Id == id) is { } silence
            ? Results.Json(silence, HouseJson.Options)
            : Answers.Refuse(Problem.NotFound($"There is no silence {id}.", "List them with \"nines alerts silence list\"."));
    }

    public static async Task<IResult> Set(SilenceRequest asked, IHouse house, CancellationToken stop)
    {
        var decided = await house.DecideAsync(Actor.Local, deciding =>
        {
            var set = SilenceRules.Set(asked, deciding.NewId(), deciding.Now);
            if (set.Ok) deciding.Write(new("silence", set.Value.Id), set.Value);
            return set;
        }, stop: stop);
        return decided.Outcome.ToAnswer();
    }

    public static async Task<IResult> End(string id, IHouse house, CancellationToken stop)
    {
        var decided = await house.DecideAsync(Actor.Local, deciding =>
        {
            var ended = SilenceRules.End(deciding.State.Get<SilenceBook>(), id, "Somebody ended it.");
            if (ended.Ok) deciding.Write(new("silence", id), ended.Value);
            return ended;
        }, stop: stop);
        return decided.Outcome.ToAnswer();
    }
}
