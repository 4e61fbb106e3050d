using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;

namespace Nines.Learning.Actions.Api;

/// <summary>Actions over HTTP: whoever changes one is answered how it stands then.</summary>
internal sealed class ActionsApi(ActionDesk desk, ActionReading actions, TimeProvider clock)
{
    public static IReadOnlyList<Column<ActionView>> Columns { get; } =
    [
        new("name", "Action", a => a.Name),
        new("state", "State", a => a.State),
        new("overdue", "Overdue", a => a.Overdue ? "overdue" : ""),
        new("priority", "Priority", a => a.Priority),
        new("type", "Type", a => a.Type),
        new("title", "Title", a => a.Title),
        new("owner", "Owner", a => a.Owner),
        new("team", "Team", a => a.Team),
        new("service", "Service", a => a.Service),
        new("incident", "Incident", a => a.Incident),
        new("deadline", "Deadline", a => a.Deadline),
        new("added", "Added", a => a.AddedAt),
        new("ended", "Ended", a => a.EndedAt),
        new("evidence", "Evidence", a => a.Evidence),
        new("check", "Check", a => a.Check),
        new("ticket", "Ticket", a => a.Link.Length > 0 ? a.Link : string.Join(' ', a.Tracked.Select(t => t.Url.Length > 0 ? t.Url : t.Key))),
        new("id", "Id", a => a.Id),
    ];

    /// <summary><c>?q=</c> and <c>?sort=</c> as in every table, <c>?format=csv</c> for a file.</summary>
    public IResult List(HttpRequest request) => TableExport.List(request, actions.All(clock.Now()), Columns, "actions");

    public IResult Show(string id) => actions.Find(id, clock.Now()) is { } action ? Results.Json(action, HouseJson.Options) : Answers.Refuse(Problem.NotFound($"There is no action {id}.", "List them with \"nines action list\"."));

    public async Task<IResult> AddAsync(HttpContext http, Added asked, CancellationToken stop) => Answer(await desk.AddAsync(http.Caller(), asked.Request, asked.By, stop));

    public async Task<IResult> TakeAsync(HttpContext http, string id, Asked? asked, CancellationToken stop) => Answer(await desk.TakeAsync(http.Caller(), id, asked?.Owner ?? "me", asked?.By ?? "", stop));

    public async Task<IResult> StartAsync(HttpContext http, string id, Asked? asked, CancellationToken stop) => Answer(await desk.StartAsync(http.Caller(), id, asked?.By ?? "", stop));

    public async Task<IResult> DoneAsync(HttpContext http, string id, Asked asked, CancellationToken stop) => Answer(await desk.FinishAsync(http.Caller(), id, asked.Evidence, asked.By, stop));

    public async Task<IResult> DropAsync(HttpContext http, string id, Asked asked, CancellationToken stop) => Answer(await desk.DropAsync(http.Caller(), id, asked.Reason, asked.By, stop));

    public async Task<IResult> ReopenAsync(HttpContext http, string id, Asked asked, CancellationToken stop) => Answer(await desk.ReopenAsync(http.Caller(), id, asked.Reason, asked.By, stop));

    public async Task<IResult> DueAsync(HttpContext http, string id, Asked asked, CancellationToken stop) => Answer(await desk.MoveAsync(http.Caller(), id, asked.Deadline, asked.Reason, asked.By, stop));

    public async Task<IResult> CheckAsync(HttpContext http, string id, Asked asked, CancellationToken stop) => Answer(await desk.CheckAsync(http.Caller(), id, asked.Check, asked.By, stop));

    public async Task<IResult> TrackAsync(HttpContext http, string id, Asked asked, CancellationToken stop) => Answer(await desk.TrackAsync(http.Caller(), id, asked.Tracker, stop));

    private IResult Answer(Outcome<string> done) => done.Ok ? Results.Json(actions.Find(done.Value, clock.Now()), HouseJson.Options) : Answers.Refuse(done.Problems);

    /// <summary>An action that is written down, and for whom.</summary>
    internal sealed record Added(
        string Title = "", string Type = "", string Priority = "", string Owner = "", string Incident = "", string Service = "", string Deadline = "", string Link = "", string Check = "", string By = "")
    {
        public ActionRequest Request => new(Title, Type, Priority, Owner, Incident, Service, Deadline, Link, Check);
    }

    /// <summary>What is asked of an action; each step reads what it needs.</summary>
    /// <param name="By">Handle of the person for whom it is done; whoever signed in acts as themselves.</param>
    /// <param name="Owner">Handle of whoever gets it; <c>me</c> for whoever asks, empty for nobody.</param>
    /// <param name="Evidence">What proves that it is done.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Deadline">The last day on which it may be done.</param>
    /// <param name="Check">What Nines looks at by itself; empty for nothing.</param>
    /// <param name="Tracker">Name of the tracker.</param>
    internal sealed record Asked(string By = "", string Owner = "me", string Evidence = "", string Reason = "", string Deadline = "", string Check = "", string Tracker = "");

    /// <summary>Every step with its address.</summary>
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("actions"), Permission.Write("actions"));
        room.Get("/api/v1/actions", read, (HttpRequest request, ActionsApi api) => api.List(request));
        room.Get("/api/v1/actions/{id}", read, (string id, ActionsApi api) => api.Show(id));
        room.Post("/api/v1/actions", write, (HttpContext http, Added asked, ActionsApi api, CancellationToken stop) => api.AddAsync(http, asked, stop));
        room.Post("/api/v1/actions/{id}/take", write, (HttpContext http, string id, Asked? asked, ActionsApi api, CancellationToken stop) => api.TakeAsync(http, id, asked, stop));
        room.Post("/api/v1/actions/{id}/start", write, (HttpContext http, string id, Asked? asked, ActionsApi api, CancellationToken stop) => api.StartAsync(http, id, asked, stop));
        room.Post("/api/v1/actions/{id}/done", write, (HttpContext http, string id, Asked asked, ActionsApi api, CancellationToken stop) => api.DoneAsync(http, id, asked, stop));
        room.Post("/api/v1/actions/{id}/drop", write, (HttpContext http, string id, Asked asked, ActionsApi api, CancellationToken stop) => api.DropAsync(http, id, asked, stop));
        room.Post("/api/v1/actions/{id}/reopen", write, (HttpContext http, string id, Asked asked, ActionsApi api, CancellationToken stop) => api.ReopenAsync(http, id, asked, stop));
        room.Post("/api/v1/actions/{id}/due", write, (HttpContext http, string id, Asked asked, ActionsApi api, CancellationToken stop) => api.DueAsync(http, id, asked, stop));
        room.Post("/api/v1/actions/{id}/check", write, (HttpContext http, string id, Asked asked, ActionsApi api, CancellationToken stop) => api.CheckAsync(http, id, asked, stop));
        room.Post("/api/v1/actions/{id}/tracker", write, (HttpContext http, string id, Asked asked, ActionsApi api, CancellationToken stop) => api.TrackAsync(http, id, asked, stop));
    }
}
