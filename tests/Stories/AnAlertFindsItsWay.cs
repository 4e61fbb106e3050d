namespace Nines.Tests.Stories;

/// <summary>Prometheus sends alerts; a tree, rules and windows decide who is told. Alice owns checkout, Bob the nodes.</summary>
public class AnAlertFindsItsWay
{
    private const string Rules = """
        apiVersion: nines/v1
        kind: AlertRouting
        metadata: { name: routing }
        spec:
          branches:
            - { name: dev, match: [env=dev], severity: log }
          inhibit:
            - { name: node-down, source: [alertname=NodeDown], target: ['alertname!=NodeDown'], equal: [node] }
        """;

    private static async Task<(StoryWorld World, Pager Alice, Pager Bob)> ShopAsync(params string[] manifests)
    {
        var world = await StoryWorld.OpenAsync();
        var (alice, bob) = (await Pager.StartAsync(world.Clock), await Pager.StartAsync(world.Clock));
        await world.ApplyAsync([alice.Manifest("alice"), bob.Manifest("bob"), StoryWorld.Service("checkout", "person: alice"), StoryWorld.Service("nodes", "person: bob"), .. manifests]);
        return (world, alice, bob);
    }

    private static Task SendAsync(StoryWorld world, params (string Name, string Service, string Node, string Env)[] alerts) => world.PostRawAsync("/api/v2/alerts", alerts.Select(a => new
    {
        labels = new Dictionary<string, string> { ["alertname"] = a.Name, ["service"] = a.Service, ["node"] = a.Node, ["env"] = a.Env, ["severity"] = "critical" },
        endsAt = world.Clock.GetUtcNow().AddHours(12),
    }));

    private static Task EndAsync(StoryWorld world, string name, string service, string node) => world.PostRawAsync("/api/v2/alerts", new[]
    {
        new { labels = new Dictionary<string, string> { ["alertname"] = name, ["service"] = service, ["node"] = node, ["env"] = "prod", ["severity"] = "critical" }, endsAt = world.Clock.GetUtcNow().AddSeconds(-1) },
    });

    private static string[] Titles(Pager pager) => [.. pager.Calls.Where(c => c.Event == "page.opened").Select(c => c.Body.GetProperty("alerts")[0].GetProperty("title").GetString()!)];

    [Fact]
    public async Task ANodeDies_WhatRanOnItIsHeldBack_AlsoOverARestart_TheNodeIsBack_WhatStillFiresIsToldAtOnce()
    {
        var (world, alice, bob) = await ShopAsync(Rules);
        await using var _ = world;
        await using var __ = alice;
        await using var ___ = bob;
        await SendAsync(world, ("NodeDown", "nodes", "n1", "prod"), ("CheckoutSlow", "checkout", "n1", "prod"));
        Assert.Equal(["NodeDown"], Titles(bob));
        Assert.Empty(alice.Calls);

        // prometheus/alertmanager#2229, #4064: there, a restart told what was inhibited.
        await world.CrashAndRestartAsync();
        await SendAsync(world, ("CheckoutSlow", "checkout", "n1", "prod"), ("DiskFull", "checkout", "n1", "prod"));
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(alice.Calls);
        var held = (await world.GetAsync("/api/v1/alerts")).EnumerateArray().First(a => a.GetProperty("title").GetString() == "CheckoutSlow");
        Assert.Equal("inhibited", held.GetProperty("state").GetString());

        await EndAsync(world, "NodeDown", "nodes", "n1");
        Assert.Single(Titles(alice));
    }

    [Fact]
    public async Task ALabelOfADeveloperEnvironment_ListsItOnly_AndTheTesterSaysTheSame()
    {
        var (world, alice, bob) = await ShopAsync(Rules);
        await using var _ = world;
        await using var __ = alice;
        await using var ___ = bob;
        var said = await world.GetAsync("/api/v1/routes/test?label=alertname=X&label=service=checkout&label=env=dev&label=severity=critical");
        Assert.Equal(("dev:log", false), (said.GetProperty("routes")[0].GetProperty("route").GetString(), said.GetProperty("routes")[0].GetProperty("told").GetBoolean()));
        await SendAsync(world, ("X", "checkout", "n1", "dev"));
        var alert = (await world.GetAsync("/api/v1/alerts"))[0];
        Assert.Equal(("dev:log", "log"), (alert.GetProperty("route").GetString(), alert.GetProperty("severity").GetString()));
        Assert.Empty(alice.Calls);
    }

    [Fact]
    public async Task TwoInstancesFailAlike_BothAreTold_NoneIsEatenAsADuplicate()
    {
        // keephq/keep#958, #2205: deduplication by a part of the labels ate real alerts.
        var (world, alice, bob) = await ShopAsync();
        await using var _ = world;
        await using var __ = alice;
        await using var ___ = bob;
        await SendAsync(world, ("DiskFull", "checkout", "n1", "prod"));
        await SendAsync(world, ("DiskFull", "checkout", "n2", "prod"));
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(2, (await world.GetAsync("/api/v1/alerts")).GetArrayLength());
        Assert.Equal(2, alice.Calls.SelectMany(c => c.Body.GetProperty("alerts").EnumerateArray()).Select(a => a.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task CheckoutIsMaintained_NobodyIsCalled_TheWindowEnds_WhatStillFiresGoesItsWay()
    {
        // incident.io: at the end of a window what still fires is routed again, not forgotten.
        var (world, alice, bob) = await ShopAsync("""
            apiVersion: nines/v1
            kind: MaintenanceWindow
            metadata: { name: move }
            spec: { services: [checkout], from: 2026-11-21T01:00, until: 2026-11-21T01:30, owner: alice, reason: The database moves. }
            """);
        await using var _ = world;
        await using var __ = alice;
        await using var ___ = bob;
        await SendAsync(world, ("CheckoutSlow", "checkout", "n1", "prod"), ("DiskFull", "checkout", "n1", "prod"));
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(alice.Calls);
        Assert.Equal("muted", (await world.GetAsync("/api/v1/alerts"))[0].GetProperty("state").GetString());
        await EndAsync(world, "DiskFull", "checkout", "n1");
        await world.PassAsync(TimeSpan.FromMinutes(21));
        Assert.Equal(["CheckoutSlow"], Titles(alice));
    }

    [Fact]
    public async Task TheTreeIsChangedWhileItBurns_ThePageGoesOn_AndSaysWhyItMoved()
    {
        var (world, alice, bob) = await ShopAsync();
        await using var _ = world;
        await using var __ = alice;
        await using var ___ = bob;
        await SendAsync(world, ("CheckoutSlow", "checkout", "n1", "prod"));
        await world.PassAsync(TimeSpan.FromMinutes(2));
        await world.ApplyAsync("apiVersion: nines/v1\nkind: AlertRouting\nmetadata: { name: routing }\nspec: { branches: [{ name: shop, match: [service=checkout] }] }\n");
        await world.PassAsync(TimeSpan.FromMinutes(2));
        var alert = await world.GetAsync($"/api/v1/alerts/{(await world.GetAsync("/api/v1/alerts"))[0].GetProperty("id").GetString()}");
        Assert.Equal("shop:page", alert.GetProperty("route").GetString());
        Assert.Contains(alert.GetProperty("trail").EnumerateArray(), v => v.GetProperty("reason").GetString() == "The routing tree was changed. The branch shop takes service=\"checkout\".");
        await EndAsync(world, "CheckoutSlow", "checkout", "n1");
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(["page.opened", "page.resolved"], alice.Calls.Select(c => c.Event));
        Assert.Single(alice.Calls.Select(c => c.Page).Distinct());
    }

    [Fact]
    public async Task ASilenceReachesFurtherThanMeant_ItBreaks_TheOwnerIsCalled_AndWhoeverAskedForItIsTold()
    {
        var (world, alice, bob) = await ShopAsync();
        await using var _ = world;
        await using var __ = alice;
        await using var ___ = bob;
        var silence = await world.PostAsync("/api/v1/silences", new { matchers = new[] { "service=checkout" }, @for = "4h", owner = "bob", maxAlerts = 2 });
        await SendAsync(world, ("A", "checkout", "n1", "prod"), ("B", "checkout", "n2", "prod"));
        Assert.Empty(alice.Calls);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        await SendAsync(world, ("C", "checkout", "n3", "prod"));
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(3, alice.Calls.SelectMany(c => c.Body.GetProperty("alerts").EnumerateArray()).Select(a => a.GetProperty("id").GetString()).Distinct().Count());
        var note = Assert.Single(bob.Calls);
        Assert.Equal("Your silence about service=\"checkout\" is over. It broke: it holds back 3 alerts, and 2 were meant. What still fires is told.", note.Text);
        var ended = await world.GetAsync($"/api/v1/silences/{silence.GetProperty("id").GetString()}");
        Assert.Equal(("ended", "It broke: it holds back 3 alerts, and 2 were meant. What still fires is told."), (ended.GetProperty("state").GetString(), ended.GetProperty("endReason").GetString()));
    }

    [Fact]
    public async Task ASilenceCostsMoreBudgetThanMeant_ItBreaks_AliceIsCalled()
    {
        var (world, alice, bob) = await ShopAsync();
        await using var _ = world;
        await using var __ = alice;
        await using var ___ = bob;
        world.Traffic("checkout", 100);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        await world.PostAsync("/api/v1/silences", new { matchers = new[] { "service=checkout" }, @for = "4h", owner = "bob", maxBudget = 0.1 });
        world.Traffic("checkout", 0, 100);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(alice.Calls);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.NotEmpty(alice.Calls);
        Assert.Contains("It broke: the error budget of checkout-availability fell from 100 % to ", Assert.Single(bob.Calls).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASilenceLastsUntilItIsOver_TheNextTimeAliceIsCalled()
    {
        var (world, alice, bob) = await ShopAsync();
        await using var _ = world;
        await using var __ = alice;
        await using var ___ = bob;
        await SendAsync(world, ("A", "checkout", "n1", "prod"));
        await world.PassAsync(TimeSpan.FromMinutes(2));
        var silence = await world.PostAsync("/api/v1/silences", new { matchers = new[] { "alertname=A" }, owner = "bob", untilResolved = true });
        await EndAsync(world, "A", "checkout", "n1");
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("Nothing that it chooses fires any more.", (await world.GetAsync($"/api/v1/silences/{silence.GetProperty("id").GetString()}")).GetProperty("endReason").GetString());
        await world.PassAsync(TimeSpan.FromMinutes(20));
        await SendAsync(world, ("A", "checkout", "n1", "prod"));
        Assert.Equal(2, Titles(alice).Length);
    }

    [Fact]
    public async Task APreview_SaysWhatASilenceWouldHide_AndHidesNothing()
    {
        var (world, alice, bob) = await ShopAsync();
        await using var _ = world;
        await using var __ = alice;
        await using var ___ = bob;
        await SendAsync(world, ("A", "checkout", "n1", "prod"), ("B", "nodes", "n1", "prod"));
        var preview = await world.GetAsync("/api/v1/silences/preview?matcher=node=n1");
        Assert.Equal((2, 2), (preview.GetProperty("alerts").GetInt32(), preview.GetProperty("weekAlerts").GetInt32()));
        Assert.Equal(0, (await world.GetAsync("/api/v1/silences")).GetArrayLength());
    }
}
