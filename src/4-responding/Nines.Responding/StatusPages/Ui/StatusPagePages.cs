using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Responding.Incidents;
using Nines.Responding.StatusPages.Api;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Responding.StatusPages.Ui;

/// <summary>The room's pages for people of the house: every status page, and one with what is proposed and its forms. Each works without script.</summary>
internal static class StatusPagePages
{
    private static readonly Permission Read = Permission.Read("statuspages");
    private static readonly Permission Write = Permission.Write("statuspages");

    public static void Register(Registration room)
    {
        room.Services.AddSingleton(new LoopPlace(Loop.Respond, "Status pages", "/statuspages", "eye", Order: 20));
        room.Services.AddSingleton(new IncidentTile(typeof(ToldThePublic), 5));
        room.Services.AddSingleton<StatusScreen>();
        room.Services.AddSingleton<SubscriberScreen>();
        room.Fill<IPaletteSource, StatusPalette>();
        room.Get("/statuspages", Read, async (StatusReading pages, CancellationToken stop) => new PageResult<StatusPagesPage>(new Dictionary<string, object?> { ["Pages"] = await pages.AllAsync(stop) }));
        room.Get("/statuspages.csv", Read, async (StatusReading pages, CancellationToken stop) => TableExport.Csv(await pages.AllAsync(stop), StatusPagesApi.Columns, "statuspages"));
        room.Get("/statuspages.json", Read, async (StatusReading pages, CancellationToken stop) => TableExport.Json(await pages.AllAsync(stop), StatusPagesApi.Columns));
        room.Get("/statuspages/{page}", Read, (HttpContext http, string page, StatusScreen screen, CancellationToken stop) => screen.ShowAsync(http, page, [], new Dictionary<string, string>(), stop));
        // Addresses of people: to look at pages is not enough.
        room.Get("/statuspages/{page}/subscribers", Write, (HttpContext http, string page, SubscriberScreen screen) => screen.Show(http, page, "", [], []));
        room.Post("/statuspages/{page}/subscribers", Write, async (HttpContext http, string page, SubscriberScreen screen, SubscriberDesk desk, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            var (address, chosen) = (form["address"].ToString(), (string[])[.. form["component"].OfType<string>()]);
            var done = await desk.ImportAsync(http.Caller(), page, [address], chosen, stop);
            if (done is { Ok: true, Value: > 0 }) return Results.Redirect($"/statuspages/{Uri.EscapeDataString(page)}/subscribers");
            return screen.Show(http, page, address, chosen, done.Ok ? [Problem.Conflict("This address is known already.", "Its row says what it hears of.", "address")] : done.Problems);
        });
        room.Post("/statuspages/{page}/subscribers/{id}/end", Write, async (HttpContext http, string page, string id, SubscriberDesk desk, CancellationToken stop) =>
            await desk.EndAsync(http.Caller(), page, id, "Somebody of the house ended it.", stop) is { Ok: false } wrong ? ProblemAnswers.Refuse(http, wrong.Problems[0]) : Results.Redirect($"/statuspages/{Uri.EscapeDataString(page)}/subscribers"));
        Form(room, "/posts", (http, page, id, form, desk, press, stop) => desk.PublishAsync(http.Caller(), page, StatusForms.Post(form), "", stop));
        Form(room, "/posts/{id}", (http, page, id, form, desk, press, stop) => desk.UpdateAsync(http.Caller(), page, id, StatusForms.Post(form), "", stop));
        Form(room, "/maintenances", (http, page, id, form, desk, press, stop) => desk.ScheduleAsync(http.Caller(), page, StatusForms.Work(form, press.Find(page)?.Zone ?? NodaTime.DateTimeZone.Utc), "", stop));
        Form(room, "/maintenances/{id}/end", (http, page, id, form, desk, press, stop) => desk.EndAsync(http.Caller(), page, id, "", stop));
        Form(room, "/maintenances/{id}/cancel", (http, page, id, form, desk, press, stop) => desk.CancelAsync(http.Caller(), page, id, form["reason"].ToString(), "", stop));
    }

    private static void Form(Registration room, string action, Func<HttpContext, string, string, IFormCollection, StatusDesk, StatusPress, CancellationToken, Task<Outcome<string>>> act) =>
        room.Post("/statuspages/{page}" + action, Write, async (HttpContext http, string page, StatusScreen screen, StatusDesk desk, StatusPress press, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            var done = await act(http, page, http.Request.RouteValues["id"]?.ToString() ?? "", form, desk, press, stop);
            if (!done.Ok) return await screen.ShowAsync(http, page, done.Problems, form.ToDictionary(f => f.Key, f => f.Value.ToString()).Append(new("form", Named(action))).DistinctBy(f => f.Key).ToDictionary(f => f.Key, f => f.Value), stop);
            // From an incident's room back into it.
            return Results.Redirect(form["room"].ToString() is { Length: > 0 } incident ? "/incidents/" + Uri.EscapeDataString(incident) : "/statuspages/" + Uri.EscapeDataString(page));
        });

    // Which form it was, so that what is wrong stands beside its own fields.
    private static string Named(string action) => action.StartsWith("/posts", StringComparison.Ordinal) ? "post" : action == "/maintenances" ? "work" : "other";
}

/// <summary>Status pages in the palette.</summary>
internal sealed class StatusPalette(StatusPress press) : IPaletteSource
{
    public IEnumerable<PaletteEntry> Entries(HouseState state) => press.Pages.Select(p => new PaletteEntry($"{p.Title} status", "/statuspages/" + p.Name, "eye", "status page", Also: $"{p.Name} publish maintenance"));
}
