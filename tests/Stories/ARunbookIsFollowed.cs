using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>Payments burns. Bob goes through its runbook; what Nines can do itself, it does once he approves, and never twice.</summary>
public class ARunbookIsFollowed
{
    private static string Runbook(string address) => $$"""
        apiVersion: nines/v1
        kind: Runbook
        metadata: { name: payments-errors }
        spec:
          title: Card payments fail
          services: [payments]
          lastUpdated: 2026-11-01
          owner: Payments
          diagnosis:
            - { key: health, step: Check service health, run: { http: { url: "{{address}}/health", expect: { status: 200 } }, approval: none } }
            - { key: deploys, step: Check recent deployments, expected: None in the last hour., ifUnexpected: { goTo: roll-back, text: Roll it back. } }
          mitigation:
            - option: Roll back
              when: Recent deployment suspected
              steps:
                - { key: undo, step: Roll back, run: { http: { method: POST, url: "{{address}}/rollback", secretHeaders: { Authorization: "env:NINES_STORY_TOKEN" }, expect: { contains: rolled } } } }
                - { key: calm, step: Does it burn on?, run: { query: { alerts: ["service=payments"], below: 1 } } }
          escalation: { afterMinutes: 30, contact: the payments lead, contextToProvide: since when }

        """;

    private static string[] Lines(JsonElement incident) => [.. incident.GetProperty("timeline").EnumerateArray().Select(l => l.GetProperty("text").GetString()!)];

    private static string Of(JsonElement run, string name) => run.GetProperty(name).GetString()!;

    [Fact]
    public async Task PaymentsBreaks_TheMailLeadsToTheRunbook_AlthoughNoServiceNamesIt()
    {
        await using var bob = Mailbox.Open();
        await using var world = await StoryWorld.OpenAsync(bob.Settings);
        await world.ApplyAsync(Mailbox.Manifest("bob"), StoryWorld.Service("payments", "person: bob").Replace(", runbooks: { default: \"https://runbooks.example.com/payments\" }", "", StringComparison.Ordinal), Runbook("http://127.0.0.1:9"));
        world.Traffic("payments", 10);
        await world.PassAsync(TimeSpan.FromMinutes(40));
        world.Traffic("payments", 7, 3);
        await world.PassAsync(TimeSpan.FromMinutes(8));
        var mail = Assert.Single(bob.Mails, m => m.To == "bob@example.com").Body.Replace("=\r\n", "", StringComparison.Ordinal);
        Assert.Matches("Runbook: http[^ ]*/runbooks/payments-errors", mail);
    }

    [Fact]
    public async Task BobFollowsTheRunbook_NinesReadsByItself_ActsOnceHeApproves_AndTheIncidentKnowsItAll()
    {
        Environment.SetEnvironmentVariable("NINES_STORY_TOKEN", "Bearer s3cret-token");
        await using var shop = await Robot.OpenAsync();
        await using var bob = Mailbox.Open();
        await using var world = await StoryWorld.OpenAsync(bob.Settings);
        await world.ApplyAsync(Mailbox.Manifest("bob"), StoryWorld.Service("payments", "person: bob"), Runbook(shop.Address));
        await world.PostAsync("/api/v1/incidents", new { title = "Card payments fail", services = new[] { "payments" }, by = "bob" });

        var run = await world.PostAsync("/api/v1/runs", new { runbook = "payments-errors", incident = "INC-1", by = "bob" });
        Assert.Equal("RUN-1", Of(run, "name"));
        // What only reads needed nobody: by the time that bob looks, it is done.
        run = await world.GetAsync("/api/v1/runs/RUN-1");
        Assert.Equal(["GET /health"], shop.Seen);
        Assert.Equal(("deploys", "expected"), (Of(run.GetProperty("step"), "key"), Of(run.GetProperty("records")[0], "outcome")));

        run = await world.PostAsync("/api/v1/runs/RUN-1/steps", new { step = "deploys", outcome = "unexpected", observed = "v2.41.0 at 02:58", by = "bob" });
        Assert.Equal(("undo", true), (Of(run.GetProperty("step"), "key"), run.GetProperty("step").GetProperty("approval").GetBoolean()));
        Assert.Single(shop.Seen);

        await world.PostAsync("/api/v1/runs/RUN-1/approve", new { step = "undo", by = "bob" });
        run = await world.GetAsync("/api/v1/runs/RUN-1");
        Assert.Equal(["GET /health", "POST /rollback Bearer s3cret-token"], shop.Seen);
        Assert.Equal("calm", Of(run.GetProperty("step"), "key"));
        Assert.Contains("rolled back with •••", Of(run.GetProperty("records")[2], "observed"), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", JsonSerializer.Serialize(run), StringComparison.Ordinal);

        await world.PostAsync("/api/v1/runs/RUN-1/approve", new { by = "bob" });
        await world.CrashAndRestartAsync();
        run = await world.PostAsync("/api/v1/runs/RUN-1/finish", new { helped = true, note = "The roll-back helped.", by = "bob" });
        Assert.Equal("helped", Of(run, "state"));

        var lines = Lines(await world.GetAsync("/api/v1/incidents/INC-1"));
        foreach (var line in (string[])["Runbook: Card payments fail.", "Card payments fail, Check service health: as expected, HTTP 200 OK", "Card payments fail, Check recent deployments: not as expected, v2.41.0 at 02:58", $"Card payments fail, Roll back: approved, Nines does it: POST {shop.Address}/rollback", "Card payments fail: it helped. The roll-back helped."])
            Assert.Contains(line, lines);
        var book = await world.GetAsync("/api/v1/runbooks/payments-errors");
        Assert.Equal((1, 1, 1.0), (book.GetProperty("uses").GetInt32(), book.GetProperty("helped").GetInt32(), book.GetProperty("success").GetDouble()));
    }

    [Fact]
    public async Task TheHouseDiesInTheMiddleOfAnAction_ItIsNotDoneAgain_AndBobLooks()
    {
        Environment.SetEnvironmentVariable("NINES_STORY_TOKEN", "Bearer s3cret-token");
        await using var shop = await Robot.OpenAsync();
        await using var bob = Mailbox.Open();
        await using var world = await StoryWorld.OpenAsync(bob.Settings);
        await world.ApplyAsync(Mailbox.Manifest("bob"), StoryWorld.Service("payments", "person: bob"), Runbook(shop.Address));
        await world.PostAsync("/api/v1/runs", new { runbook = "payments-errors", by = "bob" });
        await world.PostAsync("/api/v1/runs/RUN-1/choose", new { option = "roll-back", by = "bob" });

        // The receiver takes it, and the house dies before the answer is written.
        shop.During = () => world.Journal.Dead = true;
        await world.SendAsync("/api/v1/runs/RUN-1/approve", """{"by":"bob"}""");
        await shop.CalledAsync("/rollback");
        shop.During = null;
        await world.CrashAndRestartAsync();
        var run = await world.GetAsync("/api/v1/runs/RUN-1");
        Assert.Single(shop.Seen, s => s.StartsWith("POST /rollback", StringComparison.Ordinal));
        Assert.Equal(("undo", "unknown"), (Of(run.GetProperty("step"), "key"), Of(run.GetProperty("records").EnumerateArray().Last(), "outcome")));
        Assert.Equal("The house stopped while it ran: what was done is not known. Look, then do it again or go on.", Of(run.GetProperty("records").EnumerateArray().Last(), "observed"));

        await world.PostAsync("/api/v1/runs/RUN-1/approve", new { step = "undo", by = "bob" });
        Assert.Equal(2, shop.Seen.Count(s => s.StartsWith("POST /rollback", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TheHouseIsDownForAnHour_WhatWasApprovedBefore_IsNotDoneAnyMore()
    {
        Environment.SetEnvironmentVariable("NINES_STORY_TOKEN", "Bearer s3cret-token");
        await using var shop = await Robot.OpenAsync();
        await using var bob = Mailbox.Open();
        await using var world = await StoryWorld.OpenAsync(bob.Settings);
        await world.ApplyAsync(Mailbox.Manifest("bob"), StoryWorld.Service("payments", "person: bob"), Runbook(shop.Address).Replace("approval: none", "approval: person", StringComparison.Ordinal));
        await world.PostAsync("/api/v1/runs", new { runbook = "payments-errors", by = "bob" });
        // A read begins without a mark in the journal: it dies before its outcome is written.
        shop.During = () => world.Journal.Dead = true;
        await world.SendAsync("/api/v1/runs/RUN-1/approve", """{"by":"bob"}""");
        await shop.CalledAsync("/health");
        shop.During = null;
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.CrashAndRestartAsync();
        var record = (await world.GetAsync("/api/v1/runs/RUN-1")).GetProperty("records")[0];
        Assert.Equal(("failed", "It did not begin within 10 minutes of its approval, and is not done any more: things may look different by now. Approve it again."), (Of(record, "outcome"), Of(record, "observed")));
        Assert.Single(shop.Seen);
    }

    [Fact]
    public async Task ItTakesTooLong_TheIncidentSaysWhomToCall_AfterACrashToo()
    {
        await using var shop = await Robot.OpenAsync();
        await using var bob = Mailbox.Open();
        await using var world = await StoryWorld.OpenAsync(bob.Settings);
        await world.ApplyAsync(Mailbox.Manifest("bob"), StoryWorld.Service("payments", "person: bob"), Runbook(shop.Address));
        await world.PostAsync("/api/v1/incidents", new { title = "Card payments fail", services = new[] { "payments" }, severity = "sev3", by = "bob" });
        await world.PostAsync("/api/v1/runs", new { runbook = "payments-errors", incident = "INC-1", by = "bob" });
        await world.PassAsync(TimeSpan.FromMinutes(20));
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(11));
        Assert.Single(Lines(await world.GetAsync("/api/v1/incidents/INC-1")), "Card payments fail takes longer than 30m: call the payments lead. Tell them: since when");
    }

    [Fact]
    public async Task ACommandThatIsNotAllowed_IsNeverRun_AndSaysWhatToDo()
    {
        await using var bob = Mailbox.Open();
        await using var world = await StoryWorld.OpenAsync([.. bob.Settings, ("runner:commands:say:file", "/bin/echo"), ("runner:commands:say:arguments:0", "{word}"), ("runner:commands:say:parameters:word", "[a-z]+")]);
        await world.ApplyAsync(Mailbox.Manifest("bob"), """
            apiVersion: nines/v1
            kind: Runbook
            metadata: { name: words }
            spec:
              diagnosis:
                - { key: one, step: Say it, expected: It says hello., run: { command: { name: say, with: { word: "{labels.word}" } } } }
                - { key: two, step: Remove it, run: { command: { name: rm, with: { path: "/" } } } }

            """);
        await world.PostAsync("/api/v1/runs", new { runbook = "words", labels = new { word = "hello" }, by = "bob" });
        await world.PostAsync("/api/v1/runs/RUN-1/approve", new { by = "bob" });
        var run = await world.GetAsync("/api/v1/runs/RUN-1");
        // What is expected stands in words: bob reads what came out.
        Assert.Equal(("one", "exit 0\nhello"), (Of(run.GetProperty("step"), "key"), Of(run, "shown")));
        await world.PostAsync("/api/v1/runs/RUN-1/steps", new { outcome = "expected", by = "bob" });
        var refused = await world.SendAsync("/api/v1/runs/RUN-1/approve", """{"by":"bob"}""");
        Assert.Equal(409, refused.Status);
        Assert.Contains("The command rm is not on the allow-list.", refused.Body, StringComparison.Ordinal);

        await world.PostAsync("/api/v1/runs", new { runbook = "words", labels = new { word = "hello; id" }, by = "bob" });
        refused = await world.SendAsync("/api/v1/runs/RUN-2/approve", """{"by":"bob"}""");
        Assert.Contains("is no word of say: it does not match [a-z]+.", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAddressThatNothingMayReach_IsNotReached()
    {
        await using var bob = Mailbox.Open();
        await using var world = await StoryWorld.OpenAsync(bob.Settings);
        await world.ApplyAsync(Mailbox.Manifest("bob"), """
            { apiVersion: nines/v1, kind: Runbook, metadata: { name: meta }, spec: { diagnosis: [{ step: Ask, run: { http: { url: "http://169.254.169.254/latest" }, approval: none } }] } }
            """);
        await world.PostAsync("/api/v1/runs", new { runbook = "meta", by = "bob" });
        var record = (await world.GetAsync("/api/v1/runs/RUN-1")).GetProperty("records")[0];
        Assert.Equal("failed", Of(record, "outcome"));
        Assert.Contains("which nothing of ours may reach", Of(record, "observed"), StringComparison.Ordinal);
    }
}
