using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Ingestion.Access;
using Nines.Measuring.Probes.Manifests;
using Nines.Shell;

namespace Nines.Measuring.Probes;

/// <summary>Asks services from outside and counts how it went.</summary>
public sealed class ProbesModule : Module
{
    /// <inheritdoc />
    public override string Name => "probes";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Manifest(new ProbeKind());
        Client(room, Prober.Client, anyCertificate: false);
        Client(room, Prober.AnyCertificateClient, anyCertificate: true);
        room.Services.AddSingleton<Prober>();
        room.Services.AddSingleton<ProbeBoard>();
        room.Duty<ProbeDuty>();
        room.Get("/api/v1/probes", Permission.Read("probes"), (ProbeBoard board) => Microsoft.AspNetCore.Http.Results.Json(board.All, HouseJson.Options));
    }

    // Every try makes its own connection: a probe that rides on an old one does not see that new ones fail.
    [SuppressMessage("Security", "CA5359", Justification = "Only for probes that declare anyCertificate.")]
    private static void Client(Registration room, string name, bool anyCertificate)
    {
        SocketsHttpHandler Make() => new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseHeadersLength = 64,
            SslOptions = anyCertificate ? new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true } : new(),
        };
        room.Services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(Make).RemoveAllLoggers();
        room.Services.AddSingleton(new AccessBase(name, Make));
    }
}
