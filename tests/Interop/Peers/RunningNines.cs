using System.Text;
using System.Text.Json;
using Nines.Host;
using Nines.Storage;
using Xunit;

namespace Nines.Tests.Interop.Peers;

/// <summary>The real server on a free port with a store of its own, reached over HTTP as any user would.</summary>
internal sealed class RunningNines : IAsyncDisposable
{
    private readonly NinesHost _host;
    private readonly DirectoryInfo _folder;

    private RunningNines(NinesHost host, DirectoryInfo folder)
    {
        (_host, _folder) = (host, folder);
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host.Address };
    }

    public Uri Address => _host.Address;

    public HttpClient Http { get; }

    public static async Task<RunningNines> StartAsync(params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("nines-interop-");
        var options = new HostOptions
        {
            Listen = new("http://127.0.0.1:0"),
            Data = folder.FullName,
            Log = false,
            Settings = settings.ToDictionary(s => s.Key, string? (s) => s.Value),
        };
        var host = NinesHost.Build(options, TimeProvider.System, await Store.OpenAsync(new(folder.FullName, null)));
        await host.StartAsync();
        return new(host, folder);
    }

    /// <summary>Applies manifests; a refusal fails the test with its words.</summary>
    public async Task ApplyAsync(string yaml)
    {
        using var body = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var answer = await Http.PostAsync(new Uri("/api/v1/manifests", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Good and total of an objective, as scripts read them.</summary>
    public async Task<(double Good, double Total)> CountsAsync(string objective)
    {
        using var status = JsonDocument.Parse(await Http.GetStringAsync(new Uri($"/api/v1/objectives/{objective}", UriKind.Relative)));
        return (status.RootElement.GetProperty("good").GetDouble(), status.RootElement.GetProperty("total").GetDouble());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
