using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Ingestion.Access;
using Nines.Measuring.Sources.Api;
using Nines.Measuring.Sources.Cli;
using Nines.Measuring.Sources.Manifests;
using Nines.Shell;

namespace Nines.Measuring.Sources;

/// <summary>Reads Prometheus-compatible servers.</summary>
public sealed class SourcesModule : Module
{
    /// <inheritdoc />
    public override string Name => "sources";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Options<SourcesOptions, SourcesOptionsValidator>();
        room.Manifest(new DataSourceKind());
        room.Services.AddHttpClient(PromClient.Client).ConfigurePrimaryHttpMessageHandler(Handler).RemoveAllLoggers();
        room.Services.AddSingleton(new AccessBase(PromClient.Client, Handler));
        room.Services.AddSingleton<PromClient>();
        room.Services.AddSingleton<SourceBoard>();
        room.Services.AddSingleton<IRoomLife, SourceMetrics>();
        room.Duty<SourcesDuty>();
        room.Services.AddSingleton<Scout>();
        room.Post("/api/v1/sources/proposals", Permission.Write("sources"), ProposalsApi.Propose);
        room.Command(new InitCommand());
        room.Get("/api/v1/sources", Permission.Read("sources"), (SourceBoard board) => Results.Json(board.All, HouseJson.Options));
    }

    // A redirected query would be asked again without its form, so it is said instead.
    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.GZip,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        MaxResponseHeadersLength = 64,
        UseCookies = false,
    };
}
