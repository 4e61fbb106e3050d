namespace Nines.Tests.Stories;

/// <summary>alice's manifest names no contact; she signed the browser of her phone up herself. checkout is hers, and ops would be called if she could not be.</summary>
public class AliceHasOnlyHerBrowser
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private const string Alice = "apiVersion: nines/v1\nkind: Person\nmetadata: { name: alice }\nspec: {}\n";

    private sealed record Night(StoryWorld World, PushPhone Phone, Pager Ops) : IAsyncDisposable
    {
        public static async Task<Night> FallsAsync(bool signedUp)
        {
            var world = await StoryWorld.OpenAsync(("notifications:owner", "ops"));
            var night = new Night(world, await PushPhone.StartAsync(world.Clock), await Pager.StartAsync(world.Clock));
            await world.ApplyAsync(Alice, night.Ops.Manifest("ops"), StoryWorld.Service("checkout", "person: alice"));
            if (signedUp) await night.Phone.SignUpAsync(world, "alice");
            world.Traffic("checkout", goodPerSecond: 100);
            await world.PassAsync(2 * Minute);
            world.Traffic("checkout", 0, badPerSecond: 100);
            for (var i = 0; i < 30 && night.Phone.Pages.Count + night.Ops.Calls.Count == 0; i++) await night.Phone.PassAsync(world, TimeSpan.FromSeconds(10));
            return night;
        }

        public async ValueTask DisposeAsync()
        {
            await World.DisposeAsync();
            await Phone.DisposeAsync();
            await Ops.DisposeAsync();
        }
    }

    [Fact]
    public async Task CheckoutBurns_HerPhoneRings_NobodyElseIsWoken_AndOneTapTakesItOn()
    {
        await using var night = await Night.FallsAsync(signedUp: true);
        var ring = Assert.Single(night.Phone.Pages);
        Assert.True(ring.Rings);
        Assert.Empty(night.Ops.Calls);

        Assert.Equal(204, (await PushPhone.AcknowledgeAsync(night.World, ring)).Status);
        var page = (await night.World.GetAsync("/api/v1/pages"))[0];
        Assert.Equal("acknowledged", page.GetProperty("state").GetString());
        await night.World.PassAsync(60 * Minute);
        Assert.Empty(night.Ops.Calls);
    }

    [Fact]
    public async Task TheCoverageProof_SaysWhatThePagerDoes()
    {
        await using var night = await Night.FallsAsync(signedUp: true);
        var checkout = (await night.World.GetAsync("/api/v1/oncall?service=checkout")).GetProperty("levels")[0];
        Assert.Equal("alice", checkout.GetProperty("people")[0].GetString());
        Assert.Equal("alice owns checkout.", checkout.GetProperty("reason").GetString());
        var plan = await night.World.GetAsync("/api/v1/oncall/plan");
        Assert.DoesNotContain("Nobody would be woken for checkout", plan.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"alice\"", plan.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SheNeverSignedItUp_WhoeverOwnsNinesIsCalled_AndToldWhy()
    {
        await using var night = await Night.FallsAsync(signedUp: false);
        Assert.Empty(night.Phone.Notices);
        Assert.StartsWith("alice owns checkout, but has no contact.", night.Ops.Calls[0].Why, StringComparison.Ordinal);
    }
}
