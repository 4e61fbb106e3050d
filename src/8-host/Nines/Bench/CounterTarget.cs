using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Nines.Kernel;

namespace Nines.Host.Bench;

/// <summary>An exposition page on a port of its own, for whoever scrapes it.</summary>
internal sealed class CounterTarget : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _hits;

    private CounterTarget(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>How often it was read.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Starts it; the page is made anew for each read from the time of the read.</summary>
    public static async Task<CounterTarget> StartAsync(Func<long, byte[]> page, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var target = new CounterTarget(app);
        app.MapGet("/metrics", Read).WithMetadata(Permission.Nothing);
        await app.StartAsync();
        target.Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return target;

        IResult Read()
        {
            Interlocked.Increment(ref target._hits);
            return Results.Bytes(page(clock.UnixMs()), "text/plain; version=0.0.4");
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
