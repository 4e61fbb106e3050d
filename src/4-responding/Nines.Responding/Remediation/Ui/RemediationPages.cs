using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Alerts.Ui;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents;
using Nines.Responding.Remediation.Api;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Responding.Remediation.Ui;

/// <summary>The room's page, its parts on others, and its forms. All work without script.</summary>
internal static class RemediationPages
{
    public static void Register(Registration room)
    {
        var (read, write, approve) = (Permission.Read("remediation"), Permission.Write("remediation"), Permission.Write("runner"));
        room.Services.AddSingleton(new LoopPlace(Loop.Respond, "Remediation", "/remediation", "run", Order: 30));
        room.Services.AddSingleton(new IncidentTile(typeof(RemediesOfIncident), 6));
        room.Services.AddSingleton(new AlertTile(typeof(RemediesOfAlert)));
        room.Services.AddSingleton(new PageTile(typeof(RemediesOfPage)));
        room.Fill<IPageBand, RemediationBand>().Fill<IPaletteSource, RemediationPalette>();
        room.Get("/remediation", read, (HttpContext http, RemediationReading remediation) => Show(http, remediation, []));
        room.Get("/remediation.csv", read, (HttpContext http, RemediationReading remediation) => TableExport.Csv(Rows(http, remediation).Rows, RemediationApi.Columns, "remedies"));
        room.Get("/remediation.json", read, (HttpContext http, RemediationReading remediation) => TableExport.Json(Rows(http, remediation).Rows, RemediationApi.Columns));
        Form("/remedies/{id}/approve", approve, (http, form, desk, stop) => desk.ApproveAsync(http.Caller(), http.Request.RouteValues["id"]!.ToString()!, "", stop));
        Form("/remedies/{id}/reject", write, (http, form, desk, stop) => desk.RejectAsync(http.Caller(), http.Request.RouteValues["id"]!.ToString()!, form["reason"].ToString(), "", stop));
        Form("/remediation/stop", write, (http, form, desk, stop) => desk.StopAsync(http.Caller(), form["rule"].ToString(), form["reason"].ToString(), "", stop));
        Form("/remediation/start", write, (http, form, desk, stop) => desk.StartAsync(http.Caller(), form["rule"].ToString(), "", stop));

        void Form(string pattern, Permission permission, Func<HttpContext, IFormCollection, RemediationDesk, CancellationToken, Task<Outcome<string>>> act) =>
            room.Post(pattern, permission, async (HttpContext http, RemediationReading remediation, RemediationDesk desk, CancellationToken stop) =>
                await act(http, await http.Request.ReadFormAsync(stop), desk, stop) is { Ok: false } wrong ? (IResult)Show(http, remediation, wrong.Problems) : Results.Redirect("/remediation"));
    }

    private static TableRows<RemedyView> Rows(HttpContext http, RemediationReading remediation) => TableRules.Apply(remediation.Remedies(), RemediationApi.Columns, TableQuery.Of(http.Request));

    private static PageResult<RemediationPage> Show(HttpContext http, RemediationReading remediation, IReadOnlyList<Problem> problems) => new(
        new Dictionary<string, object?>
        {
            ["All"] = remediation.All(),
            ["Table"] = Rows(http, remediation),
            ["Query"] = TableQuery.Of(http.Request),
            ["Open"] = remediation.Remedies().Where(r => r.State is RemedyState.Proposed or RemedyState.Running or RemedyState.Watching).ToArray(),
            ["Problems"] = problems,
        },
        problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}

/// <summary>Every page says that remediation is stopped: nobody shall wait for what does not come.</summary>
internal sealed class RemediationBand(IHouse house) : IPageBand
{
    public PageBand? Now() => house.State.Get<RemedyBook>().StopOf("") is { } stop ? new([Phrase.Bold("Remediation is stopped: "), stop.Reason], "Let it go on", "/remediation") : null;
}

/// <summary>What waits for a word, and the stop, in the palette.</summary>
internal sealed class RemediationPalette : IPaletteSource
{
    public IEnumerable<PaletteEntry> Entries(HouseState state) =>
        state.Get<RemedyBook>().Open.Where(r => r.State == RemedyState.Proposed).Select(r => new PaletteEntry($"{r.Name} {r.Rule} on {r.Target}", "/remediation#open", "run", "waits", First: true))
            .Append(new("Stop all remediation", "/remediation#stop", "ice", "respond", Does: true, Also: "self-healing automation halt"));
}
