using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Heartbeats.Api;
using Nines.Alerting.Heartbeats.Cli;
using Nines.Alerting.Heartbeats.Manifests;
using Nines.Alerting.Heartbeats.Ui;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Heartbeats;

/// <summary>Signs of life that somebody promised; where one stays out, an alert begins.</summary>
public sealed class HeartbeatsModule : Module
{
    /// <inheritdoc />
    public override string Name => "heartbeats";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<HeartbeatsHeard>().Event<HeartbeatMissed>().Event<HeartbeatReturned>();
        room.Manifest(new HeartbeatKind());
        room.State(new HeartbeatFold());
        room.Services.AddSingleton(s => new HeartbeatBoard(s.GetRequiredService<TimeProvider>().Now(), s.GetRequiredService<IMeterFactory>()));
        room.Services.AddSingleton<HeartbeatDesk>();
        room.Duty<JudgeHeartbeatsDuty>();
        room.Duty<WriteHeartbeatsDuty>();
        Doors(room);
        HeartbeatPages.Register(room);
        room.Get("/api/v1/heartbeats", Permission.Read("heartbeats"), HeartbeatsApi.List);
        room.Command(new HeartbeatListCommand());
    }

    private static void Doors(Registration room)
    {
        // Senders ping by GET, too (Opsgenie's clients, curl in a crontab): a sign of life changes nothing that a program
        // which follows links could abuse – whoever knows the address could only say that something lives.
        foreach (var method in (string[])["POST", "GET", "PUT"])
        {
            room.Route(method, "/in/heartbeats/{name}", HeartbeatsApi.Permission, HeartbeatsApi.PingAsync);
            room.Route(method, "/opsgenie/v2/heartbeats/{name}/ping", HeartbeatsApi.Permission, HeartbeatsApi.OpsgeniePingAsync);
        }

        foreach (var method in (string[])["POST", "GET"]) room.Route(method, "/integrations/v1/{type}/{key}/heartbeat", HeartbeatsApi.Permission, HeartbeatsApi.OnCallPingAsync);
        room.Get("/opsgenie/v2/heartbeats/{name}", HeartbeatsApi.Permission, HeartbeatsApi.OpsgenieShow);
    }
}
