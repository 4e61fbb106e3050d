using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;

namespace Nines.Responding.Runbooks.Api;

/// <summary>Runbooks and runs over HTTP: whoever changes a run is answered how it stands then.</summary>
internal sealed class RunbooksApi(RunbookDesk desk, RunbookReading runbooks, TimeProvider clock)
{
    public static IReadOnlyList<Column<RunbookView>> Columns { get; } =
    [
        new("name", "Name", r => r.Name),
        new("title", "Title", r => r.Title),
        new("alert", "Alerts", r => string.Join(' ', r.AlertNames)),
        new("service", "Services", r => string.Join(' ', r.Services)),
        new("owner", "Owner", r => r.Owner),
        new("freshness", "Freshness", r => r.Freshness),
        new("reviewed", "Reviewed", r => r.ReviewedAt),
        new("uses", "Uses", r => r.Uses),
        new("success", "Success", r => r.Success),
        new("used", "Last used", r => r.LastUsedAt),
    ];

    public static IReadOnlyList<Column<RunView>> RunColumns { get; } =
    [
        new("name", "Run", r => r.Name),
        new("state", "State", r => r.State),
        new("runbook", "Runbook", r => r.Runbook),
        new("title", "Title", r => r.Title),
        new("incident", "Incident", r => r.IncidentName),
        new("by", "By", r => r.By),
        new("started", "Began", r => r.StartedAt),
        new("ended", "Ended", r => r.EndedAt),
        new("id", "Id", r => r.Id),
    ];

    private static readonly IReadOnlyList<Column<RunbookGap>> GapColumns =
        [new("alert", "Alert", g => g.Alert), new("service", "Service", g => g.Service), new("pages", "Pages in 30 d", g => g.Pages), new("last", "Last", g => g.LastAt)];

    public IResult List(HttpRequest request) => TableExport.List(request, runbooks.All(clock.Now()), Columns, "runbooks");

    public IResult Missing(HttpRequest request) => TableExport.List(request, runbooks.Missing(clock.Now()), GapColumns, "runbooks-missing");

    public IResult Show(string name) => runbooks.Find(name, clock.Now()) is { } runbook ? Results.Json(runbook, HouseJson.Options) : Answers.Refuse(Problem.NotFound($"There is no runbook \"{name}\".", "List them with \"nines runbook list\"."));

    public IResult Draft(string? from, string? alert)
    {
        var draft = runbooks.Draft(from ?? "", alert ?? "", clock.Now());
        return draft.Ok ? Results.Text(draft.Value, "application/yaml") : Answers.Refuse(draft.Problems);
    }

    public IResult Runs(HttpRequest request) => TableExport.List(request, runbooks.Runs(), RunColumns, "runs");

    public IResult Run(string id) => runbooks.Run(id) is { } run ? Results.Json(run, HouseJson.Options) : Answers.Refuse(Problem.NotFound($"There is no run {id}.", "List them with \"nines runbook runs\"."));

    public async Task<IResult> ReviewedAsync(HttpContext http, string name, Asked? asked, CancellationToken stop)
    {
        var reviewed = await desk.ReviewedAsync(http.Caller(), name, asked?.By ?? "", stop);
        return reviewed.Ok ? Results.Json(runbooks.Find(name, clock.Now()), HouseJson.Options) : Answers.Refuse(reviewed.Problems);
    }

    public async Task<IResult> StartAsync(HttpContext http, Asked asked, CancellationToken stop) =>
        Answer(await desk.StartAsync(http.Caller(), new(asked.Runbook, asked.Incident, asked.Alert, asked.Page, asked.Labels), asked.By, stop));

    public async Task<IResult> RecordAsync(HttpContext http, string id, Asked asked, CancellationToken stop) =>
        Answer(await desk.RecordAsync(http.Caller(), id, new(asked.Step, asked.Outcome, asked.Observed), asked.By, stop));

    public async Task<IResult> ApproveAsync(HttpContext http, string id, Asked? asked, CancellationToken stop) => Answer(await desk.ApproveAsync(http.Caller(), id, asked?.Step ?? "", asked?.By ?? "", stop));

    public async Task<IResult> ChooseAsync(HttpContext http, string id, Asked asked, CancellationToken stop) => Answer(await desk.ChooseAsync(http.Caller(), id, asked.Option, asked.By, stop));

    public async Task<IResult> FinishAsync(HttpContext http, string id, Asked asked, CancellationToken stop) => Answer(await desk.FinishAsync(http.Caller(), id, asked.Helped, asked.Note, asked.By, stop));

    public async Task<IResult> AbandonAsync(HttpContext http, string id, Asked asked, CancellationToken stop) => Answer(await desk.AbandonAsync(http.Caller(), id, asked.Reason, asked.By, stop));

    private IResult Answer(Outcome<string> done) => done.Ok ? Results.Json(runbooks.Run(done.Value), HouseJson.Options) : Answers.Refuse(done.Problems);

    /// <summary>What is asked of a run; each action reads what it needs.</summary>
    /// <param name="By">Handle of the person for whom it is done; whoever signed in acts as themselves.</param>
    /// <param name="Runbook">The runbook.</param>
    /// <param name="Incident">The incident.</param>
    /// <param name="Alert">The alert.</param>
    /// <param name="Page">The page.</param>
    /// <param name="Labels">Values that its actions need.</param>
    /// <param name="Step">The step's key; empty for the current one.</param>
    /// <param name="Outcome">What came of it.</param>
    /// <param name="Observed">What was seen.</param>
    /// <param name="Option">The option.</param>
    /// <param name="Helped">Whether it helped.</param>
    /// <param name="Note">What whoever ended it says.</param>
    /// <param name="Reason">Why it is given up.</param>
    internal sealed record Asked(
        string By = "", string Runbook = "", string Incident = "", string Alert = "", string Page = "", Dictionary<string, string>? Labels = null,
        string Step = "", string Outcome = "", string Observed = "", string Option = "", bool? Helped = null, string Note = "", string Reason = "");

    /// <summary>Every action with its address. To let Nines do something is a right of its own.</summary>
    public static void Register(Registration room)
    {
        var (read, write, approve) = (Permission.Read("runbooks"), Permission.Write("runbooks"), Permission.Write("runner"));
        room.Get("/api/v1/runbooks", read, (HttpRequest request, RunbooksApi api) => api.List(request));
        room.Get("/api/v1/runbooks/missing", read, (HttpRequest request, RunbooksApi api) => api.Missing(request));
        room.Get("/api/v1/runbooks/draft", read, (string? from, string? alert, RunbooksApi api) => api.Draft(from, alert));
        room.Get("/api/v1/runbooks/{name}", read, (string name, RunbooksApi api) => api.Show(name));
        room.Post("/api/v1/runbooks/{name}/reviewed", write, (HttpContext http, string name, Asked? asked, RunbooksApi api, CancellationToken stop) => api.ReviewedAsync(http, name, asked, stop));
        room.Get("/api/v1/runs", read, (HttpRequest request, RunbooksApi api) => api.Runs(request));
        room.Get("/api/v1/runs/{id}", read, (string id, RunbooksApi api) => api.Run(id));
        room.Post("/api/v1/runs", write, (HttpContext http, Asked asked, RunbooksApi api, CancellationToken stop) => api.StartAsync(http, asked, stop));
        room.Post("/api/v1/runs/{id}/steps", write, (HttpContext http, string id, Asked asked, RunbooksApi api, CancellationToken stop) => api.RecordAsync(http, id, asked, stop));
        room.Post("/api/v1/runs/{id}/approve", approve, (HttpContext http, string id, Asked? asked, RunbooksApi api, CancellationToken stop) => api.ApproveAsync(http, id, asked, stop));
        room.Post("/api/v1/runs/{id}/choose", write, (HttpContext http, string id, Asked asked, RunbooksApi api, CancellationToken stop) => api.ChooseAsync(http, id, asked, stop));
        room.Post("/api/v1/runs/{id}/finish", write, (HttpContext http, string id, Asked asked, RunbooksApi api, CancellationToken stop) => api.FinishAsync(http, id, asked, stop));
        room.Post("/api/v1/runs/{id}/abandon", write, (HttpContext http, string id, Asked asked, RunbooksApi api, CancellationToken stop) => api.AbandonAsync(http, id, asked, stop));
    }
}
