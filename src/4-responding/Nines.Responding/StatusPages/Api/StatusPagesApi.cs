using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Responding.StatusPages.Api;

/// <summary>Status pages over HTTP: whoever changes one is answered how it stands then.</summary>
internal sealed class StatusPagesApi(StatusDesk desk, SubscriberDesk subscribers, StatusReading pages, Proposals proposals, StaticSite site, TimeProvider clock)
{
    public static IReadOnlyList<Column<StatusPageView>> Columns { get; } =
    [
        new("name", "Page", p => p.Name),
        new("title", "Title", p => p.Title),
        new("visibility", "Visibility", p => p.Visibility),
        new("indicator", "Status", p => p.Indicator),
        new("open", "Open posts", p => p.Open.Count),
        new("maintenances", "Planned", p => p.Maintenances.Count(m => m.Status is "scheduled" or "in_progress")),
        new("subscribers", "Subscribers", p => p.Subscribers.Email + p.Subscribers.Webhook),
        new("address", "Address", p => p.Address),
    ];

    public static IReadOnlyList<Column<SubscriberView>> SubscriberColumns { get; } =
    [
        new("id", "Id", s => s.Id),
        new("kind", "Kind", s => s.Kind),
        new("address", "Address", s => s.Address),
        new("asked", "Asked", s => s.Asked),
        new("confirmed", "Confirmed", s => s.Confirmed),
        new("components", "Components", s => string.Join(' ', s.Components)),
        new("hears", "Hears of", s => s.Hears),
    ];

    public async Task<IResult> ListAsync(HttpRequest request, CancellationToken stop) => TableExport.List(request, await pages.AllAsync(stop), Columns, "statuspages");

    public async Task<IResult> ShowAsync(string page, CancellationToken stop) => await pages.FindAsync(page, stop) is { } view ? Results.Json(view, HouseJson.Options) : Unknown(page);

    public IResult Propose(string page, string? incident) => proposals.Of(page, incident ?? "", clock.Now()) is { } proposal ? Results.Json(proposal, HouseJson.Options) : Unknown(page);

    public Task<IResult> PublishAsync(HttpContext http, string page, Asked asked, CancellationToken stop) => AnswerAsync(page, desk.PublishAsync(http.Caller(), page, asked.Post, asked.By, stop), stop);

    public Task<IResult> UpdateAsync(HttpContext http, string page, string post, Asked asked, CancellationToken stop) => AnswerAsync(page, desk.UpdateAsync(http.Caller(), page, post, asked.Post, asked.By, stop), stop);

    public Task<IResult> ScheduleAsync(HttpContext http, string page, AskedWork asked, CancellationToken stop) => AnswerAsync(page, desk.ScheduleAsync(http.Caller(), page, asked.Work, asked.By, stop), stop);

    public Task<IResult> ChangeAsync(HttpContext http, string page, string work, AskedWork asked, CancellationToken stop) => AnswerAsync(page, desk.ChangeAsync(http.Caller(), page, work, asked.Work, asked.By, stop), stop);

    public Task<IResult> EndAsync(HttpContext http, string page, string work, AskedWork asked, CancellationToken stop) => AnswerAsync(page, desk.EndAsync(http.Caller(), page, work, asked.By, stop), stop);

    public Task<IResult> CancelAsync(HttpContext http, string page, string work, AskedWork asked, CancellationToken stop) => AnswerAsync(page, desk.CancelAsync(http.Caller(), page, work, asked.Reason, asked.By, stop), stop);

    public IResult Subscribers(HttpRequest request, string page) => subscribers.All(page) is { } all ? TableExport.List(request, all, SubscriberColumns, "subscribers") : Unknown(page);

    public async Task<IResult> ImportAsync(HttpContext http, string page, Imported asked, CancellationToken stop) =>
        (await subscribers.ImportAsync(http.Caller(), page, asked.Addresses, asked.Components, stop)).Map(added => new ImportAnswer(added)).ToAnswer();

    public async Task<IResult> RemoveAsync(HttpContext http, string page, string id, CancellationToken stop) =>
        (await subscribers.EndAsync(http.Caller(), page, id, "Somebody of the house ended it.", stop)).ToAnswer();

    /// <summary>Every file of a page in one archive.</summary>
    public async Task<IResult> SiteAsync(string page, CancellationToken stop)
    {
        if (await site.FilesAsync(page, stop) is not { } files) return Unknown(page);
        var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (path, body) in files)
            {
                await using var entry = await zip.CreateEntry(path, CompressionLevel.Fastest).OpenAsync(stop);
                await entry.WriteAsync(body, stop);
            }

        archive.Position = 0;
        return Results.File(archive, "application/zip", page + ".zip");
    }

    private async Task<IResult> AnswerAsync(string page, Task<Outcome<string>> doing, CancellationToken stop)
    {
        var done = await doing;
        return done.Ok ? Results.Json(new Answered(done.Value, (await pages.FindAsync(page, stop))!), HouseJson.Options) : Answers.Refuse(done.Problems);
    }

    private static IResult Unknown(string page) => Answers.Refuse(Problem.NotFound($"There is no status page \"{page}\".", "List them with \"nines statuspage list\"."));

    /// <summary>What was done, and how the page stands then.</summary>
    internal sealed record Answered(string Id, StatusPageView Page);

    /// <summary>A post or an update.</summary>
    internal sealed record Asked(
        string Title = "", string Status = "", string Impact = "", IReadOnlyDictionary<string, string>? Components = null, string Body = "", string Incident = "", Instant? StartedAt = null, string By = "")
    {
        public PostRequest Post => new(Title, Status, Impact, Components, Body, Incident, StartedAt);
    }

    /// <summary>Work that is announced, changed, ended or called off; each reads what it needs.</summary>
    internal sealed record AskedWork(
        string Title = "", string Body = "", IReadOnlyList<string>? Components = null, Instant? From = null, Instant? Until = null, string Override = "", string Reason = "", string By = "")
    {
        public WorkRequest Work => new(Title, Body, Components, From, Until, Override);
    }

    /// <summary>Addresses that agreed elsewhere, and what they want to hear of; none named: everything.</summary>
    internal sealed record Imported(IReadOnlyList<string> Addresses, IReadOnlyList<string>? Components = null);

    /// <summary>How many are new.</summary>
    internal sealed record ImportAnswer(int Added);

    /// <summary>Every action with its address.</summary>
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("statuspages"), Permission.Write("statuspages"));
        room.Get("/api/v1/statuspages", read, (HttpRequest request, StatusPagesApi api, CancellationToken stop) => api.ListAsync(request, stop));
        room.Get("/api/v1/statuspages/{page}", read, (string page, StatusPagesApi api, CancellationToken stop) => api.ShowAsync(page, stop));
        room.Get("/api/v1/statuspages/{page}/proposal", read, (string page, string? incident, StatusPagesApi api) => api.Propose(page, incident));
        room.Post("/api/v1/statuspages/{page}/site", read, (string page, StatusPagesApi api, CancellationToken stop) => api.SiteAsync(page, stop));
        room.Post("/api/v1/statuspages/{page}/posts", write, (HttpContext http, string page, Asked asked, StatusPagesApi api, CancellationToken stop) => api.PublishAsync(http, page, asked, stop));
        room.Post("/api/v1/statuspages/{page}/posts/{post}", write, (HttpContext http, string page, string post, Asked asked, StatusPagesApi api, CancellationToken stop) => api.UpdateAsync(http, page, post, asked, stop));
        room.Post("/api/v1/statuspages/{page}/maintenances", write, (HttpContext http, string page, AskedWork asked, StatusPagesApi api, CancellationToken stop) => api.ScheduleAsync(http, page, asked, stop));
        room.Post("/api/v1/statuspages/{page}/maintenances/{work}", write, (HttpContext http, string page, string work, AskedWork asked, StatusPagesApi api, CancellationToken stop) => api.ChangeAsync(http, page, work, asked, stop));
        room.Post("/api/v1/statuspages/{page}/maintenances/{work}/end", write, (HttpContext http, string page, string work, AskedWork asked, StatusPagesApi api, CancellationToken stop) => api.EndAsync(http, page, work, asked, stop));
        room.Post("/api/v1/statuspages/{page}/maintenances/{work}/cancel", write, (HttpContext http, string page, string work, AskedWork asked, StatusPagesApi api, CancellationToken stop) => api.CancelAsync(http, page, work, asked, stop));
        // Addresses of people: to look at pages is not enough to take them along.
        room.Get("/api/v1/statuspages/{page}/subscribers", write, (HttpRequest request, string page, StatusPagesApi api) => api.Subscribers(request, page));
        room.Post("/api/v1/statuspages/{page}/subscribers", write, (HttpContext http, string page, Imported asked, StatusPagesApi api, CancellationToken stop) => api.ImportAsync(http, page, asked, stop));
        room.Route("DELETE", "/api/v1/statuspages/{page}/subscribers/{id}", write, (HttpContext http, string page, string id, StatusPagesApi api, CancellationToken stop) => api.RemoveAsync(http, page, id, stop));
    }
}
