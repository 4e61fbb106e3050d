using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nines.Host;
using Nines.Kernel;
using Nines.Storage;
using Xunit;

namespace Nines.Tests.Unit.Host;

/// <summary>
/// Who applies an objective and is answered finds it at once, and what is sent next is counted. The host has no duties:
/// one that is merely quick must not pass for the answer's promise.
/// </summary>
public sealed class ReadYourWritesTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private readonly NinesHost _host = NinesHost.Build(
        new HostOptions { Listen = new("http://127.0.0.1:0"), Open = true, Log = false }, TimeProvider.System, Store.InMemory(), services => services.RemoveAll<Duty>());

    public Task InitializeAsync() => _host.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Apply_ThenAskAndPush_TheObjectiveIsThereAndCounts()
    {
        using var applied = await _http.PostAsync(At("/api/v1/manifests"), new StringContent(Manifest("written"), Encoding.UTF8, "application/yaml"));
        Assert.True(applied.IsSuccessStatusCode, await applied.Content.ReadAsStringAsync());
        using var pushed = await _http.PostAsync(At("/api/v1/events"), new StringContent("""{"name":"written","good":9,"total":10}""", Encoding.UTF8, "application/json"));
        Assert.True(pushed.IsSuccessStatusCode, await pushed.Content.ReadAsStringAsync());
        using var asked = await _http.GetAsync(At("/api/v1/objectives/written"));
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        using var status = JsonDocument.Parse(await asked.Content.ReadAsStringAsync());
        Assert.Equal(10, status.RootElement.GetProperty("total").GetDouble());
    }

    private Uri At(string path) => new(_host.Address, path);

    private static string Manifest(string name) => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: {{name}} }
        spec:
          service: written
          indicator:
            spec:
              ratioMetric:
                counter: true
                good: { metricSource: { type: nines, spec: { selector: 'pushed_events_total{name="{{name}}",outcome="good"}' } } }
                total: { metricSource: { type: nines, spec: { selector: 'pushed_events_total{name="{{name}}"}' } } }
          timeWindow: [{ duration: 30d, isRolling: true }]
          budgetingMethod: Occurrences
          objectives: [{ target: 0.99 }]
        """;
}
