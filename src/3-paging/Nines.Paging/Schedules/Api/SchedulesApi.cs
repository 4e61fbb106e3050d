using Microsoft.AspNetCore.Http;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Schedules.Calendars;
using Nines.Shell;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Paging.Schedules.Api;

/// <summary>Schedules over HTTP: parse, one use case, answer.</summary>
internal static class SchedulesApi
{
    private const int MostDays = 400;
    private const int LargestText = 1024 * 1024;

    public static IReadOnlyList<Column<ScheduleSummary>> Columns { get; } =
    [
        new("name", "Schedule", s => s.Name),
        new("people", "On call", s => string.Join(' ', s.People)),
        new("until", "Until", s => s.Until),
        new("next", "Then", s => string.Join(' ', s.Next)),
        new("second", "Second", s => string.Join(' ', s.Second)),
        new("gap", "Next gap", s => s.NextGap),
        new("team", "Team", s => s.Team ?? ""),
        new("zone", "Zone", s => s.Zone),
    ];

    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("schedules"), Permission.Write("schedules"));
        room.Get("/api/v1/schedules", read, List);
        room.Get("/api/v1/schedules/{name}", read, Show);
        room.Post("/api/v1/schedules/preview", read, PreviewAsync);
        room.Post("/api/v1/schedules/{name}/overrides", write, (HttpContext http, string name, OverrideRequest asked, ScheduleDesk desk, CancellationToken stop) => Answer(desk.OverrideAsync(http.Caller(), name, asked, stop)));
        room.Route("DELETE", "/api/v1/schedules/{name}/overrides/{id}", write, (HttpContext http, string name, string id, ScheduleDesk desk, CancellationToken stop) => Answer(desk.EndOverrideAsync(http.Caller(), name, id, stop)));
        room.Post("/api/v1/schedules/{name}/overrides/ical", write, ImportAsync);
        room.Post("/api/v1/schedules/{name}/temporary", write, (HttpContext http, string name, TemporaryRequest asked, ScheduleDesk desk, CancellationToken stop) => Answer(desk.SetTemporaryAsync(http.Caller(), name, asked, stop)));
        room.Route("DELETE", "/api/v1/schedules/{name}/temporary/{id}", write, (HttpContext http, string name, string id, ScheduleDesk desk, CancellationToken stop) => Answer(desk.EndTemporaryAsync(http.Caller(), name, id, stop)));
        room.Post("/api/v1/schedules/{name}/covers", write, (HttpContext http, string name, CoverAsk asked, ScheduleDesk desk, CancellationToken stop) => Answer(desk.AskAsync(http.Caller(), name, asked, stop)));
        room.Post("/api/v1/schedules/{name}/covers/{id}/answer", write, (HttpContext http, string name, string id, CoverAnswer answer, ScheduleDesk desk, CancellationToken stop) => Answer(desk.AnswerAsync(http.Caller(), name, id, answer.By, answer.Accept, stop)));
        room.Route("DELETE", "/api/v1/schedules/{name}/covers/{id}", write, (HttpContext http, string name, string id, ScheduleDesk desk, CancellationToken stop) => Answer(desk.WithdrawAsync(http.Caller(), name, id, stop)));
    }

    /// <summary>Every schedule, by name.</summary>
    public static IReadOnlyList<ScheduleSummary> All(HouseState state, OnCallSchedules schedules, Instant now) =>
        [.. schedules.All(state).Select(r => ScheduleSummary.Of(r, r.Schedule.Secondary is { } second ? schedules.Find(state, second) : null, now)).OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>One schedule with the shifts of a time; null where there is none.</summary>
    public static ScheduleView? Find(string name, HouseState state, OnCallSchedules schedules, CompiledManifests manifests, IPersonKeys keys, TimeRange range, Instant now) =>
        schedules.Find(state, name) is { } rota
            ? ScheduleView.Of(rota, state.Get<ScheduleBook>(), manifests.Catalog(state), (person, note) => PersonSeal.Open(keys.Find(person), note), range, now)
            : null;

    private static IResult List(HttpRequest request, IHouse house, OnCallSchedules schedules, TimeProvider clock) =>
        TableExport.List(request, All(house.State, schedules, clock.Now()), Columns, "schedules");

    /// <summary><c>?from=</c> and <c>?to=</c>; a week from now where they are left out.</summary>
    private static IResult Show(string name, HttpRequest request, IHouse house, OnCallSchedules schedules, CompiledManifests manifests, IPersonKeys keys, TimeProvider clock)
    {
        var now = clock.Now();
        var from = OnCallApi.TimeOf(request.Query["from"].ToString(), now, "from");
        if (!from.Ok) return Answers.Refuse(from.Problems);
        var to = OnCallApi.TimeOf(request.Query["to"].ToString(), from.Value + Duration.FromDays(7), "to");
        if (!to.Ok) return Answers.Refuse(to.Problems);
        if (to.Value <= from.Value || to.Value - from.Value > Duration.FromDays(MostDays))
            return Answers.Refuse(Problem.Invalid($"The time must be above zero and at most {MostDays} days long.", "Give another to.", "to"));
        var state = house.State;
        return Find(name, state, schedules, manifests, keys, new(from.Value, to.Value), now) is { } view
            ? Results.Json(view, HouseJson.Options)
            : Answers.Refuse(Problem.NotFound($"There is no schedule \"{name}\".", manifests.For(state).DidYouMean<Schedule>(name) + "List them with \"nines get Schedule\".", "schedule"));
    }

    /// <summary>The body is manifests; <c>?days=</c> says how far to look.</summary>
    private static async Task<IResult> PreviewAsync(HttpRequest request, int? days, IHouse house, CompiledManifests manifests, TimeProvider clock)
    {
        if (days is < 1 or > MostDays) return Answers.Refuse(Problem.Invalid($"{days} days are too few or too many.", $"Write 1 to {MostDays}.", "days"));
        var (outcome, body) = await BoundedBody.ReadAsync(request.Body, LargestText, BodyBudget.For(request.HttpContext), request.HttpContext.RequestAborted);
        if (outcome == BodyOutcome.Full) return Answers.Refuse(new Problem(ProblemKind.Unavailable, BodyLease.Full));
        if (outcome == BodyOutcome.TooLarge) return Answers.Refuse(Problem.Invalid($"The body has more than {LargestText} bytes.", "Preview fewer schedules at once."));
        var text = ManifestFiles.Decode(body, null);
        if (!text.Ok) return Answers.Refuse(text.Problems);
        var problems = new ProblemList();
        var documents = ManifestParser.Parse(text.Value, null, problems);
        if (problems.HasErrors) return Answers.Refuse(problems.Problems);
        var state = house.State;
        return SchedulePreview.Of(
            manifests.For(state), state.Get<ScheduleBook>(), [.. documents.Select(d => manifests.Kinds.Compile(d))], clock.Now(), Duration.FromDays(days ?? 90)).ToAnswer();
    }

    /// <summary>The body is a calendar; each event ahead becomes an override.</summary>
    private static async Task<IResult> ImportAsync(HttpContext http, string name, int? days, ScheduleDesk desk)
    {
        if (days is < 1 or > MostDays) return Answers.Refuse(Problem.Invalid($"{days} days are too few or too many.", $"Write 1 to {MostDays}.", "days"));
        var (outcome, body) = await BoundedBody.ReadAsync(http.Request.Body, LargestText, BodyBudget.For(http), http.RequestAborted);
        if (outcome == BodyOutcome.Full) return Answers.Refuse(new Problem(ProblemKind.Unavailable, BodyLease.Full));
        if (outcome == BodyOutcome.TooLarge) return Answers.Refuse(Problem.Invalid($"The calendar has more than {LargestText} bytes.", "Export a shorter time."));
        return await Answer(desk.ImportAsync(http.Caller(), name, IcsReader.Read(System.Text.Encoding.UTF8.GetString(body)), Duration.FromDays(days ?? 90), http.RequestAborted));
    }

    private static async Task<IResult> Answer<T>(Task<Outcome<T>> asked) => (await asked).ToAnswer();

    internal sealed record CoverAnswer(string By, bool Accept = true);
}
