using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Measuring.Objectives.Ui;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents.Api;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Live;
using Nines.Shell.Pages;

namespace Nines.Responding.Incidents.Ui;

/// <summary>The room's pages: what is wrong now, one incident, and its forms. Each works without script.</summary>
internal static class IncidentPages
{
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("incidents"), Permission.Write("incidents"));
        room.Services.AddSingleton(new LoopPlace(Loop.Respond, "Incidents", "/incidents", "fire"));
        room.Services.AddSingleton(new OverviewTile(typeof(OpenIncidents), -2));
        room.Services.AddSingleton(new ServiceTile(typeof(OpenIncidents), -2));
        room.Services.AddSingleton(new PageTile(typeof(IncidentOfPage)));
        room.Services.AddSingleton<IncidentScreen>();
        room.Fill<ILiveSource, IncidentLive>().Fill<IRoomLife, IncidentNews>().Fill<IPaletteSource, IncidentPalette>();
        room.Get("/incidents", read, (HttpContext http, IncidentReading incidents, TimeProvider clock) => new PageResult<IncidentsPage>(new Dictionary<string, object?> { ["Model"] = Model(http, incidents, clock) }));
        room.Get("/incidents.csv", read, (HttpContext http, IncidentReading incidents, TimeProvider clock) => TableExport.Csv(Model(http, incidents, clock).Table.Rows, IncidentsApi.Columns, "incidents"));
        room.Get("/incidents.json", read, (HttpContext http, IncidentReading incidents, TimeProvider clock) => TableExport.Json(Model(http, incidents, clock).Table.Rows, IncidentsApi.Columns));
        room.Get("/incidents/new", read, (HttpContext http, IncidentScreen screen) => screen.Declaration(AskedOf(http.Request.Query), []));
        room.Get("/incidents/{id}", read, (HttpContext http, string id, IncidentScreen screen) => screen.ShowAsync(http, id, [], new Dictionary<string, string>()));
        room.Get("/incidents/{id}/parts", read, (HttpContext http, string id, IncidentScreen screen) => screen.PartsAsync(http, id, [], new Dictionary<string, string>()));
        room.Post("/incidents", write, async (HttpContext http, IncidentScreen screen, IncidentDesk desk, CancellationToken stop) =>
        {
            var asked = AskedOf(await http.Request.ReadFormAsync(stop));
            var declared = await desk.DeclareAsync(http.Caller(), asked, "", stop);
            return declared.Ok ? Results.Redirect("/incidents/" + declared.Value) : screen.Declaration(asked, declared.Problems);
        });
        RegisterForms(room, write);
    }

    private static void RegisterForms(Registration room, Permission write)
    {
        Form("roles", (http, id, form, desk, stop) => IncidentsApi.RoleOf(form["role"].ToString()) is { Ok: true } role
            ? desk.TakeAsync(http.Caller(), id, role.Value, form["person"].ToString(), "", stop)
            : Task.FromResult(Outcome<string>.Failed(IncidentsApi.RoleOf(form["role"].ToString()).Problems)));
        Form("notes", (http, id, form, desk, stop) => desk.NoteAsync(http.Caller(), id, new(form["text"].ToString(), form["decision"] == "true"), "", stop));
        Form("severity", (http, id, form, desk, stop) => desk.SeverityAsync(http.Caller(), id, form["severity"].ToString(), form["reason"].ToString(), "", stop));
        // The composer has a field "text" of its own.
        Form("check-in", async (http, id, form, desk, stop) => await desk.CheckInAsync(http.Caller(), id, form["stands"].ToString(), "", stop) is { Ok: false } wrong
            ? Outcome<string>.Failed([.. wrong.Problems.Select(p => p.Path == "text" ? p with { Path = "stands" } : p)])
            : id);
        Form("mitigate", (http, id, form, desk, stop) => desk.MitigateAsync(http.Caller(), id, form["what"].ToString(), "", stop));
        Form("mitigated", (http, id, form, desk, stop) => desk.MitigatedAsync(http.Caller(), id, form["how"].ToString(), "", stop));
        Form("resolve", (http, id, form, desk, stop) => desk.ResolveAsync(http.Caller(), id, new(form["cause"].ToString(), form["override"].ToString()), "", stop));
        Form("reopen", (http, id, form, desk, stop) => desk.ReopenAsync(http.Caller(), id, form["reason"].ToString(), "", stop));
        Form("checklist", async (http, id, form, desk, stop) => await desk.CheckAllAsync(http.Caller(), id, [.. form["done"].OfType<string>()], stop));

        Part("triggers", (http, id, form, desk, stop) => desk.TriggerAsync(http.Caller(), id, form["trigger"].ToString(), form["reason"].ToString(), "", stop));
        Part("relate", (http, id, form, desk, stop) => desk.RelateAsync(http.Caller(), id, form["other"].ToString(), form["why"].ToString(), "", stop));
        Part("split", (http, id, form, desk, stop) => desk.SplitAsync(http.Caller(), id, new(form["title"].ToString(), [.. form["services"].OfType<string>()]), "", stop));
        Part("merge", (http, id, form, desk, stop) => desk.MergeAsync(http.Caller(), id, form["into"].ToString(), "", stop));

        void Part(string action, Act act) => Post(action, act, (screen, http, id, problems, typed) => screen.PartsAsync(http, id, problems, typed));

        void Form(string action, Act act) => Post(action, act, (screen, http, id, problems, typed) => screen.ShowAsync(http, id, problems, typed));

        void Post(string action, Act act, Func<IncidentScreen, HttpContext, string, IReadOnlyList<Problem>, IReadOnlyDictionary<string, string>, Task<IResult>> again) =>
            room.Post($"/incidents/{{id}}/{action}", write, async (HttpContext http, string id, IncidentScreen screen, IncidentDesk desk, CancellationToken stop) =>
            {
                var form = await http.Request.ReadFormAsync(stop);
                var done = await act(http, id, form, desk, stop);
                return done.Ok ? Results.Redirect("/incidents/" + done.Value) : await again(screen, http, id, done.Problems, form.ToDictionary(f => f.Key, f => f.Value.ToString()));
            });
    }

    /// <summary>What a form does.</summary>
    private delegate Task<Outcome<string>> Act(HttpContext http, string id, IFormCollection form, IncidentDesk desk, CancellationToken stop);

    private static IncidentsPageModel Model(HttpContext http, IncidentReading incidents, TimeProvider clock)
    {
        var all = incidents.All(clock.Now());
        var query = TableQuery.Of(http.Request);
        return new(all, TableRules.Apply(all, IncidentsApi.Columns, query), query);
    }

    private static DeclareRequest AskedOf(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> fields)
    {
        var form = fields.ToDictionary(f => f.Key, f => f.Value);
        return new(One("title"), One("severity"), One("function"), One("users"), Many("triggers"), Many("services"), One("page"), One("alert"), One("drill") == "true");

        string One(string name) => form.TryGetValue(name, out var value) ? value.ToString() : "";
        string[] Many(string name) => form.TryGetValue(name, out var values) ? [.. values.OfType<string>().Where(v => v.Length > 0)] : [];
    }
}
