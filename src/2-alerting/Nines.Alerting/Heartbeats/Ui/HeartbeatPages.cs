using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Heartbeats.Api;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Alerting.Heartbeats.Ui;

/// <summary>The room's page: every heartbeat.</summary>
internal static class HeartbeatPages
{
    public static void Register(Registration room)
    {
        var read = Permission.Read("heartbeats");
        room.Services.AddSingleton(new LoopPlace(Loop.Alert, "Heartbeats", "/heartbeats", "signal", Order: 35));
        room.Get("/heartbeats", read, List);
        room.Get("/heartbeats.csv", read, (HttpContext http, HeartbeatDesk desk, IHouse house) => TableExport.Csv(Rows(http, desk, house).Rows, HeartbeatsApi.Columns, "heartbeats"));
        room.Get("/heartbeats.json", read, (HttpContext http, HeartbeatDesk desk, IHouse house) => TableExport.Json(Rows(http, desk, house).Rows, HeartbeatsApi.Columns));
    }

    private static TableRows<HeartbeatView> Rows(HttpContext http, HeartbeatDesk desk, IHouse house) =>
        TableRules.Apply(HeartbeatsApi.All(http.Request, desk, house), HeartbeatsApi.Columns, TableQuery.Of(http.Request));

    private static PageResult<HeartbeatsPage> List(HttpContext http, HeartbeatDesk desk, IHouse house) =>
        new(new Dictionary<string, object?> { ["Table"] = Rows(http, desk, house), ["Query"] = TableQuery.Of(http.Request) });
}
