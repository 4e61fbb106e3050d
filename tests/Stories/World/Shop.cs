using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>checkout and the people who are called for it: alice first, bob five minutes later. bob has a pager; how alice is reached is the story's.</summary>
internal sealed record Shop(StoryWorld World, Pager Bob) : IAsyncDisposable
{
    private const string Policy = """
        apiVersion: nines/v1
        kind: EscalationPolicy
        metadata: { name: shop }
        spec: { steps: [{ notify: [{ person: alice }], delay: 5m }, { notify: [{ person: bob }], delay: 5m }] }
        """;

    /// <summary>Opens the shop. Nothing burns yet.</summary>
    public static async Task<Shop> OpenAsync(string alicesContacts, params (string Name, string Value)[] settings)
    {
        var world = await StoryWorld.OpenAsync([("notifications:owner", "bob"), .. settings]);
        var shop = new Shop(world, await Pager.StartAsync(world.Clock));
        await world.ApplyAsync(
            $"apiVersion: nines/v1\nkind: Person\nmetadata: {{ name: alice }}\nspec: {{ contacts: [{alicesContacts}] }}\n", shop.Bob.Manifest("bob"),
            "apiVersion: nines/v1\nkind: Team\nmetadata: { name: shop }\nspec: { lead: bob, members: [alice, bob], oncall: shop }\n", Policy, StoryWorld.Service("checkout", "team: shop"));
        world.Traffic("checkout", goodPerSecond: 100);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        return shop;
    }

    /// <summary>checkout burns until something has happened.</summary>
    public async Task BurnUntilAsync(Func<bool> happened)
    {
        World.Traffic("checkout", 0, badPerSecond: 100);
        for (var i = 0; i < 30 && !happened(); i++) await World.PassAsync(TimeSpan.FromSeconds(10));
        Assert.True(happened(), "Nothing happened within five minutes.");
    }

    /// <summary>The one page.</summary>
    public async Task<JsonElement> PageAsync() => await World.GetAsync($"/api/v1/pages/{(await World.GetAsync("/api/v1/pages"))[0].GetProperty("id").GetString()}");

    /// <summary>Its state, and who has it by which way.</summary>
    public async Task<string> StateAsync()
    {
        var page = await PageAsync();
        return $"{page.GetProperty("state").GetString()}{string.Concat(page.GetProperty("acknowledgements").EnumerateArray().Select(a => $" {a.GetProperty("person").GetString()} by {a.GetProperty("via").GetString()}"))}";
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        await Bob.DisposeAsync();
    }
}
