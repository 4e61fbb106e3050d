using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Nines.Kernel;

namespace Nines.Shell.Live;

/// <summary>The one event stream of a browser: <c>GET /live?topic=…</c>.</summary>
public static class LiveDoor
{
    internal static readonly Permission Needed = Permission.Read("shell");

    private const int MostTopics = 64;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);

    /// <summary>Streams news of the topics asked for until the browser goes or the server stops.</summary>
    public static async Task Serve(HttpContext http, LiveHub hub, ServingMode mode, ICallers callers, IHostApplicationLifetime life, TimeProvider clock)
    {
        var topics = http.Request.Query["topic"].OfType<string>().Where(t => t.Length is > 0 and < 300).Take(MostTopics).ToArray();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache, no-transform";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        // Linked to the stop of the server, or it would wait for every open page (30 s).
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        var listener = hub.Listen(topics);
        try
        {
            await http.Response.WriteAsync("retry: 2000\n\n", end.Token);
            await http.Response.Body.FlushAsync(end.Token);
            await StreamAsync(http, listener, () => mode.Open || callers.Find(http)?.Scopes.Allow(Needed) == true, clock, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The browser has gone, or the server stops.
        }
        finally
        {
            hub.Forget(listener);
        }
    }

    private static async Task StreamAsync(HttpContext http, LiveHub.Listener listener, Func<bool> mayLook, TimeProvider clock, CancellationToken end)
    {
        var ready = listener.News.WaitToReadAsync(end).AsTask();
        var beat = Task.Delay(Beat, clock, end);
        while (true)
        {
            await await Task.WhenAny(ready, beat);
            // Whoever signed out, or whose token was revoked, hears nothing more.
            if (!mayLook()) return;
            if (ready.IsCompleted)
            {
                while (listener.News.TryRead(out var news))
                    await http.Response.Body.WriteAsync(news.Wire, end);
                ready = listener.News.WaitToReadAsync(end).AsTask();
            }
            if (beat.IsCompleted)
            {
                // A comment now and then: proxies close silent streams, and a browser that has gone is noticed.
                await http.Response.WriteAsync(":\n\n", end);
                beat = Task.Delay(Beat, clock, end);
            }
            await http.Response.Body.FlushAsync(end);
        }
    }
}
