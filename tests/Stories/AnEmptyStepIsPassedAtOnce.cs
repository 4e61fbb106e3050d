namespace Nines.Tests.Stories;

/// <summary>The shop's policy has four steps. Nobody is on call by the second, and the third names a team of people without contacts: nobody waits for them (GoAlert #4548).</summary>
public class AnEmptyStepIsPassedAtOnce
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private const string Shop = """
        apiVersion: nines/v1
        kind: Schedule
        metadata: { name: nights }
        spec: { timeZone: UTC, layers: [{ name: one, rotation: { turn: weekly, start: 2026-01-05T09:00, people: [nobody] } }] }
        ---
        apiVersion: nines/v1
        kind: Person
        metadata: { name: carol }
        spec: {}
        ---
        apiVersion: nines/v1
        kind: Team
        metadata: { name: quiet }
        spec: { members: [carol] }
        ---
        apiVersion: nines/v1
        kind: Team
        metadata: { name: shop }
        spec: { lead: alice, members: [alice, bob], oncall: shop }
        ---
        apiVersion: nines/v1
        kind: EscalationPolicy
        metadata: { name: shop }
        spec:
          steps:
            - { notify: [{ person: alice }], delay: 5m }
            - { notify: [{ schedule: nights }], delay: 15m }
            - { notify: [{ team: quiet }], delay: 15m }
            - { notify: [{ person: bob }], delay: 5m }
        """;

    private static async Task<(StoryWorld World, Pager Alice, Pager Bob)> ShopAsync()
    {
        var world = await StoryWorld.OpenAsync(("notifications:owner", "alice"));
        var (alice, bob) = (await Pager.StartAsync(world.Clock), await Pager.StartAsync(world.Clock));
        await world.ApplyAsync(alice.Manifest("alice"), bob.Manifest("bob"), Shop, StoryWorld.Service("checkout", "team: shop"));
        world.Traffic("checkout", goodPerSecond: 100);
        await world.PassAsync(2 * Minute);
        return (world, alice, bob);
    }

    [Fact]
    public async Task CheckoutBurns_AliceSleeps_BobIsCalledFiveMinutesLater_NotThirtyFive()
    {
        var (world, alice, bob) = await ShopAsync();
        await using var _ = world;
        await using var __ = alice;
        await using var ___ = bob;
        world.Traffic("checkout", 0, badPerSecond: 100);
        for (var i = 0; i < 30 && alice.Calls.Count == 0; i++) await world.PassAsync(TimeSpan.FromSeconds(10));
        await world.PassAsync(6 * Minute);
        Assert.Equal(5 * Minute, bob.Calls.Single().At - alice.Calls[0].At);
        var story = (await world.GetAsync($"/api/v1/pages/{bob.Calls[0].Page}")).GetProperty("story").GetRawText();
        Assert.Contains("Step 2 calls nobody: Nobody is on call by nights.", story, StringComparison.Ordinal);
        Assert.Contains("Step 3 calls nobody: None of quiet has a contact.", story, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SomebodyAsksWhoIsOnCall_TheLevelsHaveTheNumbersThatTheyWrote_AndTheEmptyOnesSayWhy()
    {
        var (world, alice, bob) = await ShopAsync();
        await using var _ = world;
        await using var __ = alice;
        await using var ___ = bob;
        var levels = (await world.GetAsync("/api/v1/oncall?service=checkout")).GetProperty("levels").EnumerateArray();
        Assert.Equal(
            ["1 alice: alice stands in the policy.", "2 : Nobody is on call by nights.", "3 : None of quiet has a contact.", "4 bob: bob stands in the policy."],
            levels.Select(l => $"{l.GetProperty("level")} {string.Join(',', l.GetProperty("people").EnumerateArray())}: {l.GetProperty("reason")}"));
    }
}
