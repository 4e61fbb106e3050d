namespace Nines.Tests.Stories;

/// <summary>Alice owns checkout. Her pager is a real receiver; the clock is the story's.</summary>
public class ABurningBudgetCallsItsOwner
{
    private static async Task<(StoryWorld World, Pager Alice)> CheckoutAtNightAsync(params (string, string)[] settings)
    {
        var world = await StoryWorld.OpenAsync(settings);
        var alice = await Pager.StartAsync(world.Clock);
        await world.ApplyAsync(alice.Manifest("alice"), StoryWorld.Service("checkout", "person: alice"));
        world.Traffic("checkout", goodPerSecond: 100);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(alice.Calls);
        return (world, alice);
    }

    private static readonly TimeSpan TwoMinutes = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task CheckoutFails_WithinTwoMinutesItsOwnersPagerRingsOnce_ItRecovers_TheEndIsTold_NothingElseRings()
    {
        var (world, alice) = await CheckoutAtNightAsync();
        await using var _ = world;
        await using var __ = alice;

        world.Traffic("checkout", 0, badPerSecond: 100);
        await world.PassAsync(TwoMinutes);
        var call = Assert.Single(alice.Calls);
        Assert.Equal("page.opened", call.Event);
        Assert.True(call.Signed);
        Assert.Equal("alice owns checkout.", call.Why);
        Assert.StartsWith("PAGE checkout: checkout-availability burns its error budget", call.Text, StringComparison.Ordinal);
        Assert.Equal("https://runbooks.example.com/checkout", call.Body.GetProperty("alerts")[0].GetProperty("runbook").GetString());

        await world.PostAsync($"/api/v1/pages/{call.Page}/acknowledge", new { by = "alice" });
        world.Traffic("checkout", 100);
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(["page.opened", "page.resolved"], alice.Calls.Select(c => c.Event));
        Assert.Single(alice.Calls.Select(c => c.Page).Distinct());
        Assert.False(alice.Calls[1].Body.GetProperty("open").GetBoolean());
    }

    [Fact]
    public async Task TheReceiverIsDownForAMinute_ThePageArrivesUnderOneId()
    {
        var (world, alice) = await CheckoutAtNightAsync();
        await using var _ = world;
        await using var __ = alice;
        alice.Answers(503, 500, 429, 503, 503);

        world.Traffic("checkout", 0, 100);
        await world.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Equal(6, alice.Calls.Count);
        Assert.Single(alice.Seen);
        var message = (await world.GetAsync("/api/v1/pages"))[0].GetProperty("notices")[0].GetProperty("messages")[0];
        Assert.Equal(("accepted", 6), (message.GetProperty("state").GetString(), message.GetProperty("attempts").GetInt32()));
    }

    [Fact]
    public async Task ThePowerFailsWhileThePagerRings_ItRingsAgainUnderTheSameId()
    {
        var (world, alice) = await CheckoutAtNightAsync();
        await using var _ = world;
        await using var __ = alice;
        alice.Arrived = () => world.Journal.Dead = true;

        world.Traffic("checkout", 0, 100);
        await world.PassAsync(TwoMinutes);
        Assert.Single(alice.Calls);
        alice.Arrived = null;
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, alice.Calls.Count);
        Assert.Single(alice.Seen);
        Assert.Equal("open", (await world.GetAsync("/api/v1/pages"))[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task ThePowerFailsRightAfterThePageIsIntended_TheNextProcessCalls()
    {
        var (world, alice) = await CheckoutAtNightAsync();
        await using var _ = world;
        await using var __ = alice;
        world.Journal.DiesAfter = "paging.page-intended.v1";

        world.Traffic("checkout", 0, 100);
        await world.PassAsync(TwoMinutes);
        Assert.True(world.Journal.Dead);
        Assert.Empty(alice.Calls);
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(4));

        Assert.Equal("page.opened", Assert.Single(alice.Calls).Event);
    }

    [Fact]
    public async Task TheServiceOfNobodyFails_WhoeverOwnsNinesIsCalledAndToldWhy()
    {
        await using var world = await StoryWorld.OpenAsync(("notifications:owner", "ops"));
        await using var ops = await Pager.StartAsync(world.Clock);
        await world.ApplyAsync(ops.Manifest("ops"), StoryWorld.Service("checkout", ""));
        world.Traffic("checkout", 0, 100);
        await world.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("checkout has no owner in the catalog. So whoever owns Nines is called: ops owns Nines.", Assert.Single(ops.Calls).Why);
    }

    [Fact]
    public async Task AlicesPagerRefuses_WhoeverOwnsNinesIsCalledInstead()
    {
        var (world, alice) = await CheckoutAtNightAsync(("notifications:owner", "ops"));
        await using var _ = world;
        await using var __ = alice;
        await using var ops = await Pager.StartAsync(world.Clock);
        await world.ApplyAsync(ops.Manifest("ops"));
        alice.Answers(410);

        world.Traffic("checkout", 0, 100);
        await world.PassAsync(TwoMinutes);
        Assert.Single(alice.Calls);
        Assert.Equal(
            "Nobody who was called could be reached: The receiver answered 410 Gone. So whoever owns Nines is called: ops owns Nines.", Assert.Single(ops.Calls).Why);
    }

    [Fact]
    public async Task CheckoutIsSilenced_NobodyIsCalled_TheSilenceEnds_ItStillBurns_AliceIsCalled()
    {
        var (world, alice) = await CheckoutAtNightAsync();
        await using var _ = world;
        await using var __ = alice;
        await world.PostAsync("/api/v1/silences", new { matchers = new[] { "service=checkout" }, @for = "30m", owner = "alice", comment = "database move" });

        world.Traffic("checkout", 0, 100);
        await world.PassAsync(TimeSpan.FromMinutes(25));
        Assert.Empty(alice.Calls);
        Assert.Equal("silenced", (await world.GetAsync("/api/v1/alerts"))[0].GetProperty("state").GetString());

        await world.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("page.opened", Assert.Single(alice.Calls).Event);
    }

    [Fact]
    public async Task AnObjectiveThatBurnsIsDroppedByAnEdit_ItsAlertEnds_TheOtherGoesOn()
    {
        var (world, alice) = await CheckoutAtNightAsync();
        await using var _ = world;
        await using var __ = alice;
        var one = StoryWorld.Service("checkout", "person: alice");
        await world.ApplyAsync(one.Replace("[{ target: 0.999 }]", "[{ target: 0.999 }, { displayName: strict, target: 0.9999 }]", StringComparison.Ordinal));
        world.Traffic("checkout", 0, 100);
        await world.PassAsync(TwoMinutes);
        Assert.Equal(["checkout-availability", "checkout-availability.strict"], await BurningAsync());

        await world.ApplyAsync(one);
        await world.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["checkout-availability"], await BurningAsync());

        async Task<IEnumerable<string?>> BurningAsync() => (await world.GetAsync("/api/v1/alerts")).EnumerateArray()
            .Where(a => a.GetProperty("state").GetString() != "resolved" && a.GetProperty("severity").GetString() == "page")
            .Select(a => a.GetProperty("labels").GetProperty("objective").GetString()).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task SomebodyTriesAlicesPager_ItRings_AndIsNoAlert()
    {
        var (world, alice) = await CheckoutAtNightAsync();
        await using var _ = world;
        await using var __ = alice;
        await world.PostAsync("/api/v1/pages/test", new { person = "alice" });
        Assert.Equal("page.test", Assert.Single(alice.Calls).Event);
        Assert.Equal(0, (await world.GetAsync("/api/v1/alerts")).GetArrayLength());
    }
}
