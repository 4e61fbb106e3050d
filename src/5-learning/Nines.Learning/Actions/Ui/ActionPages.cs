using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Learning.Actions.Api;
using Nines.Measuring.Objectives.Ui;
using Nines.Paging.Tickets;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Learning.Actions.Ui;

/// <summary>The room's pages: the board, one action, the form that adds one. Each works without script.</summary>
internal static class ActionPages
{
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("actions"), Permission.Write("actions"));
        room.Services.AddSingleton(new LoopPlace(Loop.Learn, "Actions", "/actions", "todo", Order: 20));
        room.Services.AddSingleton(new OverviewTile(typeof(OverdueActions), 21));
        room.Services.AddSingleton(new ServiceTile(typeof(OverdueActions), 21));
        room.Services.AddSingleton<ActionScreen>();
        room.Fill<IPaletteSource, ActionPalette>();
        room.Get("/actions", read, (HttpContext http, ActionReading actions, TimeProvider clock) => new PageResult<ActionsPage>(new Dictionary<string, object?> { ["Model"] = Model(http, actions, clock) }));
        room.Get("/actions.csv", read, (HttpContext http, ActionReading actions, TimeProvider clock) => TableExport.Csv(Model(http, actions, clock).Table.Rows, ActionsApi.Columns, "actions"));
        room.Get("/actions.json", read, (HttpContext http, ActionReading actions, TimeProvider clock) => TableExport.Json(Model(http, actions, clock).Table.Rows, ActionsApi.Columns));
        room.Get("/actions/new", read, (HttpContext http, ActionScreen screen) => screen.New(new(Incident: http.Request.Query["incident"].ToString(), Service: http.Request.Query["service"].ToString()), []));
        room.Get("/actions/{id}", read, (HttpContext http, string id, ActionScreen screen) => screen.Show(http, id, [], new Dictionary<string, string>()));
        room.Post("/actions", write, async (HttpContext http, ActionScreen screen, ActionDesk desk, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            var asked = new ActionRequest(Of("title"), Of("type"), Of("priority"), Of("owner"), Of("incident").Trim(), Of("service"), Of("deadline"), Of("link").Trim(), Of("check"));
            var added = await desk.AddAsync(http.Caller(), asked, "", stop);
            return added.Ok ? Results.Redirect("/actions/" + added.Value) : screen.New(asked, added.Problems);

            string Of(string name) => form[name].ToString();
        });
        RegisterForms(room, write);
    }

    private static void RegisterForms(Registration room, Permission write)
    {
        Form("take", (http, id, form, desk, stop) => desk.TakeAsync(http.Caller(), id, form["owner"].ToString(), "", stop));
        Form("start", (http, id, form, desk, stop) => desk.StartAsync(http.Caller(), id, "", stop));
        Form("done", (http, id, form, desk, stop) => desk.FinishAsync(http.Caller(), id, form["evidence"].ToString(), "", stop));
        Form("due", (http, id, form, desk, stop) => desk.MoveAsync(http.Caller(), id, form["deadline"].ToString(), form["reason"].ToString(), "", stop));
        Form("check", (http, id, form, desk, stop) => desk.CheckAsync(http.Caller(), id, form["check"].ToString(), "", stop));
        Form("tracker", (http, id, form, desk, stop) => desk.TrackAsync(http.Caller(), id, form["tracker"].ToString(), stop));
        // The deadline's form has a field "reason" of its own.
        Form("drop", async (http, id, form, desk, stop) => Why(await desk.DropAsync(http.Caller(), id, form["why"].ToString(), "", stop)));
        Form("reopen", async (http, id, form, desk, stop) => Why(await desk.ReopenAsync(http.Caller(), id, form["why"].ToString(), "", stop)));

        static Outcome<string> Why(Outcome<string> done) => done.Ok ? done : Outcome<string>.Failed([.. done.Problems.Select(p => p.Path == "reason" ? p with { Path = "why" } : p)]);

        void Form(string step, Func<HttpContext, string, IFormCollection, ActionDesk, CancellationToken, Task<Outcome<string>>> act) =>
            room.Post($"/actions/{{id}}/{step}", write, async (HttpContext http, string id, ActionScreen screen, ActionDesk desk, CancellationToken stop) =>
            {
                var form = await http.Request.ReadFormAsync(stop);
                var done = await act(http, id, form, desk, stop);
                return done.Ok ? Results.Redirect("/actions/" + done.Value) : screen.Show(http, id, done.Problems, form.ToDictionary(f => f.Key, f => f.Value.ToString()));
            });
    }

    private static ActionsPageModel Model(HttpContext http, ActionReading actions, TimeProvider clock)
    {
        var all = actions.All(clock.Now());
        var query = TableQuery.Of(http.Request);
        return new(all, TableRules.Apply(all, ActionsApi.Columns, query), query);
    }
}

/// <summary>Puts an action, and the form that adds one, on the screen.</summary>
internal sealed class ActionScreen(IHouse house, CompiledManifests manifests, ActionReading actions, TimeProvider clock)
{
    public IResult Show(HttpContext http, string id, IReadOnlyList<Problem> problems, IReadOnlyDictionary<string, string> typed)
    {
        if (actions.Find(id, clock.Now()) is not { } action) return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no action {id}.", "The board has all that are kept."));
        var set = manifests.For(house.State);
        return new PageResult<ActionPage>(
            new Dictionary<string, object?> { ["Item"] = action, ["People"] = People(set), ["Trackers"] = set.Of<TicketTracker>().Select(t => t.Name).ToArray(), ["Problems"] = problems, ["Typed"] = typed }, Status(problems));
    }

    public IResult New(ActionRequest asked, IReadOnlyList<Problem> problems)
    {
        var set = manifests.For(house.State);
        return new PageResult<AddActionPage>(
            new Dictionary<string, object?>
            {
                ["Asked"] = asked,
                ["Policy"] = actions.Policy,
                ["People"] = People(set),
                ["Services"] = CatalogView.Of(set).Services.Select(s => s.Service.Name).ToArray(),
                ["Problems"] = problems,
            },
            Status(problems));
    }

    private static string[] People(ManifestSet set) => [.. CatalogView.Of(set).People.Select(p => p.Name).Order(StringComparer.Ordinal)];

    private static int Status(IReadOnlyList<Problem> problems) => problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
}

/// <summary>Open actions in the palette, and the way to add one.</summary>
internal sealed class ActionPalette : IPaletteSource
{
    public IEnumerable<PaletteEntry> Entries(HouseState state) => state.Get<ActionBook>().Open.Select(a => new PaletteEntry($"{a.Name} {a.Title}", "/actions/" + a.Id, "todo", a.Priority.ToString(), Also: $"action {a.Service}"))
        .Append(new("Add an action", "/actions/new", "todo", "learn", Does: true, Also: "action item"));
}
