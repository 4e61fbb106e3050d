using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Alerts.Ui;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents;
using Nines.Responding.Runbooks.Api;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Live;
using Nines.Shell.Pages;

namespace Nines.Responding.Runbooks.Ui;

/// <summary>The room's pages: every runbook, one to be read, one to be followed. Each works without script.</summary>
internal static class RunbookPages
{
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("runbooks"), Permission.Write("runbooks"));
        room.Services.AddSingleton(new LoopPlace(Loop.Respond, "Runbooks", "/runbooks", "book", Order: 20));
        room.Services.AddSingleton(new IncidentTile(typeof(RunbooksOfIncident), 5));
        room.Services.AddSingleton(new AlertTile(typeof(RunbookOfAlert)));
        room.Services.AddSingleton(new PageTile(typeof(RunbookOfPage)));
        room.Services.AddSingleton<RunbookScreen>();
        room.Fill<ILiveSource, RunLive>().Fill<IRoomLife, RunNews>().Fill<IPaletteSource, RunbookPalette>();
        room.Get("/runbooks", read, (HttpContext http, RunbookScreen screen) => screen.List(http));
        room.Get("/runbooks.csv", read, (HttpContext http, RunbookScreen screen) => TableExport.Csv(screen.Model(http).Table.Rows, RunbooksApi.Columns, "runbooks"));
        room.Get("/runbooks.json", read, (HttpContext http, RunbookScreen screen) => TableExport.Json(screen.Model(http).Table.Rows, RunbooksApi.Columns));
        room.Get("/runbooks/{name}", read, (HttpContext http, string name, RunbookScreen screen) => screen.Runbook(http, name, []));
        room.Get("/runs", read, (HttpContext http, RunbookScreen screen) => screen.Runs(http));
        room.Get("/runs.csv", read, (HttpContext http, RunbookScreen screen) => TableExport.Csv(screen.RunRows(http).Rows, RunbooksApi.RunColumns, "runs"));
        room.Get("/runs.json", read, (HttpContext http, RunbookScreen screen) => TableExport.Json(screen.RunRows(http).Rows, RunbooksApi.RunColumns));
        room.Get("/runs/{id}", read, (HttpContext http, string id, RunbookScreen screen) => screen.Run(http, id, [], new Dictionary<string, string>()));
        room.Post("/runbooks/{name}/reviewed", write, async (HttpContext http, string name, RunbookScreen screen, RunbookDesk desk, CancellationToken stop) =>
            await desk.ReviewedAsync(http.Caller(), name, "", stop) is { Ok: false } wrong ? screen.Runbook(http, name, wrong.Problems) : Results.Redirect("/runbooks/" + Uri.EscapeDataString(name)));
        room.Post("/runs", write, async (HttpContext http, RunbookScreen screen, RunbookDesk desk, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            var started = await desk.StartAsync(http.Caller(), new(form["runbook"].ToString(), form["incident"].ToString(), form["alert"].ToString(), form["page"].ToString()), "", stop);
            return started.Ok ? screen.Back(form, started.Value) : screen.Runbook(http, form["runbook"].ToString(), started.Problems);
        });
        RegisterForms(room, write);
    }

    private static void RegisterForms(Registration room, Permission write)
    {
        Form("steps", write, (http, id, form, desk, stop) => desk.RecordAsync(http.Caller(), id, new(form["step"].ToString(), form["outcome"].ToString(), form["observed"].ToString()), "", stop));
        Form("approve", Permission.Write("runner"), (http, id, form, desk, stop) => desk.ApproveAsync(http.Caller(), id, form["step"].ToString(), "", stop));
        Form("choose", write, (http, id, form, desk, stop) => desk.ChooseAsync(http.Caller(), id, form["option"].ToString(), "", stop));
        Form("finish", write, (http, id, form, desk, stop) => desk.FinishAsync(http.Caller(), id, form["helped"].ToString() switch { "yes" => true, "no" => false, _ => null }, form["note"].ToString(), "", stop));
        Form("abandon", write, (http, id, form, desk, stop) => desk.AbandonAsync(http.Caller(), id, form["reason"].ToString(), "", stop));

        void Form(string action, Permission permission, Func<HttpContext, string, IFormCollection, RunbookDesk, CancellationToken, Task<Outcome<string>>> act) =>
            room.Post($"/runs/{{id}}/{action}", permission, async (HttpContext http, string id, RunbookScreen screen, RunbookDesk desk, CancellationToken stop) =>
            {
                var form = await http.Request.ReadFormAsync(stop);
                var done = await act(http, id, form, desk, stop);
                return done.Ok ? screen.Back(form, done.Value) : screen.Run(http, id, done.Problems, form.ToDictionary(f => f.Key, f => f.Value.ToString()));
            });
    }
}
