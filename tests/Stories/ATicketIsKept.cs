using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>Bob owns orders. What can wait opens a ticket, which he finds in the morning's mail.</summary>
public class ATicketIsKept
{
    private static async Task<(StoryWorld World, Mailbox Bob)> OrdersAsync(params (string, string)[] settings)
    {
        var bob = Mailbox.Open();
        var world = await StoryWorld.OpenAsync([.. bob.Settings, ("tickets:digestDays", "saturday:sunday"), ("tickets:digestAt", "01:30"), ("tickets:reviewDay", "saturday"), .. settings]);
        await world.ApplyAsync(Mailbox.Manifest("bob"), StoryWorld.Service("orders", "person: bob"));
        return (world, bob);
    }

    private static Task SendAsync(StoryWorld world, string name, string severity, bool over = false) => world.PostRawAsync("/api/v2/alerts", new[]
    {
        new { labels = new Dictionary<string, string> { ["alertname"] = name, ["service"] = "orders", ["severity"] = severity }, endsAt = over ? world.Clock.GetUtcNow().AddSeconds(-1) : world.Clock.GetUtcNow().AddHours(12) },
    });

    private static async Task<JsonElement> OnlyAsync(StoryWorld world) => Assert.Single((await world.GetAsync("/api/v1/tickets")).EnumerateArray().ToArray());

    [Fact]
    public async Task ThePoolFills_ATicketExists_AlsoAfterACrash_ItEmpties_TheTicketIsClosed()
    {
        var (world, bob) = await OrdersAsync();
        await using var _ = world;
        await using var __ = bob;
        await SendAsync(world, "PoolFull", "warning");
        await world.CrashAndRestartAsync();
        var ticket = await OnlyAsync(world);
        Assert.Equal(("T-1", "open", "P2", "orders"), (ticket.GetProperty("number").GetString(), ticket.GetProperty("state").GetString(), ticket.GetProperty("priority").GetString(), ticket.GetProperty("service").GetString()));
        await world.PostAsync("/api/v1/tickets/T-1/assign", new { person = "bob" });
        Assert.Equal("bob", (await OnlyAsync(world)).GetProperty("assignee").GetString());
        await world.PassAsync(TimeSpan.FromMinutes(6));
        await SendAsync(world, "PoolFull", "warning", over: true);
        await world.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("closed", (await OnlyAsync(world)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task ItIsHalfPastOne_BobIsSentWhatWaits_Once_AlsoOverARestart()
    {
        var (world, bob) = await OrdersAsync();
        await using var _ = world;
        await using var __ = bob;
        await SendAsync(world, "PoolFull", "warning");
        await SendAsync(world, "Trend", "info");
        await world.PassAsync(TimeSpan.FromMinutes(20));
        var before = bob.Mails.Count;
        await world.PassAsync(TimeSpan.FromMinutes(11));
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(20));
        var digest = Assert.Single(bob.Mails.Skip(before));
        Assert.Equal("bob: 1 open ticket, the oldest since 2026-11-21; 1 to review", digest.Subject);
        Assert.Contains("T-1 P2 orders: PoolFull", digest.Body, StringComparison.Ordinal);
        Assert.Contains("Review orders: Trend", digest.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheTeamClosesItsTicketsItself_TheEndOfTheAlertLeavesItQuiet_BobClosesIt()
    {
        var (world, bob) = await OrdersAsync(("tickets:closeWithAlerts", "false"));
        await using var _ = world;
        await using var __ = bob;
        await SendAsync(world, "PoolFull", "warning");
        await world.PassAsync(TimeSpan.FromMinutes(6));
        await SendAsync(world, "PoolFull", "warning", over: true);
        await world.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("quiet", (await OnlyAsync(world)).GetProperty("state").GetString());
        await world.PostAsync("/api/v1/tickets/T-1/close", new { reason = "pool raised" });
        Assert.Equal("closed", (await OnlyAsync(world)).GetProperty("state").GetString());
    }
}
