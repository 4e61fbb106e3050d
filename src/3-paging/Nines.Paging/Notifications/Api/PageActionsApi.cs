using Microsoft.AspNetCore.Http;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Paging.Notifications.Api;

/// <summary>What people do with a page, over HTTP: POST only, each answers the page as it is then.</summary>
internal sealed class PageActionsApi(PageDesk desk, IHouse house, CompiledManifests manifests)
{
    public async Task<IResult> AcknowledgeAsync(HttpContext http, string id, PageAction? asked, CancellationToken stop) =>
        Answer(await desk.AcknowledgeAsync(http.Caller(), id, asked?.By ?? "", "api", stop));

    public async Task<IResult> UnacknowledgeAsync(HttpContext http, string id, PageAction? asked, CancellationToken stop) =>
        Answer(await desk.UnacknowledgeAsync(http.Caller(), id, asked?.By ?? "", stop));

    public async Task<IResult> SnoozeAsync(HttpContext http, string id, PageAction? asked, CancellationToken stop) =>
        FieldDuration.TryParse(asked?.For ?? "", out var length)
            ? Answer(await desk.SnoozeAsync(http.Caller(), id, length, asked?.By ?? "", stop))
            : Answers.Refuse(Problem.Invalid($"\"{asked?.For}\" is not a duration.", "Write one such as 30m.", "for"));

    public async Task<IResult> ReassignAsync(HttpContext http, string id, PageAction? asked, CancellationToken stop) =>
        Answer(await desk.ReassignAsync(http.Caller(), id, asked?.To ?? [], asked?.By ?? "", stop));

    public async Task<IResult> EscalateAsync(HttpContext http, string id, PageAction? asked, CancellationToken stop) =>
        Answer(await desk.EscalateAsync(http.Caller(), id, asked?.By ?? "", stop));

    public async Task<IResult> MergeAsync(HttpContext http, string id, PageAction? asked, CancellationToken stop) =>
        Answer(await desk.MergeAsync(http.Caller(), id, asked?.Into ?? "", asked?.By ?? "", stop));

    public async Task<IResult> ResolveAsync(HttpContext http, string id, PageAction? asked, CancellationToken stop) =>
        Answer(await desk.ResolveAsync(http.Caller(), id, asked?.By ?? "", stop));

    private IResult Answer(Outcome<string> done)
    {
        if (!done.Ok) return Answers.Refuse(done.Problems);
        var state = house.State;
        return Results.Json(PageView.Of(state.Get<PageBook>().All[done.Value], manifests.For(state)), HouseJson.Options);
    }

    /// <summary>What is asked of a page; each action reads what it needs.</summary>
    /// <param name="By">Handle of the person for whom it is done; whoever signed in acts as themselves.</param>
    /// <param name="For">How long it sleeps.</param>
    /// <param name="To">Handles of those who get it.</param>
    /// <param name="Into">The page that it becomes part of.</param>
    internal sealed record PageAction(string? By = null, string? For = null, IReadOnlyList<string>? To = null, string? Into = null);

    /// <summary>Every action with its address.</summary>
    public static void Register(Registration room)
    {
        var write = Permission.Write("notifications");
        room.Post("/api/v1/pages/{id}/acknowledge", write, (HttpContext http, string id, PageAction? asked, PageActionsApi api, CancellationToken stop) => api.AcknowledgeAsync(http, id, asked, stop));
        room.Post("/api/v1/pages/{id}/unacknowledge", write, (HttpContext http, string id, PageAction? asked, PageActionsApi api, CancellationToken stop) => api.UnacknowledgeAsync(http, id, asked, stop));
        room.Post("/api/v1/pages/{id}/snooze", write, (HttpContext http, string id, PageAction? asked, PageActionsApi api, CancellationToken stop) => api.SnoozeAsync(http, id, asked, stop));
        room.Post("/api/v1/pages/{id}/reassign", write, (HttpContext http, string id, PageAction? asked, PageActionsApi api, CancellationToken stop) => api.ReassignAsync(http, id, asked, stop));
        room.Post("/api/v1/pages/{id}/escalate", write, (HttpContext http, string id, PageAction? asked, PageActionsApi api, CancellationToken stop) => api.EscalateAsync(http, id, asked, stop));
        room.Post("/api/v1/pages/{id}/merge", write, (HttpContext http, string id, PageAction? asked, PageActionsApi api, CancellationToken stop) => api.MergeAsync(http, id, asked, stop));
        room.Post("/api/v1/pages/{id}/resolve", write, (HttpContext http, string id, PageAction? asked, PageActionsApi api, CancellationToken stop) => api.ResolveAsync(http, id, asked, stop));
    }
}
