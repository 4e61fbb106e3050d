using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>Bob owns orders and is reached by mail. What does not hurt users now is written to him once, and rings nowhere.</summary>
public class ATicketWaitsForTheMorning
{
    private static string Rule(string name, string spec) =>
        $"apiVersion: nines/v1\nkind: AlertRule\nmetadata: {{ name: {name} }}\nspec: {{ service: orders, runbook: \"https://runbooks.example.com/{name}\", {spec} }}\n";

    private static async Task<(StoryWorld World, Mailbox Bob)> OrdersAsync(params string[] rules)
    {
        var bob = Mailbox.Open();
        var world = await StoryWorld.OpenAsync(bob.Settings);
        await world.ApplyAsync([Mailbox.Manifest("bob"), StoryWorld.Service("orders", "person: bob"), .. rules]);
        return (world, bob);
    }

    private static async Task<JsonElement> OnlyAlertAsync(StoryWorld world) => Assert.Single((await world.GetAsync("/api/v1/alerts")).EnumerateArray().ToArray());

    private static string Text(JsonElement alert, string name) => alert.GetProperty(name).GetString()!.Replace('\u00a0', ' ');

    [Fact]
    public async Task ThePoolOfConnectionsFillsUp_TenMinutesLaterBobIsWrittenToOnce_ItEmpties_NothingElseIsSaid()
    {
        var (world, bob) = await OrdersAsync(Rule("orders-pool", "signal: saturation, metric: orders_pool_used, impact: Orders will soon wait for a connection."));
        await using var _ = world;
        await using var __ = bob;

        world.Gauge("orders_pool_used", 0.79);
        await world.PassAsync(TimeSpan.FromMinutes(12));
        world.Gauge("orders_pool_used", 0.9);
        await world.PassAsync(TimeSpan.FromMinutes(9));
        Assert.Empty(bob.Mails);

        await world.PassAsync(TimeSpan.FromMinutes(4));
        var mail = Assert.Single(bob.Mails);
        Assert.Equal("TICKET orders: Nearly full: orders-pool. 90.0 % full; it was above 80 % in 10 of the last 10 minutes.", mail.Subject);
        Assert.Contains("What users feel: Orders will soon wait for a connection.\n", mail.Body, StringComparison.Ordinal);
        Assert.Contains("Runbook: https://runbooks.example.com/orders-pool\n", mail.Body, StringComparison.Ordinal);
        Assert.Contains("Why you: bob owns orders.", mail.Body, StringComparison.Ordinal);

        world.Gauge("orders_pool_used", 0.4);
        await world.PassAsync(TimeSpan.FromMinutes(15));
        var alert = await OnlyAlertAsync(world);
        Assert.Equal(("resolved", "40.0 % full; it was above 80 % in 0 of the last 10 minutes."), (Text(alert, "state"), Text(alert, "reason")));
        Assert.Single(bob.Mails);
    }

    [Fact]
    public async Task OrdersGetSlow_TwiceTheUsualForFiveMinutes_BobIsWrittenTo()
    {
        var (world, bob) = await OrdersAsync(Rule("orders-slow", "signal: latency, metric: 'http_server_request_duration_seconds{service=\"orders\"}'"));
        await using var _ = world;
        await using var __ = bob;
        world.Speed("orders", 0.15);
        await world.PassAsync(TimeSpan.FromMinutes(125));
        Assert.Empty(bob.Mails);

        world.Speed("orders", 0.9);
        await world.PassAsync(TimeSpan.FromMinutes(8));
        Assert.Equal(
            "TICKET orders: Requests are slower than usual: orders-slow. p99 is 995 ms, 5.0× the usual 199 ms; it was above 2× in 5 of the last 5 minutes.",
            Assert.Single(bob.Mails).Subject);
    }

    [Fact]
    public async Task TwoOrdersFailInAQuietHour_NobodyIsWoken_TheTicketSaysWhy()
    {
        var (world, bob) = await OrdersAsync();
        await using var _ = world;
        await using var __ = bob;
        // One order a minute; two of them fail.
        world.Traffic("orders", 1 / 60.0);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        world.Traffic("orders", 0, 1 / 60.0);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        world.Traffic("orders", 1 / 60.0);
        await world.PassAsync(TimeSpan.FromMinutes(2));

        var mail = Assert.Single(bob.Mails);
        Assert.StartsWith("TICKET orders: orders-availability burns its error budget ", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("That is fewer than the 3 failures in 1 h that page (", mail.Body, StringComparison.Ordinal);
        Assert.Contains("So it is a ticket, not a page.", mail.Body, StringComparison.Ordinal);
        var status = await world.GetAsync("/api/v1/objectives/orders-availability");
        Assert.Equal(["suppressed", "firing"], status.GetProperty("alerts").EnumerateArray().Select(a => a.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task TheBudgetIsSpentByOneLongOutage_ItsCrossingsAreWrittenBesideThePage()
    {
        var (world, bob) = await OrdersAsync();
        await using var _ = world;
        await using var __ = bob;
        world.Traffic("orders", 100);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        world.Traffic("orders", 0, 100);
        await world.PassAsync(TimeSpan.FromMinutes(4));
        await world.PostAsync($"/api/v1/pages/{(await world.GetAsync("/api/v1/pages"))[0].GetProperty("id").GetString()}/acknowledge", new { by = "bob" });
        await world.PassAsync(TimeSpan.FromMinutes(42));

        string[] subjects = [.. bob.Mails.Select(m => m.Subject)];
        Assert.StartsWith("PAGE orders: orders-availability burns its error budget ", subjects[0], StringComparison.Ordinal);
        Assert.StartsWith("TICKET orders: orders-availability has less than 25 % of its error budget left. ", subjects[1], StringComparison.Ordinal);
        Assert.StartsWith("TICKET orders: orders-availability has used up its error budget (and 1 more). ", subjects[2], StringComparison.Ordinal);
        Assert.Equal(3, subjects.Length);
        Assert.Contains(" failures that 30 d may hold. 24.", bob.Mails[1].Body, StringComparison.Ordinal);
        Assert.Contains(" Its budget is overspent by ", bob.Mails[2].Body, StringComparison.Ordinal);
        // The ticket of the burn itself stays behind the page, and says so.
        var ticket = (await world.GetAsync("/api/v1/objectives/orders-availability")).GetProperty("alerts")[1];
        Assert.Equal("suppressed", ticket.GetProperty("state").GetString());
        Assert.StartsWith("The same objective pages already. ", ticket.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }
}
