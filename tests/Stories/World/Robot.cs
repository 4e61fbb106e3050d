using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Nines.Tests.Stories;

/// <summary>A real HTTP server that does what it is told and remembers it: the shop's own automation.</summary>
internal sealed class Robot : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _called = new();

    private Robot(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>What it was asked, with the authorization that came along.</summary>
    public IReadOnlyList<string> Seen => [.. _seen];

    /// <summary>Runs between the request and the answer.</summary>
    public Action? During { get; set; }

    /// <summary>Answers this status from now on.</summary>
    public int Status { get; set; } = 200;

    public static async Task<Robot> OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var robot = new Robot(app);
        app.MapFallback("{**path}", async (HttpContext http) =>
        {
            var token = http.Request.Headers.Authorization.ToString();
            robot._seen.Enqueue($"{http.Request.Method} {http.Request.Path}{(token.Length > 0 ? " " + token : "")}");
            robot.During?.Invoke();
            http.Response.StatusCode = robot.Status;
            await http.Response.WriteAsync(token.Length > 0 ? $"rolled back with {token}" : "fine");
            robot._called.GetOrAdd(http.Request.Path, _ => new()).TrySetResult();
        });
        await app.StartAsync();
        return robot;
    }

    /// <summary>Waits until a path was called.</summary>
    public Task CalledAsync(string path) => _called.GetOrAdd(path, _ => new()).Task.WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
