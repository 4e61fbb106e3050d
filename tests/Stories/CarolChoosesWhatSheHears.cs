using System.Net;
using System.Text.Json;
using static Nines.Tests.Stories.TheShopTellsItsCustomers;

namespace Nines.Tests.Stories;

/// <summary>Carol only buys with cards: she hears of cards, chooses anew, and of what she was told she hears the end.</summary>
public class CarolChoosesWhatSheHears
{
    private static async Task SubscribeToCardsAsync(StoryWorld world, Mailbox mails)
    {
        // The form has a box for each component; what nobody has is refused with what there is.
        var home = (await world.FetchAsync(HttpMethod.Get, "/status/shop")).Body;
        Assert.Contains("Only for some of it", home, StringComparison.Ordinal);
        Assert.Contains("type=\"checkbox\" id=\"m-cards\" name=\"component\" value=\"cards\"", home, StringComparison.Ordinal);
        var refused = await world.CallBackAsync("/status/shop/subscribe", "email=carol%40example.com&component=card");
        Assert.Equal(422, refused.Status);
        Assert.Contains("The page has no component \"card\". It has: cards, search.", WebUtility.HtmlDecode(refused.Body), StringComparison.Ordinal);
        Assert.Equal(200, (await world.CallBackAsync("/status/shop/subscribe", "email=carol%40example.com&component=cards")).Status);
        Assert.Contains("They want to hear of: Card payments.", Text(To(mails, "carol@example.com")[^1]), StringComparison.Ordinal);
        var confirm = LinkIn(To(mails, "carol@example.com")[^1], "confirm");
        Assert.Contains("You will hear of Card payments.", (await world.FetchAsync(HttpMethod.Get, confirm)).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await world.CallBackAsync(confirm, "")).Status);
        Assert.Equal("Card payments", (await world.GetAsync("/api/v1/statuspages/shop/subscribers"))[0].GetProperty("hears").GetString());
    }

    [Fact]
    public async Task CarolOnlyBuysWithCards_HearsOfCardsOnly_ChoosesAnew_AndIsLeftWithNoOpenOutage()
    {
        var (world, mails) = await NightAsync();
        await using var _ = world;
        await using var __ = mails;
        await SubscribeToCardsAsync(world, mails);
        await SayAsync(world, "posts", new { title = "Search is slow", body = "We look.", components = new { search = "degraded_performance" }, by = "bob" });
        Assert.Single(To(mails, "carol@example.com"));
        var cards = await IdAsync("posts", new { title = "Cards fail", body = "We look.", components = new { cards = "partial_outage" }, by = "bob" });
        Assert.Equal("[Fernhill Goods] Investigating: Cards fail", To(mails, "carol@example.com")[^1].Subject);

        // She chooses anew, by the link of that mail; a wrong signature changes nothing.
        var link = LinkIn(To(mails, "carol@example.com")[^1], "unsubscribe");
        var manage = (await world.FetchAsync(HttpMethod.Get, link)).Body;
        Assert.Contains("You hear of <b>Card payments.</b>", manage, StringComparison.Ordinal);
        Assert.Matches("value=\"cards\"[^>]*checked", manage);
        var signed = link[(link.IndexOf('?', StringComparison.Ordinal) + 1)..];
        Assert.Equal(403, (await world.CallBackAsync("/status/shop/choose", signed[..^4] + "aaaa&component=search")).Status);
        Assert.Equal(422, (await world.CallBackAsync("/status/shop/choose", signed + "&component=nothing")).Status);
        var chosen = await world.CallBackAsync("/status/shop/choose", signed + "&component=search");
        Assert.Equal(200, chosen.Status);
        Assert.Contains("From now on you hear of <b>Search.</b>", chosen.Body, StringComparison.Ordinal);
        await world.CrashAndRestartAsync();
        await SayAsync(world, "posts", new { title = "Cards fail elsewhere", body = "We look.", components = new { cards = "partial_outage" }, by = "bob" });
        Assert.Equal(2, To(mails, "carol@example.com").Length);
        // What was open and told to her is told to its end, though she chose something else.
        await SayAsync(world, "posts/" + cards, new { status = "resolved", body = "Over.", by = "bob" });
        Assert.Equal("[Fernhill Goods] Resolved: Cards fail", To(mails, "carol@example.com")[^1].Subject);

        // Work whose component is taken off in the middle ends for her, too; what is said of no component is for all.
        var now = world.Clock.GetUtcNow();
        var work = await IdAsync("maintenances", new { title = "A new index", body = "Search may be slow.", components = new[] { "search" }, from = At(now.AddHours(49)), until = At(now.AddHours(50)), by = "bob" });
        await SayAsync(world, "maintenances/" + work, new { components = new[] { "cards" }, by = "bob" });
        await SayAsync(world, $"maintenances/{work}/cancel", new { reason = "It waits.", by = "bob" });
        await SayAsync(world, "posts", new { title = "We move", body = "New office.", by = "bob" });
        Assert.Equal(
            ["Maintenance announced: A new index", "Maintenance announced: A new index", "Maintenance is called off: A new index", "Investigating: We move"],
            To(mails, "carol@example.com").Skip(3).Select(m => m.Subject.Replace("[Fernhill Goods] ", "", StringComparison.Ordinal)));

        // Search is taken off the page: she hears everything rather than nothing, and can read why.
        await world.ApplyAsync(Page.Replace("\n    - { key: search, name: Search, services: [] }", "", StringComparison.Ordinal));
        await SayAsync(world, "posts", new { title = "Cards fail again", body = "We look.", components = new { cards = "partial_outage" }, by = "bob" });
        Assert.Equal("[Fernhill Goods] Investigating: Cards fail again", To(mails, "carol@example.com")[^1].Subject);
        Assert.Contains("everything, as the page has no search any more.", (await world.FetchAsync(HttpMethod.Get, link)).Body, StringComparison.Ordinal);
        // The end is one press, as ever.
        Assert.Equal(200, (await world.CallBackAsync(link, "List-Unsubscribe=One-Click")).Status);
        Assert.Empty((await world.GetAsync("/api/v1/statuspages/shop/subscribers")).EnumerateArray());

        async Task<string> IdAsync(string door, object body) => (await SayAsync(world, door, body)).GetProperty("id").GetString()!;
    }

    [Fact]
    public async Task AProgramSubscribes_WithComponents_AndBobAddsSomebodyByHand_AndReadsAFeedOfOneComponent()
    {
        var (world, mails) = await NightAsync();
        await using var _ = world;
        await using var __ = mails;
        var wrong = await world.SendAsync("/status/shop/subscribe", """{"email":"carol","components":["crads"]}""");
        Assert.Equal(422, wrong.Status);
        Assert.Equal(
            ["This is no mail address.", "The page has no component \"crads\"."], JsonDocument.Parse(wrong.Body).RootElement.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("what").GetString()));
        Assert.Equal(422, (await world.SendAsync("/status/shop/subscribe", """{"email":"carol","components":[null]}""")).Status);
        Assert.Contains("The body cannot be read.", (await world.SendAsync("/status/shop/subscribe", "[")).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await world.SendAsync("/status/shop/subscribe", """{"email":"carol@example.com","components":["search"]}""")).Status);
        // Not proven yet: the last word counts, without a second mail.
        Assert.Equal(200, (await world.SendAsync("/status/shop/subscribe", """{"email":"carol@example.com","components":["cards"]}""")).Status);
        Assert.Equal(200, (await world.CallBackAsync(LinkIn(Assert.Single(To(mails, "carol@example.com")), "confirm"), "")).Status);
        // Proven: whoever types her address changes nothing.
        Assert.Equal(200, (await world.SendAsync("/status/shop/subscribe", """{"email":"carol@example.com","components":["search"]}""")).Status);

        Assert.Contains("It has: cards, search.", (await world.SendAsync("/api/v1/statuspages/shop/subscribers", """{"addresses":["dave@example.com"],"components":["x"]}""")).Body, StringComparison.Ordinal);
        await SayAsync(world, "subscribers", new { addresses = new[] { "dave@example.com" }, components = new[] { "search" } });
        await SayAsync(world, "subscribers", new { addresses = new[] { "erin@example.com" } });
        Assert.Equal(["Card payments", "Search", "everything"], (await world.GetAsync("/api/v1/statuspages/shop/subscribers")).EnumerateArray().Select(s => s.GetProperty("hears").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await world.GetAsync("/api/v1/statuspages/shop")).GetProperty("subscribers").GetProperty("choosing").GetInt32());
        var page = (await world.FetchAsync(HttpMethod.Get, "/statuspages/shop/subscribers")).Body;
        Assert.Contains("2 of some components only.", page, StringComparison.Ordinal);
        await SayAsync(world, "posts", new { title = "Search is slow", body = "We look.", components = new { search = "degraded_performance" }, by = "bob" });
        Assert.Equal((1, 1, 1), (To(mails, "carol@example.com").Length, To(mails, "dave@example.com").Length, To(mails, "erin@example.com").Length));

        Assert.DoesNotContain("Search is slow", (await world.FetchAsync(HttpMethod.Get, "/status/shop/history.rss?component=cards")).Body, StringComparison.Ordinal);
        foreach (var path in (string[])["history.rss?component=search", "history.atom?component=search", "history.rss"]) Assert.Contains("Search is slow", (await world.FetchAsync(HttpMethod.Get, "/status/shop/" + path)).Body, StringComparison.Ordinal);
        var none = await world.FetchAsync(HttpMethod.Get, "/status/shop/history.atom?component=x");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.Status);
    }
}
