using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Nines.Host.Demo;

/// <summary>
/// One service of the shop: a web server of its own on its own loopback socket, with its routes, its <c>/metrics</c>
/// and its fault. A failed or late call below fails the request above, as in a real shop.
/// </summary>
internal sealed class ShopService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _calls;
    private readonly TimeProvider _clock;

    public ShopService(string name, int port, TimeProvider clock)
    {
        (Name, _clock) = (name, clock);
        Metrics = new(clock.GetUtcNow());
        _calls = LoopbackHttp.Open(TimeSpan.FromSeconds(3));
        _app = LoopbackHttp.Serve(port);
        _app.Run(AnswerAsync);
    }

    public string Name { get; }

    public RequestMetrics Metrics { get; }

    public FaultSwitch Fault { get; } = new();

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>What the service answers, each with the calls that it makes first, one after the other.</summary>
    public Dictionary<string, Func<IReadOnlyList<Uri>>> Routes { get; } = new(StringComparer.Ordinal);

    public Task StartAsync(CancellationToken stop) => _app.StartAsync(stop);

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
        _calls.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path == "/metrics")
        {
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await context.Response.WriteAsync(Metrics.Render(), context.RequestAborted);
            return;
        }

        if (!Routes.TryGetValue(path, out var calls))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var began = _clock.GetTimestamp();
        var code = await ServeAsync(calls(), context.RequestAborted);
        Metrics.Observe(path, code, _clock.GetElapsedTime(began));
        context.Response.StatusCode = code;
        await context.Response.WriteAsync($"{Name} {code}\n", context.RequestAborted);
    }

    private async Task<int> ServeAsync(IReadOnlyList<Uri> calls, CancellationToken stop)
    {
        try
        {
            if (await Fault.FeelAsync(_clock, stop) is { } broken) return broken;
            foreach (var call in calls)
            {
                using var answer = await _calls.GetAsync(call, stop);
                if (answer.StatusCode >= HttpStatusCode.InternalServerError) return StatusCodes.Status502BadGateway;
            }

            return StatusCodes.Status200OK;
        }
        catch (HttpRequestException)
        {
            return StatusCodes.Status502BadGateway;
        }
        catch (OperationCanceledException)
        {
            return StatusCodes.Status504GatewayTimeout;
        }
    }
}
