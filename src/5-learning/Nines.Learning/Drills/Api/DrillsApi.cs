using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Learning.Actions;
using Nines.Shell;
using Nines.Shell.Components;

namespace Nines.Learning.Drills.Api;

/// <summary>Drills over HTTP: whoever changes one is answered how it stands then, as far as they may see it.</summary>
internal sealed class DrillsApi(DrillDesk desk, DrillReading drills, TimeProvider clock)
{
    public static IReadOnlyList<Column<DrillView>> Columns { get; } =
    [
        new("name", "Drill", d => d.Name),
        new("title", "Title", d => d.Title),
        new("service", "Service", d => d.Service),
        new("kind", "Kind", d => d.Kind),
        new("gameday", "Game day", d => d.GameDay ? "game day" : ""),
        new("runs", "Runs", d => (double)d.Runs),
        new("last", "Last", d => d.LastAt),
        new("average", "Average", d => d.Average),
    ];

    public static IReadOnlyList<Column<RunView>> RunColumns { get; } =
    [
        new("name", "Run", r => r.Name),
        new("drill", "Drill", r => r.Drill),
        new("title", "Title", r => r.Title),
        new("service", "Service", r => r.Service),
        new("state", "State", r => r.State),
        new("started", "Started", r => r.StartedAt),
        new("ended", "Ended", r => r.EndedAt),
        new("leader", "Leader", r => r.Leader),
        new("people", "People", r => string.Join(' ', r.People.Skip(1).Select(p => p.Person))),
        new("score", "Score", r => (double?)r.Score),
        new("incident", "Incident", r => r.IncidentName),
        new("id", "Id", r => r.Id),
    ];

    public static IReadOnlyList<Column<TrainingView>> RecordColumns { get; } =
    [
        new("person", "Person", t => t.Person),
        new("state", "State", t => t.State),
        new("drills", "Drills", t => (double)t.Drills),
        new("led", "Led", t => (double)t.Led),
        new("last", "Last", t => t.LastAt),
        new("due", "Due", t => t.DueAt),
        new("average", "Average", t => t.Average),
    ];

    public IResult Show(string name) => drills.Find(name) is { } drill ? Results.Json(drill, HouseJson.Options) : Answers.Refuse(Problem.NotFound($"There is no drill \"{name}\".", "List them with \"nines drill list\"."));

    public IResult Run(HttpContext http, string id) => drills.Run(id, http.Caller(), KeyOf(http), clock.Now()) is { } run
        ? Results.Json(run, HouseJson.Options) : Answers.Refuse(Problem.NotFound($"There is no run {id}.", "List them with \"nines drill runs\"."));

    public IResult Record(HttpRequest request) => TableExport.List(request, drills.Record(clock.Now()), RecordColumns, "training");

    public IResult Draft(string incident) => drills.Draft(incident) is { Ok: true } draft ? Results.Json(new Drafted(draft.Value), HouseJson.Options) : Answers.Refuse(drills.Draft(incident).Problems);

    public async Task<IResult> StartAsync(HttpContext http, string name, Started asked, CancellationToken stop)
    {
        var started = await desk.StartAsync(http.Caller(), name, asked.Request, asked.By, stop);
        if (!started.Ok) return Answers.Refuse(started.Problems);
        var key = await drills.KeyAsync(started.Value, http.Caller(), clock.Now(), stop);
        return Results.Json(new StartedRun(drills.Run(started.Value, http.Caller(), key, clock.Now())!, key ?? ""), HouseJson.Options);
    }

    public async Task<IResult> SpinAsync(HttpContext http, Spun? asked, CancellationToken stop)
    {
        var spun = await desk.SpinAsync(http.Caller(), asked?.Person ?? "", asked?.By ?? "", stop);
        return spun.Ok ? Results.Json(new Chosen(drills.Find(spun.Value.Chosen)!, spun.Value.OnTheWheel), HouseJson.Options) : Answers.Refuse(spun.Problems);
    }

    private IResult Answer(HttpContext http, Outcome<string> done) =>
        done.Ok ? Results.Json(drills.Run(done.Value, http.Caller(), KeyOf(http), clock.Now()), HouseJson.Options) : Answers.Refuse(done.Problems);

    private static string KeyOf(HttpContext http) => http.Request.Query["key"].ToString();

    /// <summary>How a drill is started.</summary>
    /// <param name="Leader">Who leads; empty for whoever asks.</param>
    /// <param name="OnCall">Who is called.</param>
    /// <param name="With">Who else takes part.</param>
    /// <param name="Speed">How many minutes of the story pass in one; null for the drill's own.</param>
    /// <param name="By">For whom it is done.</param>
    internal sealed record Started(string Leader = "", IReadOnlyList<string>? OnCall = null, IReadOnlyList<string>? With = null, double? Speed = null, string By = "")
    {
        public StartRequest Request => new(Leader, OnCall, With, Speed);
    }

    /// <summary>A run that began, and the key with which its leader sees what comes.</summary>
    internal sealed record StartedRun(RunView Run, string Key);

    /// <summary>For whom the wheel is spun.</summary>
    internal sealed record Spun(string Person = "", string By = "");

    /// <summary>What the wheel chose, and what stood on it.</summary>
    internal sealed record Chosen(DrillView Drill, IReadOnlyList<string> OnTheWheel);

    /// <summary>A drill as a manifest.</summary>
    internal sealed record Drafted(string Manifest);

    /// <summary>What is asked of a run; each step reads what it needs.</summary>
    /// <param name="By">Handle of the person for whom it is done; whoever signed in acts as themselves.</param>
    /// <param name="Inject">Key of the alert or the question; empty for the only one.</param>
    /// <param name="Text">What is said or answered.</param>
    /// <param name="Item">Key of the checklist's item.</param>
    /// <param name="Done">True where it is done.</param>
    /// <param name="CalledOff">Why it is broken off; empty where it is over and scored.</param>
    /// <param name="WentWell">What went well.</param>
    /// <param name="ToLearn">What is to be learnt.</param>
    internal sealed record Asked(string By = "", string Inject = "", string Text = "", string Item = "", bool Done = true, string CalledOff = "", string WentWell = "", string ToLearn = "");

    /// <summary>An action that follows.</summary>
    internal sealed record Acted(string Title = "", string Type = "", string Priority = "", string Owner = "", string Deadline = "", string By = "");

    /// <summary>Every step with its address.</summary>
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("drills"), Permission.Write("drills"));
        room.Get("/api/v1/drills", read, (HttpRequest request, DrillReading drills) => TableExport.List(request, drills.All(), Columns, "drills"));
        room.Get("/api/v1/drills/record", read, (HttpRequest request, DrillsApi api) => api.Record(request));
        room.Get("/api/v1/drills/runs", read, (HttpRequest request, DrillReading drills) => TableExport.List(request, drills.Runs(), RunColumns, "drill-runs"));
        room.Get("/api/v1/drills/runs/{id}", read, (HttpContext http, string id, DrillsApi api) => api.Run(http, id));
        room.Get("/api/v1/drills/draft/{incident}", write, (string incident, DrillsApi api) => api.Draft(incident));
        room.Get("/api/v1/drills/{name}", read, (string name, DrillsApi api) => api.Show(name));
        room.Post("/api/v1/drills/spin", write, (HttpContext http, Spun? asked, DrillsApi api, CancellationToken stop) => api.SpinAsync(http, asked, stop));
        room.Post("/api/v1/drills/{name}/runs", write, (HttpContext http, string name, Started asked, DrillsApi api, CancellationToken stop) => api.StartAsync(http, name, asked, stop));
        Step("next", (actor, id, asked, desk, stop) => desk.NextAsync(actor, id, asked.By, stop));
        Step("say", (actor, id, asked, desk, stop) => desk.SayAsync(actor, id, asked.Text, asked.By, stop));
        Step("acknowledge", (actor, id, asked, desk, stop) => desk.AcknowledgeAsync(actor, id, asked.Inject, asked.By, stop));
        Step("answer", (actor, id, asked, desk, stop) => desk.AnswerAsync(actor, id, asked.Inject, asked.Text, asked.By, stop));
        Step("check", (actor, id, asked, desk, stop) => desk.CheckAsync(actor, id, new Dictionary<string, bool> { [asked.Item] = asked.Done }, asked.By, stop));
        Step("end", (actor, id, asked, desk, stop) => desk.EndAsync(actor, id, asked.CalledOff, asked.By, stop));
        Step("debrief", (actor, id, asked, desk, stop) => desk.DebriefAsync(actor, id, asked.WentWell, asked.ToLearn, asked.By, stop));
        room.Post("/api/v1/drills/runs/{id}/actions", write, async (HttpContext http, string id, Acted asked, DrillDesk desk, DrillsApi api, CancellationToken stop) =>
            api.Answer(http, await desk.ActAsync(http.Caller(), id, new ActionRequest(asked.Title, asked.Type, asked.Priority, asked.Owner, Deadline: asked.Deadline), asked.By, stop)));

        void Step(string step, Func<Actor, string, Asked, DrillDesk, CancellationToken, Task<Outcome<string>>> act) =>
            room.Post($"/api/v1/drills/runs/{{id}}/{step}", write, async (HttpContext http, string id, Asked? asked, DrillDesk desk, DrillsApi api, CancellationToken stop) =>
                api.Answer(http, await act(http.Caller(), id, asked ?? new(), desk, stop)));
    }
}
