using Nines.Kernel;

namespace Nines.Host.Bench;

/// <summary>An exposition page on a port of its own, for whoever scrapes it.</summary>
internal sealed class CounterTarget : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _hits;

    private CounterTarget(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>How often it was read.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Starts it; the page is made anew for each read from the time of the read.</summary>
    public static async Task<CounterTarget> StartAsync(Func<long, byte[]> page, TimeProvider clock)
    {
        var target = Prepare(page, clock);
        await target.OpenAsync();
        return target;
    }

    /// <summary>Makes one that has its address and does not listen yet.</summary>
    public static CounterTarget Prepare(Func<long, byte[]> page, TimeProvider clock)
    {
        var address = new Uri($"http://127.0.0.1:{MeasuredProcess.FreePort()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());
        var app = builder.Build();
        var target = new CounterTarget(app, address);
        app.MapGet("/metrics", Read).WithMetadata(Permission.Nothing);
        return target;

        IResult Read()
        {
            Interlocked.Increment(ref target._hits);
            return Results.Bytes(page(clock.UnixMs()), "text/plain; version=0.0.4");
        }
    }

    /// <summary>Begins to listen.</summary>
    public Task OpenAsync() => _app.StartAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
