using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>A pool runs full again and again. A rule suggests, somebody approves, it helps, and trust grows; where it fails, somebody is called.</summary>
public class ASymptomMendsItself
{
    private static string Rule(string address, string mode = "automatic", string more = "limits: { perHour: 50, atOnce: 1, targets: 5, coolDown: 1m }") => $$"""
        apiVersion: nines/v1
        kind: Remediation
        metadata: { name: pool-exhausted }
        spec:
          title: Connection pool exhausted
          trigger: { alertName: PoolExhausted }
          condition: { label: free, atMost: 0 }
          action: { http: { method: POST, url: "{{address}}/{labels.pool}/close-idle" } }
          target: pool
          escalateIf: { attempts: 2 }
          {{more}}
          successWithin: 10m
          mode: {{mode}}

        """;

    private static async Task<(StoryWorld World, Mailbox Bob, Robot Shop)> WorldAsync(string mode = "automatic", string more = "limits: { perHour: 50, atOnce: 1, targets: 5, coolDown: 1m }")
    {
        var (bob, shop) = (Mailbox.Open(), await Robot.OpenAsync());
        var world = await StoryWorld.OpenAsync(bob.Settings);
        await world.ApplyAsync(Mailbox.Manifest("bob"), StoryWorld.Service("payments", "person: bob"), Rule(shop.Address, mode, more));
        return (world, bob, shop);
    }

    private static async Task SendAsync(StoryWorld world, bool fires, string free = "0", string pool = "main")
    {
        var now = world.Clock.GetUtcNow();
        var ends = fires ? now.AddHours(6) : now;
        var body = JsonSerializer.Serialize(new[] { new { labels = new { alertname = "PoolExhausted", service = "payments", severity = "ticket", pool, free }, annotations = new { summary = "Pool exhausted" }, startsAt = now.AddMinutes(-1), endsAt = ends } });
        Assert.Equal(200, (await world.SendAsync("/api/v2/alerts", body)).Status);
    }

    private static string Of(JsonElement value, string name) => value.GetProperty(name).GetString()!;

    private static async Task<JsonElement> RuleAsync(StoryWorld world) => await world.GetAsync("/api/v1/remediation/pool-exhausted");

    /// <summary>One round: it fires, something is done about it, and it is over.</summary>
    private static async Task RoundAsync(StoryWorld world, int number, bool approves)
    {
        await SendAsync(world, fires: true);
        await world.PassAsync(TimeSpan.FromSeconds(40));
        if (approves) await world.PostAsync($"/api/v1/remedies/REM-{number}/approve", new { by = "bob" });
        await SendAsync(world, fires: false);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("helped", Of(await world.GetAsync($"/api/v1/remedies/REM-{number}"), "state"));
    }

    [Fact]
    public async Task ItSuggests_BobApproves_ItHelps_TrustGrows_UntilItActsByItself()
    {
        var (world, bob, shop) = await WorldAsync();
        await using var _ = world;
        await using var __ = bob;
        await using var ___ = shop;
        await world.PostAsync("/api/v1/incidents", new { title = "Payments are slow", services = new[] { "payments" }, severity = "sev3", by = "bob" });
        await SendAsync(world, fires: true);
        await world.PassAsync(TimeSpan.FromSeconds(40));
        Assert.Empty(shop.Seen);
        var remedy = await world.GetAsync("/api/v1/remedies/REM-1");
        Assert.Equal(("proposed", "suggest", "main", $"POST {shop.Address}/main/close-idle"), (Of(remedy, "state"), Of(remedy, "level"), Of(remedy, "target"), Of(remedy, "action")));
        Assert.Equal("free is 0, at most 0. 0 of 5 tries that anything follows from: suggest.", Of(remedy, "reason"));

        await world.PostAsync("/api/v1/remedies/REM-1/approve", new { by = "bob" });
        Assert.Equal(["POST /main/close-idle"], shop.Seen);
        Assert.Equal("watching", Of(await world.GetAsync("/api/v1/remedies/REM-1"), "state"));
        await world.CrashAndRestartAsync();
        await SendAsync(world, fires: false);
        remedy = await world.GetAsync("/api/v1/remedies/REM-1");
        Assert.Equal("helped", Of(remedy, "state"));
        Assert.Equal((1, 0), ((await RuleAsync(world)).GetProperty("successes").GetInt32(), (await RuleAsync(world)).GetProperty("failures").GetInt32()));
        var lines = (await world.GetAsync("/api/v1/incidents/INC-1")).GetProperty("timeline").EnumerateArray().Select(l => Of(l, "text")).ToArray();
        Assert.Contains(lines, l => l.StartsWith($"pool-exhausted would: POST {shop.Address}/main/close-idle. free is 0", StringComparison.Ordinal));
        Assert.Contains($"pool-exhausted: approved, Nines does it: POST {shop.Address}/main/close-idle", lines);
        Assert.Contains(lines, l => l.StartsWith("pool-exhausted on main helped. The alert is over, ", StringComparison.Ordinal));

        await world.PassAsync(TimeSpan.FromMinutes(2));
        for (var round = 2; round <= 16; round++) await RoundAsync(world, round, approves: true);
        Assert.Equal("automatic", Of(await RuleAsync(world), "level"));
        await RoundAsync(world, 17, approves: false);
        Assert.Equal(17, shop.Seen.Count);

        // It fails once: 17 of 18 are no longer enough to act, and it asks again.
        shop.Status = 500;
        await SendAsync(world, fires: true);
        await world.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("approve", Of(await RuleAsync(world), "level"));
        Assert.Equal(("failed", "proposed", 18), (Of(await world.GetAsync("/api/v1/remedies/REM-18"), "state"), Of(await world.GetAsync("/api/v1/remedies/REM-19"), "state"), shop.Seen.Count));
    }

    [Fact]
    public async Task ItDoesNotHelp_BobIsCalled_AndThePageEndsWithTheAlert()
    {
        var (world, bob, shop) = await WorldAsync();
        await using var _ = world;
        await using var __ = bob;
        await using var ___ = shop;
        shop.Status = 503;
        await SendAsync(world, fires: true);
        for (var number = 1; number <= 2; number++)
        {
            await world.PassAsync(TimeSpan.FromSeconds(80));
            await world.PostAsync($"/api/v1/remedies/REM-{number}/approve", new { by = "bob" });
        }

        await world.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(2, shop.Seen.Count);
        var page = Assert.Single((await world.GetAsync("/api/v1/pages")).EnumerateArray().ToArray(), p => Of(p, "title") == "Connection pool exhausted does not mend main: Pool exhausted");
        Assert.Contains("Connection pool exhausted does not mend main", bob.Mails[^1].Subject + bob.Mails[^1].Body, StringComparison.Ordinal);
        await SendAsync(world, fires: false);
        await world.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("ended", Of(await world.GetAsync("/api/v1/pages/" + Of(page, "id")), "state"));
    }

    [Fact]
    public async Task TheHouseDiesBetweenIntendedAndSettled_TheActionIsDoneOnce_AndTheSymptomTells()
    {
        var (world, bob, shop) = await WorldAsync();
        await using var _ = world;
        await using var __ = bob;
        await using var ___ = shop;
        await SendAsync(world, fires: true);
        await world.PassAsync(TimeSpan.FromSeconds(40));
        shop.During = () => world.Journal.Dead = true;
        await world.SendAsync("/api/v1/remedies/REM-1/approve", """{"by":"bob"}""");
        await shop.CalledAsync("/main/close-idle");
        shop.During = null;
        await world.CrashAndRestartAsync();
        Assert.Single(shop.Seen);
        var remedy = await world.GetAsync("/api/v1/remedies/REM-1");
        Assert.Equal("watching", Of(remedy, "state"));
        Assert.StartsWith("The house stopped while it ran", Of(remedy, "observed"), StringComparison.Ordinal);
        await SendAsync(world, fires: false);
        Assert.Equal("helped", Of(await world.GetAsync("/api/v1/remedies/REM-1"), "state"));
    }

    [Fact]
    public async Task ItIsStopped_NothingIsDone_NotEvenAfterACrash_UntilItGoesOn()
    {
        var (world, bob, shop) = await WorldAsync();
        await using var _ = world;
        await using var __ = bob;
        await using var ___ = shop;
        await SendAsync(world, fires: true);
        await world.PassAsync(TimeSpan.FromSeconds(40));
        await world.PostAsync("/api/v1/remediation/stop", new { reason = "We deploy by hand tonight", by = "bob" });
        Assert.Equal("lapsed", Of(await world.GetAsync("/api/v1/remedies/REM-1"), "state"));
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Single((await world.GetAsync("/api/v1/remedies")).EnumerateArray());
        var page = await world.FetchAsync(HttpMethod.Get, "/overview");
        Assert.Contains("Remediation is stopped: ", page.Body, StringComparison.Ordinal);
        await world.PostAsync("/api/v1/remediation/start", new { by = "bob" });
        await world.PassAsync(TimeSpan.FromSeconds(40));
        Assert.Equal("proposed", Of(await world.GetAsync("/api/v1/remedies/REM-2"), "state"));
        Assert.Empty(shop.Seen);
    }

    [Fact]
    public async Task ASilencedAlert_AConditionThatDoesNotHold_AndARejection_DoNothing()
    {
        var (world, bob, shop) = await WorldAsync();
        await using var _ = world;
        await using var __ = bob;
        await using var ___ = shop;
        await SendAsync(world, fires: true, free: "7", pool: "other");
        await world.PassAsync(TimeSpan.FromSeconds(40));
        Assert.Empty((await world.GetAsync("/api/v1/remedies")).EnumerateArray());

        await SendAsync(world, fires: true);
        await world.PassAsync(TimeSpan.FromSeconds(40));
        await world.PostAsync("/api/v1/remedies/REM-1/reject", new { reason = "It is a load test.", by = "bob" });
        await world.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Single((await world.GetAsync("/api/v1/remedies")).EnumerateArray());
        Assert.Equal(409, (await world.SendAsync("/api/v1/remedies/REM-1/approve", """{"by":"bob"}""")).Status);

        var now = world.Clock.GetUtcNow();
        Assert.Equal(200, (await world.SendAsync("/api/v2/silences", JsonSerializer.Serialize(new { matchers = new[] { new { name = "pool", value = "third", isRegex = false, isEqual = true } }, startsAt = now, endsAt = now.AddHours(1), createdBy = "bob", comment = "we work on it" }))).Status);
        await SendAsync(world, fires: true, pool: "third");
        await world.PassAsync(TimeSpan.FromSeconds(40));
        Assert.Single((await world.GetAsync("/api/v1/remedies")).EnumerateArray());
        Assert.Empty(shop.Seen);
    }
}
