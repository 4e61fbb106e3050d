using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Nines.Tests.Unit.Host;

/// <summary>Who applies an objective and is answered finds it at once, and what is sent next is counted.</summary>
public sealed class ReadYourWritesTests(BadInputTests.Server server) : IClassFixture<BadInputTests.Server>
{
    [Fact]
    public async Task Apply_ThenAskAndPush_TheObjectiveIsThereAndCounts()
    {
        // Many rounds: a duty that is only mostly in time would be seen late in one of them.
        for (var round = 0; round < 20; round++)
        {
            var name = $"written-{round}";
            using var applied = await server.Http.PostAsync(At("/api/v1/manifests"), new StringContent(Manifest(name), Encoding.UTF8, "application/yaml"));
            Assert.True(applied.IsSuccessStatusCode, await applied.Content.ReadAsStringAsync());
            using var pushed = await server.Http.PostAsync(At("/api/v1/events"), new StringContent($$"""{"name":"{{name}}","good":9,"total":10}""", Encoding.UTF8, "application/json"));
            Assert.True(pushed.IsSuccessStatusCode, await pushed.Content.ReadAsStringAsync());
            using var asked = await server.Http.GetAsync(At($"/api/v1/objectives/{name}"));
            Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
            using var status = JsonDocument.Parse(await asked.Content.ReadAsStringAsync());
            Assert.Equal(10, status.RootElement.GetProperty("total").GetDouble());
        }
    }

    private Uri At(string path) => new(server.Host.Address, path);

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
