using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Security;
using Nines.Storage;

namespace Nines.Host;

/// <summary>
/// The server as an object: built from options, a clock and an opened store, started and stopped by whoever holds it
/// (the command line, the demo, a story on a fake clock). What starts last stops first.
/// </summary>
public sealed class NinesHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Store _store;
    private readonly HostReadiness _readiness;
    private readonly HostOptions _options;
    private readonly CertificateFile? _certificate;
    private readonly Stack<Func<CancellationToken, Task>> _closing = [];
    private bool _started;

    private NinesHost(WebApplication app, Store store, HostReadiness readiness, HostOptions options, CertificateFile? certificate) =>
        (_app, _store, _readiness, _options, _certificate) = (app, store, readiness, options, certificate);

    /// <summary>The composed services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens, known after the start.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Ends when the server is asked to stop (SIGTERM, Ctrl-C).</summary>
    public CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    /// <summary>Composes a server; nothing runs yet.</summary>
    /// <param name="options">Checked by the caller (<see cref="HostOptions.Check"/>).</param>
    /// <param name="clock">The one clock of the house.</param>
    /// <param name="store">The opened store; the host closes it.</param>
    /// <param name="more">Further services, after all rooms have registered: a story replaces an edge here.</param>
    public static NinesHost Build(HostOptions options, TimeProvider clock, Store store, Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(NinesHost).Assembly.GetName().Name,
        });
        ConfigureSettings(builder, options);
        var certificate = options.Certificate is { } file ? CertificateFile.Open(file, options.CertificateKey ?? file, clock) : null;
        if (certificate is { Ok: false }) throw new InvalidOperationException(certificate.Problems[0].ToString());
        ConfigureKestrel(builder, options, certificate?.Value);
        var readiness = new HostReadiness();
        var rooms = HostServices.Add(builder.Services, builder.Configuration, options, clock, store, readiness);
        more?.Invoke(builder.Services);
        var app = builder.Build();
        HostRoutes.Map(app, rooms);
        return new(app, store, readiness, options, certificate?.Value);
    }

    /// <summary>Everything that is wrong with the settings, of all rooms at once; asked before the start.</summary>
    public IReadOnlyList<Problem> CheckSettings()
    {
        try
        {
            _app.Services.GetService<IStartupValidator>()?.Validate();
            return [.. Reach()];
        }
        catch (Exception e) when (e is OptionsValidationException or AggregateException or InvalidOperationException)
        {
            IEnumerable<Exception> all = e is AggregateException many ? many.InnerExceptions : [e];
            return [.. all.SelectMany(one => one is OptionsValidationException wrong ? wrong.Failures : [one.Message])
                .Select(text => Problem.Invalid(text, "Mend it in nines.json, in the environment (NINES_…) or at --set.", "settings"))];
        }
    }

    /// <summary>Whether what is listened on fits the settings about proxies.</summary>
    private IEnumerable<Problem> Reach()
    {
        var proxied = _app.Services.GetRequiredService<TrustedProxies>().Known;
        foreach (var (address, option) in new[] { (_options.Listen, "--listen"), (_options.OtlpGrpc, "--otlp-grpc") })
            if (address is { IsLoopback: false, Scheme: "http" } && !proxied)
                yield return Problem.Invalid(
                    $"{address} would carry passwords readable over a network.",
                    "Write https:// with --certificate FILE --certificate-key FILE; behind a proxy that speaks https, name it: --set shell:trustedProxies=10.0.0.5.", option);
        if (_options.Open && proxied) yield return Problem.Invalid("An open server trusts no proxies: everybody behind one could do everything.", "Leave --open out, or take shell:trustedProxies out of the settings.", "--open");
    }

    /// <summary>Folds the journal, wakes the rooms, opens the doors, starts the duties, and then says that it is ready.</summary>
    public async Task StartAsync(CancellationToken stop = default)
    {
        _started = true;
        _certificate?.Tell(e => _app.Services.GetRequiredService<ILogger<NinesHost>>().LogError(e, "The renewed certificate cannot be read; the old one is still shown"));
        var house = _app.Services.GetRequiredService<House>();
        await house.StartAsync(stop);
        _closing.Push(async _ => await house.DisposeAsync());
        // Listens from the start, or counters of the replay would be missing from the page.
        _app.Services.GetRequiredService<OwnMetrics>();
        foreach (var life in _app.Services.GetServices<IRoomLife>())
        {
            await life.StartAsync(stop);
            _closing.Push(life.StopAsync);
        }

        var duties = _app.Services.GetRequiredService<DutyRunner>();
        _closing.Push(async _ => await duties.DisposeAsync());
        await _app.StartAsync(stop);
        _closing.Push(CloseDoorsAsync);
        duties.Start();
        _readiness.Ready = true;
    }

    /// <summary>Runs until asked to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken stop = default)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Stopping.Register(ended.SetResult);
        return ended.Task.WaitAsync(stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Stops in reverse order and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        _readiness.Ready = false;
        if (_started) _app.Lifetime.StopApplication();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(8));
        while (_closing.TryPop(out var close))
        {
            try
            {
                await close(patience.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or StorageException)
            {
                LogStopFailed(e);
            }
        }

        await _app.DisposeAsync();
        _certificate?.Dispose();
        await _store.DisposeAsync();
    }

    /// <summary>Ends requests; those that never end (half-sent bodies) are cut off, so that the rooms behind them have time to close.</summary>
    private async Task CloseDoorsAsync(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromSeconds(4));
        await _app.StopAsync(patience.Token);
    }

    private void LogStopFailed(Exception e) =>
        _app.Services.GetRequiredService<ILogger<NinesHost>>().LogError(e, "A part did not stop cleanly; what was acknowledged is safe");

    private static void ConfigureSettings(WebApplicationBuilder builder, HostOptions options)
    {
        // Links lead where the server listens, unless somebody says better.
        if (options.Listen.Port != 0 && options.PublicUrl is null) builder.Configuration.AddInMemoryCollection([new("notifications:publicUrl", options.Listen.GetLeftPart(UriPartial.Authority))]);
        builder.Configuration.AddJsonFile(Path.GetFullPath(Path.Combine(options.Data, "nines.json")), optional: true);
        builder.Configuration.AddEnvironmentVariables("NINES_");
        if (options.Manifests is { } folder) builder.Configuration.AddInMemoryCollection([new("manifests:folder", Path.GetFullPath(folder))]);
        if (options.PublicUrl is { } address) builder.Configuration.AddInMemoryCollection([new("notifications:publicUrl", address.GetLeftPart(UriPartial.Authority))]);
        builder.Configuration.AddInMemoryCollection(options.Settings);
        builder.Logging.ClearProviders();
        if (!options.Log) return;
        // What others sent stands in the log; it must not command the terminal that shows it. Its own colours go with that.
        if (Console.Error is not PlainWriter) Console.SetError(new PlainWriter(Console.Error));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.ColorBehavior = Microsoft.Extensions.Logging.Console.LoggerColorBehavior.Disabled;
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
        });
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);
        // Says "failed to start" with a stack trace; the command says it in words.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
    }

    private static void ConfigureKestrel(WebApplicationBuilder builder, HostOptions options, CertificateFile? certificate) =>
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024 * 1024;
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
            Listen(kestrel, options.Listen, certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2, certificate);
            if (options.OtlpGrpc is { } grpc) Listen(kestrel, grpc, HttpProtocols.Http2, certificate);
        });

    private static void Listen(KestrelServerOptions kestrel, Uri address, HttpProtocols protocols, CertificateFile? certificate)
    {
        var ip = address.HostNameType == UriHostNameType.Dns ? System.Net.IPAddress.Loopback : System.Net.IPAddress.Parse(address.Host.Trim('[', ']'));
        kestrel.Listen(ip, address.Port, listen =>
        {
            listen.Protocols = protocols;
            if (address.Scheme == "https") listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new(certificate!.Now()) });
        });
    }
}
