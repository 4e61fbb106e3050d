using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Nines.Host;
using Nines.Storage;
using Xunit;

namespace Nines.Tests.Interop.Ingestion;

/// <summary>A Nines in this process over a folder of its own; <see cref="RestartAsync"/> opens the same folder again.</summary>
internal sealed class RunningNines : IAsyncDisposable
{
    // A backfill of thirty days would make every test wait for it.
    private static readonly Dictionary<string, string?> Short = new() { ["sources:backfill"] = "15m" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-doors-");
    private readonly HttpClient _http = new();
    private NinesHost? _host;

    public string Folder => _folder.FullName;

    public Uri Address => _host!.Address;

    public static async Task<RunningNines> StartAsync()
    {
        var nines = new RunningNines();
        await nines.OpenAsync();
        return nines;
    }

    public async Task RestartAsync()
    {
        await _host!.DisposeAsync();
        await OpenAsync();
    }

    public async Task ApplyAsync(string manifests)
    {
        using var content = new StringContent(manifests, Encoding.UTF8, new MediaTypeHeaderValue("application/yaml"));
        using var answer = await _http.PostAsync(new Uri(_host!.Address, "/api/v1/manifests"), content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(_host!.Address, path));
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Asks until the answer is as wanted.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> wanted, int seconds = 30)
    {
        JsonElement seen = default;
        for (var i = 0; i < seconds * 4; i++)
        {
            seen = await GetAsync(path);
            // A problem answer: what was applied is not watched yet.
            if ((seen.ValueKind != JsonValueKind.Object || !seen.TryGetProperty("problems", out _)) && wanted(seen)) return seen;
            await Task.Delay(250);
        }

        Assert.Fail($"{path} stayed {seen}");
        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task OpenAsync()
    {
        var data = Path.Combine(Folder, "data");
        _host = NinesHost.Build(new HostOptions { Listen = new("http://127.0.0.1:0"), Data = data, Log = false, Settings = Short }, TimeProvider.System, await Store.OpenAsync(new(data, null)));
        await _host.StartAsync();
    }
}
