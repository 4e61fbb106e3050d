using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Responding.Incidents.Api;

/// <summary>Incidents over HTTP: whoever changes one is answered how it stands then.</summary>
internal sealed class IncidentsApi(IncidentDesk desk, IncidentReading incidents, TimeProvider clock)
{
    public static IReadOnlyList<Column<IncidentView>> Columns { get; } =
    [
        new("name", "Incident", i => i.Name),
        new("state", "State", i => i.State),
        new("severity", "Severity", i => i.Severity),
        new("title", "Title", i => i.Title),
        new("service", "Service", i => string.Join(' ', i.Services)),
        new("commander", "Commander", i => i.Who(IncidentRole.Commander)),
        new("declared", "Declared", i => i.Clocks.Declared),
        new("resolved", "Resolved", i => i.Clocks.Resolved),
        new("drill", "Drill", i => i.Drill ? "drill" : ""),
        new("id", "Id", i => i.Id),
    ];

    /// <summary><c>?q=</c> and <c>?sort=</c> as in every table, <c>?format=csv</c> for a file.</summary>
    public IResult List(HttpRequest request) => TableExport.List(request, incidents.All(clock.Now()), Columns, "incidents");

    public async Task<IResult> ShowAsync(string id, CancellationToken stop) => await incidents.FindAsync(id, clock.Now(), stop) is { } incident
        ? Results.Json(incident, HouseJson.Options)
        : Answers.Refuse(Problem.NotFound($"There is no incident {id}.", "List them with \"nines incident list\"."));

    public async Task<IResult> DeclareAsync(HttpContext http, Declared asked, CancellationToken stop) =>
        Answer(await desk.DeclareAsync(http.Caller(), asked.Request, asked.By, stop));

    public Task<IResult> SeverityAsync(HttpContext http, string id, Asked asked, CancellationToken stop) =>
        AnswerAsync(desk.SeverityAsync(http.Caller(), id, asked.Severity, asked.Reason, asked.By, stop));

    public Task<IResult> TakeAsync(HttpContext http, string id, string role, Asked? asked, CancellationToken stop) => RoleOf(role) is { Ok: true } found
        ? AnswerAsync(desk.TakeAsync(http.Caller(), id, found.Value, asked?.Person ?? "", asked?.By ?? "", stop))
        : Task.FromResult(Answers.Refuse(RoleOf(role).Problems));

    public Task<IResult> LeaveAsync(HttpContext http, string id, string role, Asked? asked, CancellationToken stop) => RoleOf(role) is { Ok: true } found
        ? AnswerAsync(desk.LeaveAsync(http.Caller(), id, found.Value, asked?.Person ?? "", asked?.By ?? "", stop))
        : Task.FromResult(Answers.Refuse(RoleOf(role).Problems));

    public Task<IResult> NoteAsync(HttpContext http, string id, Asked asked, CancellationToken stop) =>
        AnswerAsync(desk.NoteAsync(http.Caller(), id, new(asked.Text, asked.Decision, asked.At, asked.Corrects), asked.By, stop));

    public Task<IResult> CheckAsync(HttpContext http, string id, Asked asked, CancellationToken stop) =>
        AnswerAsync(desk.CheckAsync(http.Caller(), id, asked.Item, asked.Done, asked.By, stop));

    public Task<IResult> CheckInAsync(HttpContext http, string id, Asked asked, CancellationToken stop) =>
        AnswerAsync(desk.CheckInAsync(http.Caller(), id, asked.Text, asked.By, stop));

    public Task<IResult> MitigateAsync(HttpContext http, string id, Asked asked, CancellationToken stop) =>
        AnswerAsync(desk.MitigateAsync(http.Caller(), id, asked.Text, asked.By, stop));

    public Task<IResult> MitigatedAsync(HttpContext http, string id, Asked asked, CancellationToken stop) =>
        AnswerAsync(desk.MitigatedAsync(http.Caller(), id, asked.Text, asked.By, stop));

    public Task<IResult> ResolveAsync(HttpContext http, string id, Asked asked, CancellationToken stop) =>
        AnswerAsync(desk.ResolveAsync(http.Caller(), id, new(asked.Cause, asked.Override), asked.By, stop));

    public Task<IResult> ReopenAsync(HttpContext http, string id, Asked asked, CancellationToken stop) =>
        AnswerAsync(desk.ReopenAsync(http.Caller(), id, asked.Reason, asked.By, stop));

    public Task<IResult> MergeAsync(HttpContext http, string id, Asked asked, CancellationToken stop) =>
        AnswerAsync(desk.MergeAsync(http.Caller(), id, asked.Into, asked.By, stop));

    public Task<IResult> SplitAsync(HttpContext http, string id, Asked asked, CancellationToken stop) =>
        AnswerAsync(desk.SplitAsync(http.Caller(), id, new(asked.Title, asked.Services, asked.Pages), asked.By, stop));

    public Task<IResult> RelateAsync(HttpContext http, string id, Asked asked, CancellationToken stop) =>
        AnswerAsync(desk.RelateAsync(http.Caller(), id, asked.Other, asked.Reason, asked.By, stop));

    public Task<IResult> TriggerAsync(HttpContext http, string id, Asked asked, CancellationToken stop) =>
        AnswerAsync(desk.TriggerAsync(http.Caller(), id, asked.Trigger, asked.Reason, asked.By, stop));

    /// <summary>The role of that name, or which ones there are.</summary>
    public static Outcome<IncidentRole> RoleOf(string name) => !int.TryParse(name, out _) && Enum.TryParse<IncidentRole>(name, ignoreCase: true, out var role)
        ? role
        : Problem.Invalid($"There is no role \"{name}\".", $"Write one of {string.Join(", ", Enum.GetNames<IncidentRole>().Select(n => n.ToLowerInvariant()))}.", "role");

    private async Task<IResult> AnswerAsync(Task<Outcome<string>> done) => Answer(await done);

    private IResult Answer(Outcome<string> done) => done.Ok ? Results.Json(incidents.Find(done.Value, clock.Now()), HouseJson.Options) : Answers.Refuse(done.Problems);

    /// <summary>A declaration, and for whom it is made.</summary>
    internal sealed record Declared(
        string Title = "", string Severity = "", string Function = "", string Users = "", IReadOnlyList<string>? Triggers = null, IReadOnlyList<string>? Services = null,
        string Page = "", string Alert = "", bool Drill = false, string By = "")
    {
        public DeclareRequest Request => new(Title, Severity, Function, Users, Triggers, Services, Page, Alert, Drill);
    }

    /// <summary>What is asked of an incident; each action reads what it needs.</summary>
    /// <param name="By">Handle of the person for whom it is done; whoever signed in acts as themselves.</param>
    /// <param name="Severity">How bad it is.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Person">Handle of whoever gets, or gives back, the role; empty for whoever asks.</param>
    /// <param name="Text">What is written down.</param>
    /// <param name="Decision">True for a decision.</param>
    /// <param name="At">When it happened.</param>
    /// <param name="Corrects">The line that it corrects.</param>
    /// <param name="Item">The item of the checklist.</param>
    /// <param name="Done">True where it is done.</param>
    /// <param name="Cause">What it was.</param>
    /// <param name="Override">Why it is over although the indicators do not say so.</param>
    /// <param name="Into">The incident that it becomes part of.</param>
    /// <param name="Other">The incident that it has to do with.</param>
    /// <param name="Trigger">What is known that raises it by itself.</param>
    /// <param name="Title">What is wrong with the part that is split off.</param>
    /// <param name="Services">Services that go with that part.</param>
    /// <param name="Pages">Pages that go with it.</param>
    internal sealed record Asked(
        string By = "", string Severity = "", string Reason = "", string Person = "", string Text = "", bool Decision = false, Instant? At = null, string Corrects = "",
        string Item = "", bool Done = true, string Cause = "", string Override = "", string Into = "",
        string Other = "", string Trigger = "", string Title = "", IReadOnlyList<string>? Services = null, IReadOnlyList<string>? Pages = null);

    /// <summary>Every action with its address.</summary>
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("incidents"), Permission.Write("incidents"));
        room.Get("/api/v1/incidents", read, (HttpRequest request, IncidentsApi api) => api.List(request));
        room.Get("/api/v1/incidents/{id}", read, (string id, IncidentsApi api, CancellationToken stop) => api.ShowAsync(id, stop));
        room.Post("/api/v1/incidents", write, (HttpContext http, Declared asked, IncidentsApi api, CancellationToken stop) => api.DeclareAsync(http, asked, stop));
        room.Post("/api/v1/incidents/{id}/severity", write, (HttpContext http, string id, Asked asked, IncidentsApi api, CancellationToken stop) => api.SeverityAsync(http, id, asked, stop));
        room.Post("/api/v1/incidents/{id}/roles/{role}", write, (HttpContext http, string id, string role, Asked? asked, IncidentsApi api, CancellationToken stop) => api.TakeAsync(http, id, role, asked, stop));
        room.Post("/api/v1/incidents/{id}/roles/{role}/leave", write, (HttpContext http, string id, string role, Asked? asked, IncidentsApi api, CancellationToken stop) => api.LeaveAsync(http, id, role, asked, stop));
        room.Post("/api/v1/incidents/{id}/notes", write, (HttpContext http, string id, Asked asked, IncidentsApi api, CancellationToken stop) => api.NoteAsync(http, id, asked, stop));
        room.Post("/api/v1/incidents/{id}/checklist", write, (HttpContext http, string id, Asked asked, IncidentsApi api, CancellationToken stop) => api.CheckAsync(http, id, asked, stop));
        room.Post("/api/v1/incidents/{id}/check-in", write, (HttpContext http, string id, Asked asked, IncidentsApi api, CancellationToken stop) => api.CheckInAsync(http, id, asked, stop));
        room.Post("/api/v1/incidents/{id}/mitigate", write, (HttpContext http, string id, Asked asked, IncidentsApi api, CancellationToken stop) => api.MitigateAsync(http, id, asked, stop));
        room.Post("/api/v1/incidents/{id}/mitigated", write, (HttpContext http, string id, Asked asked, IncidentsApi api, CancellationToken stop) => api.MitigatedAsync(http, id, asked, stop));
        room.Post("/api/v1/incidents/{id}/resolve", write, (HttpContext http, string id, Asked asked, IncidentsApi api, CancellationToken stop) => api.ResolveAsync(http, id, asked, stop));
        room.Post("/api/v1/incidents/{id}/reopen", write, (HttpContext http, string id, Asked asked, IncidentsApi api, CancellationToken stop) => api.ReopenAsync(http, id, asked, stop));
        room.Post("/api/v1/incidents/{id}/merge", write, (HttpContext http, string id, Asked asked, IncidentsApi api, CancellationToken stop) => api.MergeAsync(http, id, asked, stop));
        room.Post("/api/v1/incidents/{id}/split", write, (HttpContext http, string id, Asked asked, IncidentsApi api, CancellationToken stop) => api.SplitAsync(http, id, asked, stop));
        room.Post("/api/v1/incidents/{id}/relate", write, (HttpContext http, string id, Asked asked, IncidentsApi api, CancellationToken stop) => api.RelateAsync(http, id, asked, stop));
        room.Post("/api/v1/incidents/{id}/triggers", write, (HttpContext http, string id, Asked asked, IncidentsApi api, CancellationToken stop) => api.TriggerAsync(http, id, asked, stop));
    }
}
