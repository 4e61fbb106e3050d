using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>A pool runs full. Its runbook says in two steps what to do; a rule does them, one behind the other, and never one twice.</summary>
public class ARunbookMendsASymptom
{
    private static string Runbook(string address, string second = "/{labels.pool}/restart", string more = "") => $$"""
        apiVersion: nines/v1
        kind: Runbook
        metadata: { name: pool-exhausted }
        spec:
          title: Connection pool exhausted
          alertName: PoolExhausted
          lastUpdated: 2026-11-01
          owner: Payments
          mitigation:
            - option: Empty it
              steps:
                - { step: Close what is idle, run: { http: { method: POST, url: "{{address}}/{labels.pool}/close-idle" }, repeatable: true } }
                - { step: Restart it, run: { http: { method: POST, url: "{{address}}{{second}}", expect: { status: 200 } } } }
                {{more}}

        """;

    private const string Rule = """
        apiVersion: nines/v1
        kind: Remediation
        metadata: { name: pool-exhausted }
        spec:
          title: Connection pool exhausted
          trigger: { alertName: PoolExhausted }
          action: { runbook: { name: pool-exhausted, option: empty-it } }
          target: pool
          escalateIf: { attempts: 5 }
          limits: { perHour: 50, atOnce: 1, targets: 5, coolDown: 1m }
          successWithin: 10m
          mode: approve

        """;

    private static async Task<(StoryWorld World, Mailbox Bob, Robot Shop)> WorldAsync()
    {
        var (bob, shop) = (Mailbox.Open(), await Robot.OpenAsync());
        var world = await StoryWorld.OpenAsync(bob.Settings);
        // The rule before the runbook that it names: one apply knows both.
        await world.ApplyAsync(Mailbox.Manifest("bob"), StoryWorld.Service("payments", "person: bob"), Rule, Runbook(shop.Address));
        return (world, bob, shop);
    }

    private static async Task SendAsync(StoryWorld world, bool fires)
    {
        var now = world.Clock.GetUtcNow();
        var ends = fires ? now.AddHours(6) : now;
        var body = JsonSerializer.Serialize(new[] { new { labels = new { alertname = "PoolExhausted", service = "payments", severity = "ticket", pool = "main" }, annotations = new { summary = "Pool exhausted" }, startsAt = now.AddMinutes(-1), endsAt = ends } });
        Assert.Equal(200, (await world.SendAsync("/api/v2/alerts", body)).Status);
    }

    private static async Task FireAsync(StoryWorld world)
    {
        await SendAsync(world, fires: true);
        await world.PassAsync(TimeSpan.FromSeconds(40));
    }

    private static string Of(JsonElement value, string name) => value.GetProperty(name).GetString()!;

    private static async Task<JsonElement> RemedyAsync(StoryWorld world, int number) => await world.GetAsync($"/api/v1/remedies/REM-{number}");

    private static string[] Steps(JsonElement remedy) => [.. remedy.GetProperty("steps").EnumerateArray().Select(s => $"{Of(s, "text")}: {Of(s, "state")}, {Of(s, "expected")}, {Of(s, "observed")}")];

    [Fact]
    public async Task TheSecondStepFailsOnce_ItIsSaidWhich_TheNextTryHelps_AndTheRunbookCountsBoth()
    {
        var (world, bob, shop) = await WorldAsync();
        await using var _ = world;
        await using var __ = bob;
        await using var ___ = shop;
        await world.PostAsync("/api/v1/incidents", new { title = "Payments are slow", services = new[] { "payments" }, severity = "sev3", by = "bob" });
        shop.During = () => shop.Status = shop.Seen[^1].EndsWith("/restart", StringComparison.Ordinal) ? 503 : 200;
        await FireAsync(world);
        var remedy = await RemedyAsync(world, 1);
        Assert.Equal($"Empty it, of the runbook pool-exhausted: POST {shop.Address}/main/close-idle, then POST {shop.Address}/main/restart", Of(remedy, "action"));
        Assert.Equal(["Close what is idle: waiting, HTTP 200 to 299, ", "Restart it: waiting, HTTP 200, "], Steps(remedy));

        await world.PostAsync("/api/v1/remedies/REM-1/approve", new { by = "bob" });
        Assert.Equal(["POST /main/close-idle", "POST /main/restart"], shop.Seen);
        remedy = await RemedyAsync(world, 1);
        Assert.Equal("failed", Of(remedy, "state"));
        Assert.StartsWith("Step 2 of 2, Restart it, came out otherwise than expected: HTTP 503", Of(remedy, "observed"), StringComparison.Ordinal);
        Assert.Equal(["Close what is idle: asExpected, HTTP 200 to 299, HTTP 200 OK\nfine", "Restart it: unexpected, HTTP 200, HTTP 503 Service Unavailable\nfine"], Steps(remedy));
        var lines = (await world.GetAsync("/api/v1/incidents/INC-1")).GetProperty("timeline").EnumerateArray().Select(l => Of(l, "text")).ToArray();
        Assert.Contains("pool-exhausted, Close what is idle: as expected. HTTP 200 OK", lines);
        Assert.Contains("pool-exhausted, Restart it: not as expected. HTTP 503 Service Unavailable", lines);

        shop.During = () => shop.Status = 200;
        await world.PassAsync(TimeSpan.FromSeconds(90));
        await world.PostAsync("/api/v1/remedies/REM-2/approve", new { by = "bob" });
        Assert.Equal((4, "watching"), (shop.Seen.Count, Of(await RemedyAsync(world, 2), "state")));
        await world.CrashAndRestartAsync();
        await SendAsync(world, fires: false);
        Assert.Equal((4, "helped"), (shop.Seen.Count, Of(await RemedyAsync(world, 2), "state")));
        var rule = await world.GetAsync("/api/v1/remediation/pool-exhausted");
        Assert.Equal((1, 1), (rule.GetProperty("successes").GetInt32(), rule.GetProperty("failures").GetInt32()));
        var runbook = await world.GetAsync("/api/v1/runbooks/pool-exhausted");
        Assert.Equal((2, 1, 1), (runbook.GetProperty("uses").GetInt32(), runbook.GetProperty("helped").GetInt32(), runbook.GetProperty("notHelped").GetInt32()));
        var page = (await world.FetchAsync(HttpMethod.Get, "/remediation")).Body;
        Assert.Contains("Close what is idle", page, StringComparison.Ordinal);
        Assert.Contains("Not as expected", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/main/close-idle", "step 1 of 2, Close what is idle: what it did is not known, and what follows is not done.", "unknown", "notDone")]
    [InlineData("/main/restart", "step 2 of 2, Restart it: what it did is not known.", "asExpected", "unknown")]
    public async Task TheHouseDiesInAStep_NoStepIsDoneAgain_NothingFollows_AndTheSymptomTells(string dies, string words, params string[] states)
    {
        var (world, bob, shop) = await WorldAsync();
        await using var _ = world;
        await using var __ = bob;
        await using var ___ = shop;
        await FireAsync(world);
        shop.During = () => world.Journal.Dead |= shop.Seen[^1].EndsWith(dies, StringComparison.Ordinal);
        await world.SendAsync("/api/v1/remedies/REM-1/approve", """{"by":"bob"}""");
        await shop.CalledAsync(dies);
        shop.During = null;
        var seen = shop.Seen;
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(1));
        // The first step says that it may be repeated; a step of a remedy is not.
        Assert.Equal(seen, shop.Seen);
        var remedy = await RemedyAsync(world, 1);
        Assert.Equal(("watching", "The house stopped in the middle of " + words), (Of(remedy, "state"), Of(remedy, "observed")));
        Assert.Equal(states, remedy.GetProperty("steps").EnumerateArray().Select(s => Of(s, "state")));
        await SendAsync(world, fires: false);
        Assert.Equal("helped", Of(await RemedyAsync(world, 1), "state"));
        Assert.Equal(seen, shop.Seen);
    }

    [Fact]
    public async Task ItIsStoppedDuringTheFirstStep_TheSecondNeverBegins()
    {
        var (world, bob, shop) = await WorldAsync();
        await using var _ = world;
        await using var __ = bob;
        await using var ___ = shop;
        await FireAsync(world);
        shop.During = () => Assert.True(world.RawAsync(HttpMethod.Post, "/api/v1/remediation/stop", """{"reason":"We deploy by hand tonight","by":"bob"}""").Wait(TimeSpan.FromSeconds(20)));
        await world.PostAsync("/api/v1/remedies/REM-1/approve", new { by = "bob" });
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["POST /main/close-idle"], shop.Seen);
        var remedy = await RemedyAsync(world, 1);
        Assert.Equal(("lapsed", "Remediation was stopped: We deploy by hand tonight\nIt was at step 1 of 2, Close what is idle. What follows is not done."), (Of(remedy, "state"), Of(remedy, "observed")));
        Assert.Equal(["calledOff", "notDone"], remedy.GetProperty("steps").EnumerateArray().Select(s => Of(s, "state")));
        Assert.Equal(1, (await world.GetAsync("/api/v1/runbooks/pool-exhausted")).GetProperty("abandoned").GetInt32());
    }

    [Fact]
    public async Task TheRunbookChanges_WhatWaitsIsProposedAnew_AndWhatAPersonMustDoIsNotDone()
    {
        var (world, bob, shop) = await WorldAsync();
        await using var _ = world;
        await using var __ = bob;
        await using var ___ = shop;
        await FireAsync(world);
        await world.ApplyAsync(Runbook(shop.Address, "/{labels.pool}/replace"));
        var (status, body) = await world.SendAsync("/api/v1/remedies/REM-1/approve", """{"by":"bob"}""");
        Assert.Equal(409, status);
        Assert.Contains("What it would do, Empty it of the runbook pool-exhausted, is written otherwise by now.", body, StringComparison.Ordinal);
        await world.PassAsync(TimeSpan.FromSeconds(40));
        Assert.Equal(("lapsed", "proposed"), (Of(await RemedyAsync(world, 1), "state"), Of(await RemedyAsync(world, 2), "state")));

        // A step for a person: whoever writes it hears of the rule, and is not held up.
        (status, body) = await world.SendAsync("/api/v1/manifests", Runbook(shop.Address, more: "- Ask the bank"), "application/yaml");
        Assert.Equal(200, status);
        const string Why = "The step empty-it-3 (\"Ask the bank\") of the runbook pool-exhausted is for a person: it has no run:.";
        Assert.Contains($"The remediation pool-exhausted does nothing any more: {Why}", JsonDocument.Parse(body).RootElement.GetProperty("problems").EnumerateArray().Select(p => Of(p, "what")));
        await world.PassAsync(TimeSpan.FromSeconds(40));
        Assert.Equal("lapsed", Of(await RemedyAsync(world, 2), "state"));
        var rule = await world.GetAsync("/api/v1/remediation/pool-exhausted");
        Assert.StartsWith(Why, Of(rule, "cannot"), StringComparison.Ordinal);
        Assert.Equal([Why], rule.GetProperty("heldBack").EnumerateArray().Select(h => h.GetString()));
        Assert.Contains("(&quot;Ask the bank&quot;) of the runbook pool-exhausted is for a person", (await world.FetchAsync(HttpMethod.Get, "/remediation")).Body, StringComparison.Ordinal);
        Assert.Contains((await world.GetAsync("/api/v1/alerts/lint")).EnumerateArray(), f => Of(f, "name") == "pool-exhausted" && Of(f, "what") == $"It does nothing: {Why}");
        Assert.Equal(2, (await world.GetAsync("/api/v1/remedies")).GetArrayLength());

        // Whoever applies the rule as it is now is refused, with the remedy.
        (status, body) = await world.SendAsync("/api/v1/manifests", Rule, "application/yaml");
        Assert.Equal(422, status);
        Assert.Contains("spec.action.runbook.option", body, StringComparison.Ordinal);
        Assert.Contains("Write run: into that step, or name another option.", body, StringComparison.Ordinal);
        Assert.Empty(shop.Seen);
    }
}
