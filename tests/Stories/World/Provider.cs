using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Nines.Tests.Stories;

/// <summary>One call that a provider got.</summary>
internal sealed record Said(DateTimeOffset At, string Path, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

/// <summary>Any provider on loopback: it remembers every call, and answers as the story says.</summary>
internal sealed class Provider : IAsyncDisposable
{
    private readonly ConcurrentQueue<Said> _calls = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("nines-provider").FullName;
    private WebApplication? _app;

    /// <summary>Every call, oldest first.</summary>
    public IReadOnlyList<Said> Calls => [.. _calls];

    /// <summary>Times are those of the story.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Status, body, and the header <c>Retry-After</c> of each answer.</summary>
    public Func<Said, (int Status, string Body, string? RetryAfter)> Answer { get; set; } = _ => (200, "{}", null);

    public string Url => _app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<Provider> StartAsync()
    {
        var provider = new Provider();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        provider._app = builder.Build();
        provider._app.Run(provider.TakeAsync);
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>A secret in a file, as a manifest or a setting names it.</summary>
    public string Secret(string name, string value)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, value + "\n");
        return "file:" + file;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var said = new Said(Clock.GetUtcNow(), http.Request.Path, await reader.ReadToEndAsync());
        _calls.Enqueue(said);
        var (status, body, retryAfter) = Answer(said);
        http.Response.StatusCode = status;
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body);
    }
}
