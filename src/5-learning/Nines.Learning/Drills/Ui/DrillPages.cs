using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Learning.Actions;
using Nines.Learning.Drills.Api;
using Nines.Measuring.Objectives.Ui;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Live;
using Nines.Shell.Pages;

namespace Nines.Learning.Drills.Ui;

/// <summary>The room's pages: drills with the wheel, one drill, one run, who trained. Each works without script.</summary>
internal static class DrillPages
{
    private static readonly char[] Between = [',', ' ', ';'];

    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("drills"), Permission.Write("drills"));
        room.Services.AddSingleton(new LoopPlace(Loop.Learn, "Drills", "/drills", "swap", Order: 30));
        room.Services.AddSingleton(new OverviewTile(typeof(OpenDrills), 22));
        room.Services.AddSingleton<DrillScreen>();
        room.Fill<ILiveSource, DrillLive>().Fill<IRoomLife, DrillNews>().Fill<IPaletteSource, DrillPalette>();
        room.Get("/drills", read, (HttpContext http, DrillScreen screen) => screen.List(http, []));
        room.Get("/drills.csv", read, (HttpContext http, DrillReading drills) => TableExport.Csv(TableRules.Apply(drills.All(), DrillsApi.Columns, TableQuery.Of(http.Request)).Rows, DrillsApi.Columns, "drills"));
        room.Get("/drills.json", read, (HttpContext http, DrillReading drills) => TableExport.Json(TableRules.Apply(drills.All(), DrillsApi.Columns, TableQuery.Of(http.Request)).Rows, DrillsApi.Columns));
        room.Get("/training", read, (HttpContext http, DrillScreen screen) => screen.Training(http));
        room.Get("/training.csv", read, (HttpContext http, DrillScreen screen) => TableExport.Csv(screen.Trained(http).Rows, DrillsApi.RecordColumns, "training"));
        room.Get("/training.json", read, (HttpContext http, DrillScreen screen) => TableExport.Json(screen.Trained(http).Rows, DrillsApi.RecordColumns));
        room.Get("/drills/{name}", read, (HttpContext http, string name, DrillScreen screen) => screen.Drill(http, name, [], new Dictionary<string, string>()));
        room.Get("/drills/runs/{id}", read, (HttpContext http, string id, DrillScreen screen) => screen.Run(http, id, http.Request.Query["key"].ToString(), []));
        room.Post("/drills/spin", write, async (HttpContext http, DrillScreen screen, DrillDesk desk, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            var spun = await desk.SpinAsync(http.Caller(), form["person"].ToString(), "", stop);
            return spun.Ok ? Results.Redirect($"/drills?for={Uri.EscapeDataString(form["person"].ToString())}") : screen.List(http, spun.Problems);
        });
        room.Post("/drills/{name}/runs", write, async (HttpContext http, string name, DrillScreen screen, DrillDesk desk, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            var speed = form["speed"].ToString().Trim();
            var asked = new StartRequest(form["leader"].ToString(), Names(form["onCall"].ToString()), Names(form["with"].ToString()), speed.Length == 0 ? null : double.TryParse(speed, System.Globalization.CultureInfo.InvariantCulture, out var fast) ? fast : double.NaN);
            var started = await desk.StartAsync(http.Caller(), name, asked, "", stop);
            return started.Ok ? await screen.StartedAsync(http, started.Value, stop) : screen.Drill(http, name, started.Problems, form.ToDictionary(f => f.Key, f => f.Value.ToString()));
        });
        RegisterForms(room, write);
    }

    private static void RegisterForms(Registration room, Permission write)
    {
        Form("acknowledge", (actor, id, form, desk, stop) => desk.AcknowledgeAsync(actor, id, form["inject"].ToString(), form["by"].ToString(), stop));
        Form("answer", (actor, id, form, desk, stop) => desk.AnswerAsync(actor, id, form["inject"].ToString(), form["text"].ToString(), form["by"].ToString(), stop));
        Form("next", (actor, id, form, desk, stop) => desk.NextAsync(actor, id, form["by"].ToString(), stop));
        Form("say", (actor, id, form, desk, stop) => desk.SayAsync(actor, id, form["text"].ToString(), form["by"].ToString(), stop));
        Form("check", (actor, id, form, desk, stop) => desk.CheckAsync(actor, id, GameDay.Checklist.ToDictionary(c => c.Key, c => form["done"].Contains(c.Key)), form["by"].ToString(), stop));
        Form("end", (actor, id, form, desk, stop) => desk.EndAsync(actor, id, form["calledOff"].ToString(), form["by"].ToString(), stop));
        Form("debrief", (actor, id, form, desk, stop) => desk.DebriefAsync(actor, id, form["wentWell"].ToString(), form["toLearn"].ToString(), form["by"].ToString(), stop));
        Form("actions", (actor, id, form, desk, stop) => desk.ActAsync(actor, id, new ActionRequest(form["title"].ToString()), form["by"].ToString(), stop));

        void Form(string step, Func<Actor, string, IFormCollection, DrillDesk, CancellationToken, Task<Outcome<string>>> act) =>
            room.Post($"/drills/runs/{{id}}/{step}", write, async (HttpContext http, string id, DrillScreen screen, DrillDesk desk, CancellationToken stop) =>
            {
                var form = await http.Request.ReadFormAsync(stop);
                var done = await act(http.Caller(), id, form, desk, stop);
                var key = form["key"].ToString();
                return done.Ok ? Results.Redirect($"/drills/runs/{done.Value}{(key.Length > 0 ? "?key=" + Uri.EscapeDataString(key) : "")}") : screen.Run(http, id, key, done.Problems);
            });
    }

    private static string[] Names(string text) => text.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
