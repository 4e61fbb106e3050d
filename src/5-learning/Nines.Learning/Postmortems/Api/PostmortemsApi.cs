using Microsoft.AspNetCore.Http;
using Nines.Catalog.Manifests;
using Nines.Catalog;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Learning.Postmortems.Api;

/// <summary>Postmortems over HTTP: whoever changes one is answered how it stands then.</summary>
internal sealed class PostmortemsApi(PostmortemDesk desk, PublicVersion told, PostmortemReading postmortems, ReplayReading replays, AgendaReading agendas, IJournal journal, EventCatalog events, IHouse house, CompiledManifests manifests, TimeProvider clock)
{
    public static IReadOnlyList<Column<PostmortemView>> Columns { get; } =
    [
        new("name", "Postmortem", p => p.Name),
        new("state", "State", p => p.State),
        new("severity", "Severity", p => p.Facts?.Severity ?? ""),
        new("title", "Title", p => p.Title),
        new("service", "Service", p => string.Join(' ', p.Facts?.Services ?? [])),
        new("due", "Due", p => p.Due),
        new("overdue", "Overdue", p => p.Overdue ? "overdue" : ""),
        new("resolved", "Resolved", p => p.ResolvedAt),
        new("final", "Final", p => p.FinalAt),
        new("authors", "Authors", p => string.Join(' ', p.Authors)),
        new("reviewers", "Reviewers", p => string.Join(' ', p.Reviewers.Select(r => r.Person))),
        new("actions", "Open actions", p => (double)p.Actions.Count(a => a.IsOpen)),
        new("id", "Id", p => p.Id),
    ];

    public IResult List(HttpRequest request) => TableExport.List(request, postmortems.All(clock.Now()), Columns, "postmortems");

    /// <summary>JSON; <c>.md</c> and <c>.yaml</c> after the name for the other forms.</summary>
    public async Task<IResult> ShowAsync(string id, CancellationToken stop)
    {
        var (name, form) = id.EndsWith(".md", StringComparison.Ordinal) ? (id[..^3], "md") : id.EndsWith(".yaml", StringComparison.Ordinal) ? (id[..^5], "yaml") : (id, "json");
        if (await postmortems.FindAsync(name, clock.Now(), stop) is not { } found) return Missing(name);
        return form switch
        {
            "md" => Results.Text(PostmortemMarkdown.Write(found), "text/markdown; charset=utf-8"),
            "yaml" => Results.Text(PostmortemYaml.Write(found), "application/yaml; charset=utf-8"),
            _ => Results.Json(found, HouseJson.Options),
        };
    }

    public async Task<IResult> OpenAsync(HttpContext http, Asked asked, CancellationToken stop) => Answer(await desk.OpenAsync(http.Caller(), asked.Incident, asked.By, stop));

    public async Task<IResult> WriteAsync(HttpContext http, string id, string section, Asked asked, CancellationToken stop) =>
        Answer(await desk.WriteAsync(http.Caller(), id, new(section, asked.Text, asked.BasedOn, asked.Settles), asked.By, stop));

    public async Task<IResult> ReviewAsync(HttpContext http, string id, Asked asked, CancellationToken stop) => Answer(await desk.ReviewAsync(http.Caller(), id, asked.Reviewers ?? [], asked.By, stop));

    public async Task<IResult> ApproveAsync(HttpContext http, string id, Asked? asked, CancellationToken stop) => Answer(await desk.ApproveAsync(http.Caller(), id, asked?.Person ?? "", asked?.By ?? "", stop));

    public async Task<IResult> FinishAsync(HttpContext http, string id, Asked? asked, CancellationToken stop) => Answer(await desk.FinishAsync(http.Caller(), id, asked?.Despite ?? "", asked?.By ?? "", stop));

    public async Task<IResult> ReturnAsync(HttpContext http, string id, Asked asked, CancellationToken stop) => Answer(await desk.ReturnAsync(http.Caller(), id, asked.Reason, asked.By, stop));

    public async Task<IResult> PublishAsync(HttpContext http, string id, Asked? asked, CancellationToken stop) => Answer(await told.PublishAsync(http.Caller(), id, asked?.Page ?? "", asked?.By ?? "", stop));

    public Task<IResult> LintAsync(string id, CancellationToken stop) => ReadAsync(id, found => Results.Json(found.Findings, HouseJson.Options), stop);

    public Task<IResult> AgendaAsync(string id, CancellationToken stop) => ReadAsync(id, found => Results.Json(agendas.Of(found, clock.Now()), HouseJson.Options), stop);

    public Task<IResult> ReplayAsync(string id, CancellationToken stop) => ReadAsync(id, found => replays.Of(found, clock.Now()).ToAnswer(), stop);

    /// <summary>Every text that a section ever had, the newest first.</summary>
    public async Task<IResult> HistoryAsync(string id, string section, CancellationToken stop)
    {
        if (await postmortems.FindAsync(id, clock.Now(), stop) is not { } found) return Missing(id);
        var catalog = CatalogView.Of(manifests.For(house.State));
        var texts = new List<Revision>();
        await foreach (var entry in journal.ReadStreamAsync(PostmortemDesk.StreamOf(found.Id), 0, stop))
        {
            if (events.Read(entry.Type, entry.Data) is SectionWritten written && written.Section == section) texts.Add(new(entry.At, written.Version, catalog.PersonById(written.By)?.Name ?? written.By, written.Text));
            else if (events.Read(entry.Type, entry.Data) is WrittenBeside beside && beside.Section == section) texts.Add(new(entry.At, null, catalog.PersonById(beside.By)?.Name ?? beside.By, beside.Text));
        }

        texts.Reverse();
        return Results.Json(texts, HouseJson.Options);
    }

    private async Task<IResult> ReadAsync(string id, Func<PostmortemView, IResult> answer, CancellationToken stop) => await postmortems.FindAsync(id, clock.Now(), stop) is { } found ? answer(found) : Missing(id);

    private static IResult Missing(string name) => Answers.Refuse(Problem.NotFound($"There is no postmortem {name}.", "List them with \"nines postmortem list\", or open one with \"nines postmortem write INC-1\"."));

    private IResult Answer(Outcome<string> done) => done.Ok ? Results.Json(postmortems.Find(done.Value, clock.Now()), HouseJson.Options) : Answers.Refuse(done.Problems);

    /// <summary>A text that a section had.</summary>
    /// <param name="At">When it was written.</param>
    /// <param name="Version">Its version; null for one that was kept beside the section.</param>
    /// <param name="By">Who wrote it.</param>
    /// <param name="Text">What it said.</param>
    internal sealed record Revision(Instant At, int? Version, string By, string Text);

    /// <summary>What is asked of a postmortem; each action reads what it needs.</summary>
    /// <param name="By">Handle of the person for whom it is done; whoever signed in acts as themselves.</param>
    /// <param name="Incident">The incident that one is opened for.</param>
    /// <param name="Text">What shall stand in the section.</param>
    /// <param name="BasedOn">The version that the text was made from; 0 for an empty section.</param>
    /// <param name="Settles">Id of the text beside the section that it settles.</param>
    /// <param name="Reviewers">Handles of those who are asked to review.</param>
    /// <param name="Person">Handle of whoever approves; empty for whoever asks.</param>
    /// <param name="Despite">Why it is final although the lint has something to say.</param>
    /// <param name="Reason">Why it is a draft again.</param>
    /// <param name="Page">The status page that tells the public; empty for every one that spoke of its incident.</param>
    internal sealed record Asked(
        string By = "", string Incident = "", string Text = "", int BasedOn = 0, string Settles = "", IReadOnlyList<string>? Reviewers = null, string Person = "", string Despite = "", string Reason = "",
        string Page = "");

    /// <summary>Every action with its address.</summary>
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("postmortems"), Permission.Write("postmortems"));
        room.Get("/api/v1/postmortems", read, (HttpRequest request, PostmortemsApi api) => api.List(request));
        room.Get("/api/v1/postmortems/{id}", read, (string id, PostmortemsApi api, CancellationToken stop) => api.ShowAsync(id, stop));
        room.Get("/api/v1/postmortems/{id}/lint", read, (string id, PostmortemsApi api, CancellationToken stop) => api.LintAsync(id, stop));
        room.Get("/api/v1/postmortems/{id}/agenda", read, (string id, PostmortemsApi api, CancellationToken stop) => api.AgendaAsync(id, stop));
        room.Get("/api/v1/postmortems/{id}/replay", read, (string id, PostmortemsApi api, CancellationToken stop) => api.ReplayAsync(id, stop));
        room.Get("/api/v1/postmortems/{id}/sections/{section}/history", read, (string id, string section, PostmortemsApi api, CancellationToken stop) => api.HistoryAsync(id, section, stop));
        room.Post("/api/v1/postmortems", write, (HttpContext http, Asked asked, PostmortemsApi api, CancellationToken stop) => api.OpenAsync(http, asked, stop));
        room.Post("/api/v1/postmortems/{id}/sections/{section}", write, (HttpContext http, string id, string section, Asked asked, PostmortemsApi api, CancellationToken stop) => api.WriteAsync(http, id, section, asked, stop));
        room.Post("/api/v1/postmortems/{id}/review", write, (HttpContext http, string id, Asked asked, PostmortemsApi api, CancellationToken stop) => api.ReviewAsync(http, id, asked, stop));
        room.Post("/api/v1/postmortems/{id}/approve", write, (HttpContext http, string id, Asked? asked, PostmortemsApi api, CancellationToken stop) => api.ApproveAsync(http, id, asked, stop));
        room.Post("/api/v1/postmortems/{id}/final", write, (HttpContext http, string id, Asked? asked, PostmortemsApi api, CancellationToken stop) => api.FinishAsync(http, id, asked, stop));
        // Also what may be told outside is said here: who writes postmortems does not thereby publish.
        room.Post("/api/v1/postmortems/{id}/publish", Permission.Write("statuspages"), (HttpContext http, string id, Asked? asked, PostmortemsApi api, CancellationToken stop) => api.PublishAsync(http, id, asked, stop));
        room.Post("/api/v1/postmortems/{id}/return", write, (HttpContext http, string id, Asked asked, PostmortemsApi api, CancellationToken stop) => api.ReturnAsync(http, id, asked, stop));
    }
}
