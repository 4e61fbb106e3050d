using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Nines.Tests.Interop.Crash;

/// <summary>One message that the receiver got.</summary>
internal sealed record CaughtPage(string Delivery, string Event, string Page, string Service, string Body)
{
    /// <summary>When it came, since the receiver began.</summary>
    public TimeSpan At { get; init; }

    /// <summary>Path of the link that opens the page with one button; empty where there is nothing to acknowledge.</summary>
    public string Link { get; init; } = "";
}

/// <summary>A receiver that outlives every crash and remembers all that it got; every fourth first try it refuses.</summary>
internal sealed class PageCatcher : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<CaughtPage> _caught = [];
    private readonly ConcurrentDictionary<string, int> _tries = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly WebApplication _app;

    private PageCatcher()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/", TakeAsync);
    }

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IReadOnlyList<CaughtPage> Caught => After(0);

    /// <summary>How many messages came so far.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _caught.Count;
        }
    }

    /// <summary>Since the receiver began.</summary>
    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_began);

    public static async Task<PageCatcher> StartAsync()
    {
        var catcher = new PageCatcher();
        await catcher._app.StartAsync();
        return catcher;
    }

    /// <summary>The messages that came after so many.</summary>
    public IReadOnlyList<CaughtPage> After(int known)
    {
        lock (_gate) return _caught[known..];
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        var at = Now;
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        using var json = JsonDocument.Parse(body);
        var delivery = request.Headers["Nines-Delivery-Id"].ToString();
        var told = json.RootElement;
        var link = told.TryGetProperty("acknowledge", out var address) && address.GetString() is { } url ? new Uri(url).AbsolutePath : "";
        var caught = new CaughtPage(delivery, told.GetProperty("event").GetString()!, told.GetProperty("page").GetString()!, told.GetProperty("service").GetString()!, body) { At = at, Link = link };
        lock (_gate) _caught.Add(caught);
        var refuse = _tries.AddOrUpdate(delivery, 1, (_, tries) => tries + 1) == 1 && _tries.Count % 4 == 0;
        return Results.StatusCode(refuse ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status204NoContent);
    }
}
