using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Ingestion.Access;
using Nines.Measuring.Ingestion.AccessLogs;
using Nines.Measuring.Ingestion.Api;
using Nines.Measuring.Ingestion.Cli;
using Nines.Measuring.Ingestion.Manifests;
using Nines.Measuring.Ingestion.Otlp;
using Nines.Measuring.Ingestion.Push;
using Nines.Measuring.Ingestion.RemoteWrite;
using Nines.Measuring.Ingestion.Scrape;
using Nines.Measuring.Signals;
using Nines.Shell;

namespace Nines.Measuring.Ingestion;

/// <summary>The doors through which signals come in, and the log that keeps what they accepted.</summary>
public sealed class IngestionModule : Module
{
    /// <inheritdoc />
    public override string Name => "ingestion";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Options<IngestionOptions, IngestionOptionsValidator>();
        room.Services.AddSingleton<SignalIntake>();
        room.Services.AddSingleton<SignalLog>();
        room.Services.AddSingleton<IRoomLife, SignalLogLife>();
        room.Duty<CheckpointDuty>();
        Replaying<CountedIntake>(room);
        room.Services.AddSingleton<ICheckpointPart>(services => services.GetRequiredService<CountedIntake>());
        RemoteWrite(room);
        Scrape(room);
        Otlp(room);
        room.Services.AddSingleton<PushDoor>();
        Door(room, "/api/v1/events", PushHttp.AcceptAsync);
        room.Manifest(new LogSourceKind());
        room.Duty<FollowLogsDuty>();
    }

    private static void RemoteWrite(Registration room)
    {
        room.Services.AddSingleton(new SeriesIndex(SeriesSeed.New()));
        Replaying<RemoteWriteDoor>(room);
        room.Services.AddSingleton<IRoomLife, RemoteWriteMetrics>();
        Door(room, RemoteWriteRoute.Pattern, RemoteWriteRoute.HandleAsync);
    }

    private static void Scrape(Registration room)
    {
        room.Manifest(new ScrapeTargetKind());
        room.Command(new ScrapeImportCommand());
        room.Services.AddHttpClient(ScrapeRounds.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(PageHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        room.Services.AddSingleton(new AccessBase(ScrapeRounds.ClientName, PageHandler));
        room.Services.AddSingleton<AccessClients>();
        room.Services.AddSingleton<IConfigureOptions<HttpClientFactoryOptions>, AccessHandlers>();
        room.Services.AddSingleton<ScrapeRounds>();
        room.Services.AddSingleton<IRoomLife, ScrapeMetrics>();
        room.Duty<ScrapeDuty>();
        room.Get("/api/v1/targets", Permission.Read("signals"), TargetsApi.List);
    }

    /// <summary>Keeps connections (renewed every ten minutes, so that a changed name is noticed), bounds redirects and headers, and leaves inflating to the reader, which bounds it.</summary>
    private static SocketsHttpHandler PageHandler() => new()
    {
        AllowAutoRedirect = true,
        MaxAutomaticRedirections = 5,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        MaxResponseHeadersLength = 64,
        UseCookies = false,
        UseProxy = false,
    };

    private static void Otlp(Registration room)
    {
        Replaying<OtlpDoor>(room);
        Door(room, "/v1/metrics", OtlpHttp.ExportAsync);
        Door(room, OtlpGrpc.Path, OtlpGrpc.ExportAsync);
        Door(room, "/v1/traces", (HttpContext http) => OtlpOthers.RefuseAsync(http, "traces"));
        Door(room, "/v1/logs", (HttpContext http) => OtlpOthers.RefuseAsync(http, "logs"));
        foreach (var (path, signal) in OtlpOthers.Calls) Door(room, path, (HttpContext http) => OtlpOthers.RefuseCallAsync(http, signal));
    }

    /// <summary>A door unpacks bodies itself, in bounded memory.</summary>
    private static void Door(Registration room, string pattern, Delegate handler) =>
        room.Route("POST", pattern, Permission.Send("signals"), handler, route => route.WithMetadata(TakesEncodedBodies.Mark));

    private static void Replaying<TDoor>(Registration room) where TDoor : class, ISignalReplay
    {
        room.Services.AddSingleton<TDoor>();
        room.Services.AddSingleton<ISignalReplay>(services => services.GetRequiredService<TDoor>());
    }
}
