using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>The nightly backup promises a sign of life every ten minutes.</summary>
public class AHeartbeatStaysOut
{
    private const string Backup = """
        apiVersion: nines/v1
        kind: Heartbeat
        metadata: { name: backup, displayName: The backup }
        spec: { every: 10m, grace: 2m, service: checkout }
        """;

    private static async Task<(StoryWorld World, Pager Alice)> OpenAsync()
    {
        var world = await StoryWorld.OpenAsync();
        var alice = await Pager.StartAsync(world.Clock);
        await world.ApplyAsync(alice.Manifest("alice"), StoryWorld.Service("checkout", "person: alice"), Backup);
        return (world, alice);
    }

    private static async Task<string> StateAsync(StoryWorld world) => (await world.GetAsync("/api/v1/heartbeats"))[0].GetProperty("state").GetString()!;

    private static Task<JsonElement> PingAsync(StoryWorld world) => world.GetAsync("/opsgenie/v2/heartbeats/backup/ping");

    [Fact]
    public async Task NeverHeard_ItWaits_AndNobodyIsCalled()
    {
        var (world, alice) = await OpenAsync();
        await using var _ = world;
        await using var __ = alice;
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal("waiting", await StateAsync(world));
        Assert.Empty(alice.Calls);
    }

    [Fact]
    public async Task ItIsHeardForAnHour_ThenStaysOut_AliceIsCalledAfterTwelveMinutes_ItComesBack_AndSheIsTold()
    {
        var (world, alice) = await OpenAsync();
        await using var _ = world;
        await using var __ = alice;
        for (var i = 0; i < 6; i++)
        {
            await PingAsync(world);
            await world.PassAsync(TimeSpan.FromMinutes(10));
        }

        Assert.Empty(alice.Calls);
        Assert.Equal("alive", await StateAsync(world));
        await world.PassAsync(TimeSpan.FromMinutes(1.5));
        Assert.Empty(alice.Calls);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("page.opened", Assert.Single(alice.Calls).Event);
        Assert.Contains("Nothing is heard of The backup", alice.Calls[0].Text, StringComparison.Ordinal);
        Assert.Equal("missed", await StateAsync(world));

        await PingAsync(world);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(["page.opened", "page.resolved"], alice.Calls.Select(c => c.Event));
        Assert.Equal("alive", await StateAsync(world));
    }

    [Fact]
    public async Task AnHourOfPings_WritesDownLittle_AndARestartGivesItsTimeAnew()
    {
        var (world, alice) = await OpenAsync();
        await using var _ = world;
        await using var __ = alice;
        var before = world.State.Position;
        for (var i = 0; i < 60; i++)
        {
            await PingAsync(world);
            await world.PassAsync(TimeSpan.FromMinutes(1));
        }

        // One entry for each half of ten minutes, and what the house itself writes in an hour.
        Assert.InRange(world.State.Position - before, 1, 20);
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(11));
        Assert.Empty(alice.Calls);
        await world.PassAsync(TimeSpan.FromMinutes(8));
        Assert.Single(alice.Calls, c => c.Event == "page.opened");
        Assert.Single(alice.Calls.Select(c => c.Page).Distinct());
    }
}
