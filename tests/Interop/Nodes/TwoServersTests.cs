using System.Diagnostics;
using System.Net;
using System.Text;
using Nines.Kernel;
using Nines.Tests.Interop.Crash;
using Nines.Tests.Interop.Storage;
using Npgsql;
using Xunit;

namespace Nines.Tests.Interop.Nodes;

/// <summary>Two real servers over one PostgreSQL: what one answers the other honours, and one takes over from the other.</summary>
public sealed class TwoServersTests : IAsyncLifetime
{
    private const string Position = "Nines-Position";

    // A lease of 15 s, a second between two tries, a cycle of a second, and a busy machine.
    private static readonly TimeSpan TakesOverWithin = TimeSpan.FromSeconds(25);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-nodes-");
    private string _database = "";
    private string _between = "";
    private MortalServer _one = null!;
    private MortalServer _two = null!;

    public async Task InitializeAsync()
    {
        _database = await (await PostgresServer.GetAsync()).CreateDatabaseAsync();
        _one = Node("one");
        _two = Node("two");
        await _one.StartAsync();
        _between = new IdSource().Next(TimeProvider.System.Now());
        await _two.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Position_OfOneNodesAnswer_IsHonouredByTheOther()
    {
        for (var i = 0; i < 40; i++)
        {
            var position = await ApplyTeamAsync(_one, $"team-{i}");
            using var asked = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/manifests/Team/team-{i}") { Headers = { { Position, position } } };
            using var answer = await _two.Http.SendAsync(asked);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains(Position));
        }
    }

    [Fact]
    public async Task Position_ThatNeverComes_IsRefusedAfterFiveSeconds()
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/v1/manifests") { Headers = { { Position, "1000000" } } };
        var began = Stopwatch.GetTimestamp();
        using var answer = await _two.Http.SendAsync(asked);

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(15));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (answer.StatusCode, answer.Headers.RetryAfter!.Delta));
        Assert.Matches(
            """^\{"type":"/problems/unavailable","title":"This node stands at position [0-9]+ and has not caught up with 1000000 within 5 s.","status":503,"detail":"Send it again, or ask the node that answered with 1000000."}*""",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Position_ThatIsNone_IsRefused()
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/v1/manifests") { Headers = { { Position, "-7" } } };
        using var answer = await _one.Http.SendAsync(asked);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("\\\"-7\\\" is no journal position.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NodeDies_TheOtherEvaluatesAndPagesWithinSeconds_AndOneThatWasAsleepPagesNobodyAgain()
    {
        await using var pager = await PageCatcher.StartAsync();
        await _one.ApplyAsync(string.Join("---\n", [CrashWorld.Ada(pager.Url), .. new[] { "first", "second", "third" }.Select(CrashWorld.Burnable)]));
        foreach (var node in new[] { _one, _two })
            for (var i = 0; i < 100 && (await node.GetAsync("/api/v1/objectives")).GetArrayLength() < 3; i++) await Task.Delay(100);

        // Senders tell both, as they do to a pair; one evaluates.
        await CrashWorld.BurnAsync(_one, "first");
        await CrashWorld.BurnAsync(_two, "first");
        await ArrivesAsync(pager, "first", _two);
        // Only the other one hears of this: it counts it, and tells it once it is the one that evaluates.
        var (holder, other) = await FirstEvaluatesAsync() ? (_one, _two) : (_two, _one);
        await CrashWorld.BurnAsync(other, "second");
        await holder.KillAsync();
        var died = Stopwatch.GetTimestamp();
        await ArrivesAsync(pager, "second", other);
        var took = Stopwatch.GetElapsedTime(died);
        Assert.InRange(took, TimeSpan.Zero, TakesOverWithin);
        LongRun.Count("ms from a node's death to the other's first page", (long)took.TotalMilliseconds);

        // It comes back, and now the one that evaluates sleeps through the end of its leases: paused, not dead.
        await holder.StartAsync();
        await CrashWorld.BurnAsync(holder, "third");
        other.Pause();
        await ArrivesAsync(pager, "third", holder);
        other.Resume();
        await Task.Delay(3_000);

        var calls = pager.Caught.Where(c => c.Event == "page.opened").ToArray();
        Assert.Equal(["first", "second", "third"], calls.DistinctBy(c => c.Delivery).Select(c => c.Service).Order(StringComparer.Ordinal));
        foreach (var node in new[] { holder, other })
        {
            var pages = (await node.GetAsync("/api/v1/pages")).EnumerateArray().Select(p => (p.GetProperty("id").GetString()!, p.GetProperty("state").GetString()!));
            Assert.Equal(calls.Select(c => (c.Page, "open")).Distinct().Order(), pages.Order());
        }
    }

    private MortalServer Node(string name) =>
        new(Path.Combine(_folder.FullName, name), "--postgres", _database, "--set", "objectives:evaluateEvery=1s");

    /// <summary>True where the first node holds the lease of the evaluation: a node's name for itself begins with the time of its start.</summary>
    private async Task<bool> FirstEvaluatesAsync()
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using var ask = source.CreateCommand("SELECT holder FROM nines.leases WHERE name = 'objectives.evaluate'");
        var holder = (string)(await ask.ExecuteScalarAsync())!;
        return string.CompareOrdinal(holder, _between) < 0;
    }

    private static async Task ArrivesAsync(PageCatcher pager, string service, MortalServer at)
    {
        for (var i = 0; i < 600; i++)
        {
            if (pager.Caught.Any(c => c.Event == "page.opened" && c.Service == service)) return;
            await Task.Delay(100);
        }

        Assert.Fail($"Nobody was paged about {service} within a minute.\nobjective: {await at.GetAsync($"/api/v1/objectives/{service}")}\nalerts: {await at.GetAsync("/api/v1/alerts")}\noutbox: {await at.GetAsync("/api/v1/outbox")}");
    }

    private static async Task<string> ApplyTeamAsync(MortalServer server, string name)
    {
        using var body = new StringContent($"apiVersion: nines/v1\nkind: Team\nmetadata: {{ name: {name} }}\n", Encoding.UTF8, "application/yaml");
        using var answer = await server.Http.PostAsync(new Uri("/api/v1/manifests", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return Assert.Single(answer.Headers.GetValues(Position));
    }
}
