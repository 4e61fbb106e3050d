using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;

namespace Nines.Responding.Remediation.Api;

/// <summary>Rules and remedies over HTTP.</summary>
internal sealed class RemediationApi(RemediationDesk desk, RemediationReading remediation)
{
    public static IReadOnlyList<Column<RemedyView>> Columns { get; } =
    [
        new("name", "Remedy", r => r.Name), new("state", "State", r => r.State.ToString().ToLowerInvariant()), new("rule", "Rule", r => r.Rule), new("target", "Target", r => r.Target),
        new("service", "Service", r => r.Service), new("action", "Does", r => r.Action), new("by", "By", r => r.By), new("proposed", "Proposed", r => r.ProposedAt), new("ended", "Ended", r => r.EndedAt), new("id", "Id", r => r.Id),
    ];

    public IResult Show() => Results.Json(remediation.All(), HouseJson.Options);

    public IResult Rule(string name) => remediation.Rule(name) is { } rule ? Results.Json(rule, HouseJson.Options) : Answers.Refuse(Problem.NotFound($"There is no rule \"{name}\".", "List them with \"nines remediation list\"."));

    public IResult Log(HttpRequest request) => TableExport.List(request, remediation.Remedies(), Columns, "remedies");

    public IResult Remedy(string id) => remediation.Remedy(id) is { } remedy ? Results.Json(remedy, HouseJson.Options) : Answers.Refuse(Problem.NotFound($"There is no remedy {id}.", "List them with \"nines remediation log\"."));

    public async Task<IResult> ApproveAsync(HttpContext http, string id, Asked? asked, CancellationToken stop) => One(await desk.ApproveAsync(http.Caller(), id, asked?.By ?? "", stop));

    public async Task<IResult> RejectAsync(HttpContext http, string id, Asked asked, CancellationToken stop) => One(await desk.RejectAsync(http.Caller(), id, asked.Reason, asked.By, stop));

    public async Task<IResult> StopAsync(HttpContext http, Asked asked, CancellationToken stop) => All(await desk.StopAsync(http.Caller(), asked.Rule, asked.Reason, asked.By, stop));

    public async Task<IResult> StartAsync(HttpContext http, Asked? asked, CancellationToken stop) => All(await desk.StartAsync(http.Caller(), asked?.Rule ?? "", asked?.By ?? "", stop));

    private IResult One(Outcome<string> done) => done.Ok ? Results.Json(remediation.Remedy(done.Value), HouseJson.Options) : Answers.Refuse(done.Problems);

    private IResult All(Outcome<string> done) => done.Ok ? Show() : Answers.Refuse(done.Problems);

    /// <summary>What is asked; each action reads what it needs.</summary>
    /// <param name="By">Handle of the person for whom it is done; whoever signed in acts as themselves.</param>
    /// <param name="Rule">Only this rule; empty for all.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record Asked(string By = "", string Rule = "", string Reason = "");

    /// <summary>Every action with its address. To let Nines do something is a right of its own.</summary>
    public static void Register(Registration room)
    {
        var (read, write, approve) = (Permission.Read("remediation"), Permission.Write("remediation"), Permission.Write("runner"));
        room.Get("/api/v1/remediation", read, (RemediationApi api) => api.Show());
        room.Get("/api/v1/remediation/{name}", read, (string name, RemediationApi api) => api.Rule(name));
        room.Post("/api/v1/remediation/stop", write, (HttpContext http, Asked asked, RemediationApi api, CancellationToken stop) => api.StopAsync(http, asked, stop));
        room.Post("/api/v1/remediation/start", write, (HttpContext http, Asked? asked, RemediationApi api, CancellationToken stop) => api.StartAsync(http, asked, stop));
        room.Get("/api/v1/remedies", read, (HttpRequest request, RemediationApi api) => api.Log(request));
        room.Get("/api/v1/remedies/{id}", read, (string id, RemediationApi api) => api.Remedy(id));
        room.Post("/api/v1/remedies/{id}/approve", approve, (HttpContext http, string id, Asked? asked, RemediationApi api, CancellationToken stop) => api.ApproveAsync(http, id, asked, stop));
        room.Post("/api/v1/remedies/{id}/reject", write, (HttpContext http, string id, Asked asked, RemediationApi api, CancellationToken stop) => api.RejectAsync(http, id, asked, stop));
    }
}
