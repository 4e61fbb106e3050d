using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Learning.Postmortems.Api;
using Nines.Measuring.Objectives.Ui;
using Nines.Responding.Incidents;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Learning.Postmortems.Ui;

/// <summary>The room's pages: the list, one document, its editor, its replay, its agenda. Each works without script.</summary>
internal static class PostmortemPages
{
    private static readonly char[] Between = [',', ' ', ';', '\n', '\r'];

    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("postmortems"), Permission.Write("postmortems"));
        room.Services.AddSingleton(new LoopPlace(Loop.Learn, "Postmortems", "/postmortems", "book"));
        room.Services.AddSingleton(new IncidentTile(typeof(PostmortemOfIncident), 5));
        room.Services.AddSingleton(new OverviewTile(typeof(OpenPostmortems), 20));
        room.Services.AddSingleton<PostmortemScreen>();
        room.Fill<IPaletteSource, PostmortemPalette>();
        room.Get("/postmortems", read, (HttpContext http, PostmortemReading postmortems, TimeProvider clock) => new PageResult<PostmortemsPage>(new Dictionary<string, object?> { ["Model"] = Model(http, postmortems, clock) }));
        room.Get("/postmortems.csv", read, (HttpContext http, PostmortemReading postmortems, TimeProvider clock) => TableExport.Csv(Model(http, postmortems, clock).Table.Rows, PostmortemsApi.Columns, "postmortems"));
        room.Get("/postmortems.json", read, (HttpContext http, PostmortemReading postmortems, TimeProvider clock) => TableExport.Json(Model(http, postmortems, clock).Table.Rows, PostmortemsApi.Columns));
        room.Get("/postmortems/{id}", read, (HttpContext http, string id, PostmortemScreen screen) => screen.ShowAsync(http, id));
        room.Get("/postmortems/{id}/edit", read, (HttpContext http, string id, PostmortemScreen screen) => screen.EditAsync(http, id));
        room.Get("/postmortems/{id}/replay", read, (HttpContext http, string id, PostmortemScreen screen) => screen.ReplayAsync(http, id));
        room.Get("/postmortems/{id}/agenda", read, (HttpContext http, string id, PostmortemScreen screen) => screen.AgendaAsync(http, id));
        room.Post("/postmortems", write, async (HttpContext http, PostmortemDesk desk, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            var opened = await desk.OpenAsync(http.Caller(), form["incident"].ToString(), "", stop);
            return opened.Ok ? Results.Redirect("/postmortems/" + opened.Value) : ProblemAnswers.Refuse(http, opened.Problems);
        });
        RegisterForms(room, write);
    }

    private static void RegisterForms(Registration room, Permission write)
    {
        room.Post("/postmortems/{id}/edit", write, async (HttpContext http, string id, PostmortemScreen screen, PostmortemDesk desk, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            string[] keys = [.. form["keys"].OfType<string>()];
            SectionEdit[] edits = [.. keys.Select(k => new SectionEdit(k, form[k].ToString(), int.TryParse(form["v-" + k].ToString(), out var version) ? version : -1))];
            var done = await desk.WriteAllAsync(http.Caller(), id, edits, stop);
            return done.Ok ? Results.Redirect($"/postmortems/{done.Value}/edit{(keys.Length > 0 ? "#s-" + Uri.EscapeDataString(keys[0]) : "")}") : await screen.EditAsync(http, id, done.Problems, form.ToDictionary(f => f.Key, f => f.Value.ToString()));
        });
        room.Post("/postmortems/{id}/settle", write, async (HttpContext http, string id, PostmortemScreen screen, PostmortemDesk desk, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            var edit = new SectionEdit(form["section"].ToString(), form["text"].ToString(), int.TryParse(form["basedOn"].ToString(), out var version) ? version : -1, form["settles"].ToString());
            var done = await desk.WriteAsync(http.Caller(), id, edit, "", stop);
            return done.Ok ? Results.Redirect($"/postmortems/{done.Value}/edit") : await screen.EditAsync(http, id, done.Problems);
        });
        Form("review", (http, id, form, desk, stop) => desk.ReviewAsync(http.Caller(), id, form["reviewers"].ToString().Split(Between, StringSplitOptions.RemoveEmptyEntries), "", stop));
        Form("approve", (http, id, form, desk, stop) => desk.ApproveAsync(http.Caller(), id, form["person"].ToString(), "", stop));
        Form("final", (http, id, form, desk, stop) => desk.FinishAsync(http.Caller(), id, form["despite"].ToString(), "", stop));
        Form("return", (http, id, form, desk, stop) => desk.ReturnAsync(http.Caller(), id, form["reason"].ToString(), "", stop));

        room.Post("/postmortems/{id}/publish", Permission.Write("statuspages"), async (HttpContext http, string id, PostmortemScreen screen, PublicVersion told, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            var done = await told.PublishAsync(http.Caller(), id, form["page"].ToString(), "", stop);
            return done.Ok ? Results.Redirect("/postmortems/" + done.Value) : await screen.ShowAsync(http, id, done.Problems);
        });

        void Form(string action, Func<HttpContext, string, IFormCollection, PostmortemDesk, CancellationToken, Task<Outcome<string>>> act) =>
            room.Post($"/postmortems/{{id}}/{action}", write, async (HttpContext http, string id, PostmortemScreen screen, PostmortemDesk desk, CancellationToken stop) =>
            {
                var form = await http.Request.ReadFormAsync(stop);
                var done = await act(http, id, form, desk, stop);
                return done.Ok ? Results.Redirect("/postmortems/" + done.Value) : await screen.ShowAsync(http, id, done.Problems, form.ToDictionary(f => f.Key, f => f.Value.ToString()));
            });
    }

    private static PostmortemsPageModel Model(HttpContext http, PostmortemReading postmortems, TimeProvider clock)
    {
        var all = postmortems.All(clock.Now());
        var query = TableQuery.Of(http.Request);
        return new(all, TableRules.Apply(all, PostmortemsApi.Columns, query), query);
    }
}

/// <summary>Open postmortems in the palette.</summary>
internal sealed class PostmortemPalette : IPaletteSource
{
    public IEnumerable<PaletteEntry> Entries(HouseState state)
    {
        var incidents = state.Get<IncidentBook>();
        return state.Get<PostmortemBook>().All.Values.OrderByDescending(p => p.Number)
            .Select(p => new PaletteEntry($"{p.Name} {p.Facts?.Title ?? incidents.Find(p.Id)?.Title}", "/postmortems/" + p.Id, "book", p.State == PostmortemState.Final ? "final" : "postmortem", Also: $"postmortem INC-{p.Number}"));
    }
}
