using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>Alice moves a database and asks for silence about checkout.</summary>
public class ASilenceHoldsUntilItEnds
{
    private static async Task<(StoryWorld World, Pager Alice, string Silence)> MoveAsync(string length)
    {
        var world = await StoryWorld.OpenAsync();
        var alice = await Pager.StartAsync(world.Clock);
        await world.ApplyAsync(alice.Manifest("alice"), StoryWorld.Service("checkout", "person: alice"), StoryWorld.Service("search", "person: alice"));
        world.Traffic("checkout", 100);
        world.Traffic("search", 100);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        var silence = await world.PostAsync("/api/v1/silences", new { matchers = new[] { "service=checkout" }, @for = length, owner = "alice", comment = "database move" });
        return (world, alice, silence.GetProperty("id").GetString()!);
    }

    private static async Task<JsonElement> AlertOfAsync(StoryWorld world, string service)
    {
        var id = (await world.GetAsync("/api/v1/alerts")).EnumerateArray().First(a => a.GetProperty("service").GetString() == service).GetProperty("id").GetString();
        return await world.GetAsync($"/api/v1/alerts/{id}");
    }

    private static string[] Trail(JsonElement alert) =>
        [.. alert.GetProperty("trail").EnumerateArray().Select(v => $"{v.GetProperty("stage").GetString()} {v.GetProperty("outcome").GetString()}: {v.GetProperty("reason").GetString()}")];

    [Fact]
    public async Task CheckoutBurnsUnderTheSilence_TheAlertSaysWhoAskedForIt_AliceBreaksIt_SheIsCalledAtOnce()
    {
        var (world, alice, silence) = await MoveAsync("2h");
        await using var _ = world;
        await using var __ = alice;
        world.Traffic("checkout", 0, 100);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(alice.Calls);
        var held = await AlertOfAsync(world, "checkout");
        Assert.Equal(("silenced", silence), (held.GetProperty("state").GetString(), held.GetProperty("silencedBy").GetString()));
        Assert.Contains("silence silenced: alice asked for silence about service=\"checkout\" until 2026-11-21T03:10:00Z: database move", Trail(held));
        Assert.Contains("notify kept: It is silenced, so nobody is told.", Trail(held));
        Assert.Equal(1, (await world.GetAsync("/api/v1/silences"))[0].GetProperty("holds").GetInt32());

        await world.DeleteAsync($"/api/v1/silences/{silence}");
        Assert.Equal("page.opened", Assert.Single(alice.Calls).Event);
        Assert.Contains("notify told: It fires, and nobody had been told: somebody is told now.", Trail(await AlertOfAsync(world, "checkout")));
    }

    [Fact]
    public async Task SearchBurnsMeanwhile_ASilenceAboutCheckoutHidesNothingElse()
    {
        var (world, alice, _) = await MoveAsync("2h");
        await using var __ = world;
        await using var ___ = alice;
        world.Traffic("search", 0, 100);
        world.Traffic("checkout", 0, 100);
        await world.PassAsync(TimeSpan.FromMinutes(3));
        Assert.StartsWith("PAGE search: search-availability ", Assert.Single(alice.Calls).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ItBurnsAndRecoversUnderTheSilence_NobodyIsEverTold_AndTheListKeepsIt()
    {
        var (world, alice, _) = await MoveAsync("3h");
        await using var __ = world;
        await using var ___ = alice;
        world.Traffic("checkout", 0, 100);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        world.Traffic("checkout", 100);
        await world.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(alice.Calls);
        var alert = await AlertOfAsync(world, "checkout");
        Assert.Equal("resolved", alert.GetProperty("state").GetString());
        Assert.Contains("notify kept: It was over before anybody was told.", Trail(alert));
    }

    [Fact]
    public async Task AliceIsCalled_ThenAsksForSilence_TheEndIsToldAllTheSame_AndComingBackInTimeIsNoNewPage()
    {
        var (world, alice, silence) = await MoveAsync("1m");
        await using var _ = world;
        await using var __ = alice;
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("ended", (await world.GetAsync($"/api/v1/silences/{silence}")).GetProperty("state").GetString());
        world.Traffic("checkout", 0, 100);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        await world.PostAsync("/api/v1/silences", new { matchers = new[] { "service=checkout" }, @for = "7m", owner = "alice" });
        world.Traffic("checkout", 100);
        await world.PassAsync(TimeSpan.FromMinutes(9));
        Assert.Equal(["page.opened", "page.resolved"], alice.Calls.Select(c => c.Event));

        // Back within a quarter of an hour: the same page again.
        world.Traffic("checkout", 0, 100);
        await world.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(["page.opened", "page.resolved", "page.reopened"], alice.Calls.Select(c => c.Event));
        Assert.Single(alice.Calls.Select(c => c.Page).Distinct());
    }
}
