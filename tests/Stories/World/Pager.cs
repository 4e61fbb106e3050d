using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nines.Paging.Channels;

namespace Nines.Tests.Stories;

/// <summary>One call that a pager got.</summary>
internal sealed record Call(DateTimeOffset At, string Delivery, JsonElement Body, bool Signed)
{
    public string Event => Body.GetProperty("event").GetString()!;

    public string Page => Body.GetProperty("page").GetString()!;

    public string Text => Body.GetProperty("text").GetString()!;

    public string Why => Body.GetProperty("why").GetString()!;
}

/// <summary>A real HTTP receiver on loopback that remembers every call and checks each signature as any receiver would.</summary>
internal sealed class Pager : IAsyncDisposable
{
    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly ConcurrentQueue<int> _answers = new();
    private readonly TimeProvider _clock;
    private readonly string _folder = Directory.CreateTempSubdirectory("nines-pager").FullName;
    private WebApplication? _app;

    private Pager(TimeProvider clock) => _clock = clock;

    /// <summary>Every call, oldest first.</summary>
    public IReadOnlyList<Call> Calls => [.. _calls];

    /// <summary>Calls by delivery id: what a receiver that keeps ids sees.</summary>
    public IReadOnlyList<Call> Seen => [.. _calls.DistinctBy(c => c.Delivery)];

    /// <summary>Runs when a call has arrived, before it is answered.</summary>
    public Action? Arrived { get; set; }

    public Uri Url { get; private set; } = null!;

    /// <summary>The file that holds the key.</summary>
    public string SecretFile => Path.Combine(_folder, "key");

    public static async Task<Pager> StartAsync(TimeProvider clock)
    {
        var pager = new Pager(clock);
        await File.WriteAllTextAsync(pager.SecretFile, "the key of this pager\n");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        pager._app = builder.Build();
        pager._app.MapPost("/", pager.TakeAsync);
        await pager._app.StartAsync();
        pager.Url = new(pager._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return pager;
    }

    /// <summary>The next calls get these answers; after them every call is accepted.</summary>
    public void Answers(params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) _answers.Enqueue(status);
    }

    /// <summary>The person's manifest.</summary>
    public string Manifest(string name) =>
        $"apiVersion: nines/v1\nkind: Person\nmetadata: {{ name: {name} }}\nspec: {{ contacts: {{ webhook: {{ url: \"{Url}\", secret: \"file:{SecretFile}\" }} }} }}\n";

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var signed = WebhookSignature.Verify("the key of this pager", http.Request.Headers["Nines-Signature"].ToString(), body.ToArray(), _clock.GetUtcNow().ToUnixTimeSeconds());
        using var json = JsonDocument.Parse(body.ToArray());
        _calls.Enqueue(new(_clock.GetUtcNow(), http.Request.Headers["Nines-Delivery-Id"].ToString(), json.RootElement.Clone(), signed));
        Arrived?.Invoke();
        http.Response.StatusCode = _answers.TryDequeue(out var status) ? status : StatusCodes.Status204NoContent;
    }
}
