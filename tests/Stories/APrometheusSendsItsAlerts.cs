using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>A Prometheus that knows nothing of Nines sends its alerts, as to any Alertmanager.</summary>
public class APrometheusSendsItsAlerts
{
    private static async Task<(StoryWorld World, Pager Alice)> BeginAsync()
    {
        var world = await StoryWorld.OpenAsync();
        var alice = await Pager.StartAsync(world.Clock);
        await world.ApplyAsync(alice.Manifest("alice"), StoryWorld.Service("checkout", "person: alice"));
        return (world, alice);
    }

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As Prometheus sends it: the end is four minutes ahead while it fires, and the true one afterwards.</summary>
    private static async Task SendAsync(StoryWorld world, DateTimeOffset since, DateTimeOffset? over = null, string summary = "12 % fail.") => await world.PostRawAsync("/api/v2/alerts", new[]
    {
        new
        {
            labels = new { alertname = "HighErrorRate", service = "checkout", severity = "critical" },
            annotations = new { summary, runbook_url = "https://runbooks.example.com/errors" },
            startsAt = Time(since),
            endsAt = Time(over ?? world.Clock.GetUtcNow().AddMinutes(4)),
            generatorURL = "http://prometheus.example.com/graph?g0.expr=x",
        },
    });

    /// <summary>What she heard, but for the repeats of a page that nobody acknowledges.</summary>
    private static string[] Told(Pager alice) => [.. alice.Calls.Select(c => c.Event).Where(e => e != "page.repeated")];

    private static async Task<JsonElement[]> ListAsync(StoryWorld world) => [.. (await world.GetAsync("/api/v2/alerts")).EnumerateArray()];

    [Fact]
    public async Task ItFires_IsSentEveryMinute_AndResolves_AliceIsCalledOnceAndHearsTheEnd_RepeatsChangeNothing()
    {
        var (world, alice) = await BeginAsync();
        await using var _ = world;
        await using var __ = alice;
        var since = world.Clock.GetUtcNow();
        for (var minute = 0; minute < 10; minute++)
        {
            await SendAsync(world, since, summary: $"{minute + 10} % fail.");
            await world.PassAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["page.opened"], Told(alice));
        Assert.Equal("19 % fail.", Assert.Single(await ListAsync(world)).GetProperty("annotations").GetProperty("summary").GetString());
        var over = world.Clock.GetUtcNow();
        for (var minute = 0; minute < 15; minute++)
        {
            await SendAsync(world, since, over);
            await world.PassAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["page.opened", "page.resolved"], Told(alice));
        Assert.Empty(await ListAsync(world));
    }

    [Fact]
    public async Task ItResolvesAndFiresAgain_WhileTheOldEndIsStillRepeated_TheNewFireIsNotEaten()
    {
        var (world, alice) = await BeginAsync();
        await using var _ = world;
        await using var __ = alice;
        var since = world.Clock.GetUtcNow();
        await SendAsync(world, since);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        var over = world.Clock.GetUtcNow();
        await SendAsync(world, since, over);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        var again = world.Clock.GetUtcNow();
        await SendAsync(world, again);
        await SendAsync(world, since, over);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["page.opened", "page.resolved", "page.reopened"], Told(alice));
        Assert.Single(await ListAsync(world));
    }

    [Fact]
    public async Task ItFallsSilent_TheAlertEndsByItself_AndSaysWhy()
    {
        var (world, alice) = await BeginAsync();
        await using var _ = world;
        await using var __ = alice;
        await SendAsync(world, world.Clock.GetUtcNow());
        await world.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Single(await ListAsync(world));
        await world.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Empty(await ListAsync(world));
        Assert.Equal(["page.opened", "page.resolved"], Told(alice));
        Assert.Equal("Its sender said that it ends then, and did not send it again.", (await world.GetAsync("/api/v1/alerts"))[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task NinesIsDownForTenMinutes_ComesBack_AndEveryAlertGetsTimeToBeHeardOf()
    {
        var (world, alice) = await BeginAsync();
        await using var _ = world;
        await using var __ = alice;
        var since = world.Clock.GetUtcNow();
        await SendAsync(world, since);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Single(await ListAsync(world));
        await SendAsync(world, since);
        await world.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Single(await ListAsync(world));
        Assert.Equal(["page.opened"], Told(alice));
        await world.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(["page.opened", "page.resolved"], Told(alice));
    }

    [Fact]
    public async Task ASilenceSetByAmtool_HoldsInNines_AndOneOfNinesIsSeenByAmtool()
    {
        var (world, alice) = await BeginAsync();
        await using var _ = world;
        await using var __ = alice;
        var now = world.Clock.GetUtcNow();
        var set = await world.PostAsync("/api/v2/silences", new
        {
            matchers = new[] { new { name = "service", value = "check.*", isRegex = true } },
            startsAt = Time(now),
            endsAt = Time(now.AddMinutes(30)),
            createdBy = "bob",
            comment = "database move",
        });
        var uuid = set.GetProperty("silenceID").GetString()!;
        await SendAsync(world, now);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(alice.Calls);
        var held = Assert.Single(await ListAsync(world)).GetProperty("status");
        Assert.Equal(("suppressed", uuid), (held.GetProperty("state").GetString(), held.GetProperty("silencedBy")[0].GetString()));
        Assert.Equal("bob", (await world.GetAsync("/api/v1/silences"))[0].GetProperty("owner").GetString());

        await world.DeleteAsync($"/api/v2/silence/{uuid}");
        Assert.Equal("page.opened", Assert.Single(alice.Calls).Event);
        await world.PostAsync("/api/v1/silences", new { matchers = new[] { "service=checkout" }, @for = "1h", owner = "alice", comment = "known" });
        Assert.Equal(["active", "expired"], (await world.GetAsync("/api/v2/silences")).EnumerateArray().Select(s => s.GetProperty("status").GetProperty("state").GetString()));
    }
}
