using Nines.Paging.Channels;

namespace Nines.Tests.Stories;

/// <summary>Alice can be reached by telephone only. What picks up is not always alice, and what burns is not always one thing.</summary>
public class TheTelephoneRings
{
    private static async Task<(StoryWorld World, Telephone Phone)> ShopAsync(string kind, params string[] services)
    {
        var phone = await Telephone.StartAsync();
        var world = await StoryWorld.OpenAsync(phone.Settings);
        phone.On(world.Clock);
        await world.ApplyAsync([Telephone.Manifest("alice", kind), .. services.Select(s => StoryWorld.Service(s, "person: alice"))]);
        foreach (var service in services) world.Traffic(service, 100);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        return (world, phone);
    }

    private static SentMessage[] Sent(StoryWorld world) => [.. world.State.Get<ChannelBook>().Sent.Values];

    [Fact]
    public async Task CheckoutBurns_AVoicemailPicksUp_AcknowledgesNothing()
    {
        var (world, phone) = await ShopAsync("voice", "checkout");
        await using var _ = phone;
        await using var __ = world;
        world.Traffic("checkout", 50, 50);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        var call = phone.Calls[0];
        Assert.Equal("+491511234567", call.To);

        var heard = await Telephone.PickUpAsync(world, call, "machine_start");
        Assert.Empty(heard.Descendants("Gather"));
        var message = Sent(world).First(m => call.AskAt.EndsWith(m.Effect, StringComparison.Ordinal));
        Assert.True(message.Failed);
        Assert.Equal("", message.Answer);
    }

    [Fact]
    public async Task CheckoutBurns_AlicePressesFour_ThePageIsHersAndHerNumberIsProven()
    {
        var (world, phone) = await ShopAsync("voice", "checkout");
        await using var _ = phone;
        await using var __ = world;
        world.Traffic("checkout", 50, 50);
        await world.PassAsync(TimeSpan.FromMinutes(5));

        var heard = await Telephone.PickUpAsync(world, phone.Calls[0], "human");
        Assert.Contains("PAGE checkout: checkout-availability burns", heard.Value, StringComparison.Ordinal);
        Assert.Contains("The page is yours.", (await Telephone.PressAsync(world, heard, "4")).Value, StringComparison.Ordinal);
        var message = Sent(world).First(m => phone.Calls[0].AskAt.EndsWith(m.Effect, StringComparison.Ordinal));
        Assert.Equal((ProofStage.Delivered, "acknowledge"), (message.Stage, message.Answer));
        var contacts = await world.GetAsync("/api/v1/contacts/alice");
        Assert.True(contacts[0].GetProperty("verified").GetBoolean());
    }

    [Fact]
    public async Task EverythingBurnsAtOnce_HerPhoneRingsOnceAMinute_AndNothingIsLost()
    {
        string[] services = ["basket", "catalog", "checkout", "payments", "search"];
        var (world, phone) = await ShopAsync("sms", services);
        await using var _ = phone;
        await using var __ = world;
        foreach (var service in services) world.Traffic(service, 50, 50);
        await world.PassAsync(TimeSpan.FromMinutes(8));

        Assert.True(phone.Texts.Count < services.Length, $"{phone.Texts.Count} texts");
        foreach (var (first, next) in phone.Texts.Zip(phone.Texts.Skip(1))) Assert.True(next.At - first.At >= TimeSpan.FromMinutes(1), $"{first.At} and {next.At}");
        var all = string.Join('\n', phone.Texts.Select(t => t.Text));
        Assert.Contains(" pages: ", all, StringComparison.Ordinal);
        // Each page is told, by itself or along with another.
        var pages = await world.GetAsync("/api/v1/pages");
        var notices = pages.EnumerateArray().Where(p => p.GetProperty("severity").GetString() == "page").SelectMany(p => p.GetProperty("notices").EnumerateArray()).ToArray();
        // One that was decided within this minute may wait for the next.
        foreach (var message in notices.Where(n => n.GetProperty("at").GetDateTimeOffset() < world.Clock.GetUtcNow().AddMinutes(-1)).SelectMany(n => n.GetProperty("messages").EnumerateArray()))
            Assert.Equal("accepted", message.GetProperty("state").GetString());
    }

    [Fact]
    public async Task CheckoutBurns_AliceWritesBack_OnlyTheRightCodeCounts()
    {
        var (world, phone) = await ShopAsync("sms", "checkout");
        await using var _ = phone;
        await using var __ = world;
        world.Traffic("checkout", 50, 50);
        await world.PassAsync(TimeSpan.FromMinutes(5));

        var text = phone.Texts[0].Text;
        Assert.Contains("no page has the code 2222", (await Telephone.WriteAsync(world, "ack 2222")).Value, StringComparison.Ordinal);
        Assert.All(Sent(world), m => Assert.Equal("", m.Answer));
        var code = text[(text.IndexOf("\"ack ", StringComparison.Ordinal) + 5)..][..4];
        Assert.Contains("the page is yours", (await Telephone.WriteAsync(world, $"Ack {code}")).Value, StringComparison.Ordinal);
        Assert.Contains(Sent(world), m => m.Answer == "acknowledge");
    }
}
