namespace Nines.Tests.Stories;

/// <summary>alice's pager is broken; bob, who is next, and ops, who owns Nines, can be reached. Nines notices that its pages come late.</summary>
public class NinesWatchesItself
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private const string Policy = """
        apiVersion: nines/v1
        kind: EscalationPolicy
        metadata: { name: shop }
        spec: { steps: [{ notify: [{ person: alice }], delay: 5m }, { notify: [{ person: bob }], delay: 5m }] }
        """;

    [Fact]
    public async Task PagesThatMissTheirDeadlines_BurnABudgetOfTheirOwn_AndWhoeverOwnsNinesIsCalled()
    {
        await using var world = await StoryWorld.OpenAsync(("notifications:owner", "ops"));
        await using var alice = await Pager.StartAsync(world.Clock);
        await using var bob = await Pager.StartAsync(world.Clock);
        await using var ops = await Pager.StartAsync(world.Clock);
        await world.ApplyAsync(alice.Manifest("alice"), bob.Manifest("bob"), ops.Manifest("ops"), Policy);
        Assert.Empty((await world.GetAsync("/api/v1/objectives")).EnumerateArray());

        alice.Answers([.. Enumerable.Repeat(503, 200)]);
        for (var i = 0; i < 4; i++)
        {
            await world.ApplyAsync($"apiVersion: nines/v1\nkind: Service\nmetadata: {{ name: shop-{i} }}\nspec: {{ owner: {{ person: alice }}, oncall: shop }}\n");
            await world.PostRawAsync("/api/v2/alerts", new[] { new { labels = new { alertname = "Down", service = $"shop-{i}", severity = "page" } } });
            await world.PassAsync(3 * Minute);
        }

        var objective = Assert.Single((await world.GetAsync("/api/v1/objectives")).EnumerateArray());
        Assert.Equal(("pages-in-time", "nines"), (objective.GetProperty("name").GetString(), objective.GetProperty("service").GetString()));
        await world.PassAsync(5 * Minute);
        Assert.Contains(ops.Seen, c => c.Text.Contains("pages-in-time", StringComparison.Ordinal));
        Assert.Contains("nines_pages_total{deadlines=\"missed\"} 4", (await world.FetchAsync(HttpMethod.Get, "/metrics")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterACrash_NoPageIsCountedTwiceOrForgotten()
    {
        await using var world = await StoryWorld.OpenAsync();
        await using var alice = await Pager.StartAsync(world.Clock);
        await world.ApplyAsync(alice.Manifest("alice"), "apiVersion: nines/v1\nkind: Service\nmetadata: { name: shop }\nspec: { owner: { person: alice } }\n");
        for (var i = 0; i < 3; i++)
        {
            await world.PostRawAsync("/api/v2/alerts", new[] { new { labels = new { alertname = $"Down{i}", service = "shop", severity = "page" } } });
            await world.PassAsync(Minute);
            await world.PostRawAsync("/api/v2/alerts", new[] { new { labels = new { alertname = $"Down{i}", service = "shop", severity = "page" }, endsAt = world.Clock.GetUtcNow().ToString("O") } });
            await world.CrashAndRestartAsync();
            await world.PassAsync(2 * Minute);
        }

        await world.PassAsync(6 * Minute);
        Assert.Contains("nines_pages_total{deadlines=\"met\"} 3", (await world.FetchAsync(HttpMethod.Get, "/metrics")).Body, StringComparison.Ordinal);
        var pages = await world.GetAsync("/api/v1/objectives/pages-in-time");
        Assert.Equal((3d, 3d), (pages.GetProperty("good").GetDouble(), pages.GetProperty("total").GetDouble()));
    }
}
