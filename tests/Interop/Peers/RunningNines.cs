using System.Text;
using System.Text.Json;
using Nines.Host;
using Nines.Storage;
using Xunit;

namespace Nines.Tests.Interop.Peers;

/// <summary>The real server on a free port over a folder of its own, reached over HTTP as any user would; <see cref="RestartAsync"/> opens the same folder again.</summary>
internal sealed class RunningNines : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-interop-");
    private readonly Dictionary<string, string?> _settings;
    private NinesHost _host = null!;

    private RunningNines((string Key, string Value)[] settings) => _settings = settings.ToDictionary(s => s.Key, string? (s) => s.Value);

    public string Folder => _folder.FullName;

    public Uri Address => _host.Address;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public static async Task<RunningNines> StartAsync(params (string Key, string Value)[] settings)
    {
        var nines = new RunningNines(settings);
        await nines.OpenAsync();
        return nines;
    }

    public async Task RestartAsync()
    {
        await _host.DisposeAsync();
        await OpenAsync();
    }

    /// <summary>Applies manifests; a refusal fails the test with its words.</summary>
    public async Task ApplyAsync(string yaml)
    {
        using var body = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var answer = await Http.PostAsync(At("/api/v1/manifests"), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(At(path));
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

    /// <summary>Good and total of an objective, as scripts read them.</summary>
    public async Task<(double Good, double Total)> CountsAsync(string objective)
    {
        var status = await GetAsync($"/api/v1/objectives/{objective}");
        return (status.GetProperty("good").GetDouble(), status.GetProperty("total").GetDouble());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Uri At(string path) => new(_host.Address, path);

    private async Task OpenAsync()
    {
        var data = Path.Combine(Folder, "data");
        _host = NinesHost.Build(new HostOptions { Listen = new("http://127.0.0.1:0"), Open = true, Data = data, Log = false, Settings = _settings }, TimeProvider.System, await Store.OpenAsync(new(data, null)));
        await _host.StartAsync();
    }
}
