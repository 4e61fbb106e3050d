namespace Nines.Tests.Stories;

/// <summary>What should wake alice is down, slow, busy, lying or not itself. bob is called within a minute instead of five, and told why; nothing is lost.</summary>
public class AlicesProviderHasABadNight
{
    [Theory]
    [InlineData("down", 503, "", null)]
    [InlineData("busy for an hour", 429, "", "3600")]
    [InlineData("something else at its address", 200, "<html>It works!</html>", null)]
    [InlineData("an answer that ends in the middle", 200, "{\"id\":", null)]
    [InlineData("gone", 404, "", null)]
    public async Task ItAnswersBadly_BobIsCalledAtOnce(string how, int status, string body, string? retryAfter)
    {
        await using var provider = await Provider.StartAsync();
        provider.Answer = _ => (status, body, retryAfter);
        await using var shop = await Shop.OpenAsync($"{{ kind: ntfy, to: \"{provider.Url}/alice\" }}");
        provider.Clock = shop.World.Clock;
        await shop.BurnUntilAsync(() => provider.Calls.Count > 0);
        await shop.World.PassAsync(TimeSpan.FromMinutes(1));
        var call = Assert.Single(shop.Bob.Calls);
        Assert.True(call.At - provider.Calls[0].At <= TimeSpan.FromSeconds(30), how);
        Assert.StartsWith("Nobody who was called could be reached: ", call.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ItIsBusy_AndSaysForHowLong_ItIsNotAskedBefore()
    {
        await using var provider = await Provider.StartAsync();
        provider.Answer = _ => (429, "", "120");
        await using var shop = await Shop.OpenAsync($"{{ kind: ntfy, to: \"{provider.Url}/alice\" }}");
        provider.Clock = shop.World.Clock;
        await shop.BurnUntilAsync(() => provider.Calls.Count > 0);
        await shop.World.PassAsync(TimeSpan.FromMinutes(5));
        foreach (var (first, next) in provider.Calls.Zip(provider.Calls.Skip(1))) Assert.True(next.At - first.At >= TimeSpan.FromMinutes(2), $"{first.At} and {next.At}");
    }

    [Fact]
    public async Task ItIsSlow_ItsCallIsLetGo_AndBobIsCalled()
    {
        await using var provider = await Provider.StartAsync();
        await using var shop = await Shop.OpenAsync($"{{ kind: ntfy, to: \"{provider.Url}/alice\" }}");
        provider.Clock = shop.World.Clock;
        provider.Answer = _ =>
        {
            // Longer than anybody waits for it.
            shop.World.Clock.Advance(TimeSpan.FromSeconds(12));
            return (200, "{\"id\":\"1\"}", null);
        };
        await shop.BurnUntilAsync(() => provider.Calls.Count > 0);
        await shop.World.PassAsync(TimeSpan.FromMinutes(1));
        Assert.NotEmpty(shop.Bob.Calls);
        Assert.Contains("No answer within 10s.", (await shop.PageAsync()).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ItAcceptsAndDrops_TheCarrierNeverSaysDelivered_BobIsCalledWithinAMinute()
    {
        await using var phone = await Telephone.StartAsync();
        await using var shop = await Shop.OpenAsync("{ kind: sms, to: \"+49 151 1234567\" }", phone.Settings);
        phone.On(shop.World.Clock);
        await shop.BurnUntilAsync(() => phone.Texts.Count > 0);
        await shop.World.PassAsync(TimeSpan.FromMinutes(1));
        var call = Assert.Single(shop.Bob.Calls);
        Assert.Equal("Nobody who was called could be reached: The message by sms was not delivered in time. bob stands in the policy.", call.Why);
    }

    [Fact]
    public async Task AVoicemailPicksUp_ItTakesNothingOn_AndBobIsCalledAtOnce()
    {
        await using var phone = await Telephone.StartAsync();
        await using var shop = await Shop.OpenAsync("{ kind: voice, to: \"+49 151 1234567\" }", phone.Settings);
        phone.On(shop.World.Clock);
        await shop.BurnUntilAsync(() => phone.Calls.Count > 0);
        await Telephone.PickUpAsync(shop.World, phone.Calls[0], "machine_start");
        Assert.Equal("open", await shop.StateAsync());
        var call = Assert.Single(shop.Bob.Calls);
        Assert.Equal("Nobody who was called could be reached: A machine picked up. bob stands in the policy.", call.Why);
    }

    [Fact]
    public async Task TheMailServerWasDown_ThreePagesEndedMeanwhile_AliceReadsOneLine_TheNewestFirst()
    {
        await using var mailbox = Mailbox.Open();
        await using var world = await StoryWorld.OpenAsync(mailbox.Settings);
        string[] services = ["basket", "checkout", "search"];
        await world.ApplyAsync([Mailbox.Manifest("alice"), .. services.Select(s => StoryWorld.Service(s, "person: alice"))]);
        foreach (var service in services) world.Traffic(service, 100);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        foreach (var service in services) world.Traffic(service, 0, 100);
        for (var i = 0; i < 30 && mailbox.Mails.Count < services.Length; i++) await world.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(services.Length, mailbox.Mails.Count);

        mailbox.Down = true;
        foreach (var service in services)
        {
            var page = (await world.GetAsync("/api/v1/pages")).EnumerateArray().Single(p => p.GetProperty("service").GetString() == service);
            await world.PostAsync($"/api/v1/pages/{page.GetProperty("id").GetString()}/resolve", new { by = "alice" });
            await world.PassAsync(TimeSpan.FromSeconds(10));
        }

        mailbox.Down = false;
        await world.PassAsync(TimeSpan.FromMinutes(3));
        var told = mailbox.Mails.Skip(services.Length).Where(m => m.Subject.StartsWith("OVER", StringComparison.Ordinal)).ToArray();
        Assert.StartsWith("OVER 3 pages: search: search-availability burns", Assert.Single(told).Subject, StringComparison.Ordinal);
        Assert.Contains("; checkout: ", told[0].Subject, StringComparison.Ordinal);
    }
}
