using System.Net;

namespace Nines.Tests.Stories;

/// <summary>alice is erased in the middle of a page: her link is dead, her phone rings no more, and bob is called when it was said.</summary>
public class AliceLeavesWhileHerPageRings
{
    [Fact]
    public async Task SheIsDeletedMidEscalation_TheNextIsCalled_AndThePageCanBeRead()
    {
        await using var provider = await Provider.StartAsync();
        provider.Answer = _ => (200, """{"id":"1"}""", null);
        await using var shop = await Shop.OpenAsync($"{{ kind: ntfy, to: \"{provider.Url}/alice\" }}, {{ kind: webhook, to: \"{provider.Url}/hook\" }}");
        await shop.BurnUntilAsync(() => provider.Calls.Count > 0);
        var link = provider.Calls.Select(c => c.Body).Select(b => b.IndexOf("/a/", StringComparison.Ordinal) is >= 0 and var at ? b[at..(at + b[at..].IndexOf('"', StringComparison.Ordinal))] : "").First(l => l.Length > 0);
        Assert.Equal(HttpStatusCode.OK, (await shop.World.FetchAsync(HttpMethod.Get, link)).Status);

        await shop.World.DeleteAsync("/api/v1/manifests/Person/alice");
        var before = provider.Calls.Count;
        await shop.World.PassAsync(TimeSpan.FromMinutes(12));
        Assert.Equal(before, provider.Calls.Count);
        Assert.NotEmpty(shop.Bob.Calls);
        Assert.Equal(HttpStatusCode.Forbidden, (await shop.World.FetchAsync(HttpMethod.Post, link)).Status);
        Assert.Equal("open", await shop.StateAsync());
        var page = (await shop.PageAsync()).GetProperty("id").GetString();
        // Her handle stands in the policy and in why she was called (docs/manifests.md says so); her name and addresses are gone.
        var screen = await shop.World.FetchAsync(HttpMethod.Get, $"/pages/{page}");
        Assert.Equal(HttpStatusCode.OK, screen.Status);
        Assert.DoesNotContain(provider.Url, screen.Body, StringComparison.Ordinal);
    }
}
