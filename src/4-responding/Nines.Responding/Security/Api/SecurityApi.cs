using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;

namespace Nines.Responding.Security.Api;

/// <summary>Cases over HTTP, for their circle: for everybody else there are none.</summary>
internal sealed class SecurityApi(SecurityDesk desk, SecurityReading reading, TimeProvider clock)
{
    private const int LargestFindings = 1024 * 1024;

    public static IReadOnlyList<Column<SecurityRow>> Columns { get; } =
    [
        new("name", "Case", r => r.Name),
        new("title", "Title", r => r.Title),
        new("kind", "Kind", r => r.Kind),
        new("severity", "Severity", r => r.Severity),
        new("state", "State", r => r.State),
        new("phase", "Phase", r => r.Phase),
        new("lead", "Lead", r => r.Lead),
        new("duty", "Next duty", r => r.NextDuty),
        new("due", "Due", r => r.NextDue),
        new("opened", "Opened", r => r.OpenedAt),
        new("id", "Id", r => r.Id),
    ];

    public IResult List(HttpContext http) => Quiet(http, TableExport.List(http.Request, reading.All(http.Caller(), clock.Now()), Columns, "security"));

    public async Task<IResult> ShowAsync(HttpContext http, string id, CancellationToken stop) => Answer(http, await reading.ReadAsync(http.Caller(), id, clock.Now(), stop));

    public async Task<IResult> DraftAsync(HttpContext http, string id, string duty, CancellationToken stop) => Answer(http, await reading.DraftAsync(http.Caller(), id, duty, clock.Now(), stop));

    public async Task<IResult> OpenAsync(HttpContext http, OpenRequest asked, CancellationToken stop) => After(http, await desk.OpenAsync(http.Caller(), asked, stop));

    public async Task<IResult> DoAsync(HttpContext http, string id, SecurityDeed deed, SecurityAsked? asked, CancellationToken stop) =>
        After(http, await desk.DoAsync(http.Caller(), id, deed, asked ?? new(), stop));

    public async Task<IResult> LetMyselfInAsync(HttpContext http, string id, SecurityAsked asked, CancellationToken stop) => After(http, await desk.LetMyselfInAsync(http.Caller(), id, asked, stop));

    /// <summary>Findings of other programs: one, several, or one a line.</summary>
    public async Task<IResult> ReportAsync(HttpContext http, CancellationToken stop)
    {
        var (outcome, body) = await BoundedBody.ReadAsync(http.Request.Body, LargestFindings, BodyBudget.For(http), stop);
        if (outcome != BodyOutcome.Whole) return Answers.Refuse(Problem.Invalid("The findings are larger than the 1 MiB that are taken at once.", "Send them in several calls."));
        var read = FindingBody.Read(body, clock.Now());
        if (!read.Ok) return Answers.Refuse(read.Problems);
        var taken = await desk.ReportAsync(http.Caller(), read.Value, stop);
        return taken.Ok ? Results.Json(new { taken = taken.Value }, HouseJson.Options) : Answers.Refuse(taken.Problems);
    }

    public IResult Signals() => Results.Json(reading.Signals, HouseJson.Options);

    // What a circle reads is kept by no browser and no proxy on the way.
    internal static IResult Quiet(HttpContext http, IResult result)
    {
        http.Response.Headers.CacheControl = "no-store";
        return result;
    }

    private static IResult Answer<T>(HttpContext http, Outcome<T> read) => read.Ok ? Quiet(http, Results.Json(read.Value, HouseJson.Options)) : Answers.Refuse(read.Problems);

    // Whoever let themselves out is told only that it is done.
    private IResult After(HttpContext http, Outcome<string> done) => !done.Ok ? Answers.Refuse(done.Problems)
        : reading.View(http.Caller(), done.Value, clock.Now()) is { Ok: true } view ? Quiet(http, Results.Json(view.Value, HouseJson.Options))
        : Results.NoContent();

    /// <summary>Every action with its address.</summary>
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("security"), Permission.Write("security"));
        room.Get("/api/v1/security/cases", read, (HttpContext http, SecurityApi api) => api.List(http));
        room.Get("/api/v1/security/cases/{id}", read, (HttpContext http, string id, SecurityApi api, CancellationToken stop) => api.ShowAsync(http, id, stop));
        room.Get("/api/v1/security/cases/{id}/duties/{duty}/draft", read, (HttpContext http, string id, string duty, SecurityApi api, CancellationToken stop) => api.DraftAsync(http, id, duty, stop));
        room.Get("/api/v1/security/signals", read, (SecurityApi api) => api.Signals());
        room.Post("/api/v1/security/cases", write, (HttpContext http, OpenRequest asked, SecurityApi api, CancellationToken stop) => api.OpenAsync(http, asked, stop));
        room.Post("/api/v1/security/cases/{id}/let-me-in", write, (HttpContext http, string id, SecurityAsked asked, SecurityApi api, CancellationToken stop) => api.LetMyselfInAsync(http, id, asked, stop));
        room.Post("/api/v1/security/signals", Permission.Send("security"), (HttpContext http, SecurityApi api, CancellationToken stop) => api.ReportAsync(http, stop));
        foreach (var (word, deed) in SecurityDeeds.All)
            room.Post($"/api/v1/security/cases/{{id}}/{word}", write, (HttpContext http, string id, SecurityAsked? asked, SecurityApi api, CancellationToken stop) => api.DoAsync(http, id, deed, asked, stop));
    }
}
