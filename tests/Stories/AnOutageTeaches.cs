using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>Payments burns, and is mended. What it taught is drafted by itself, written by two people at once, reviewed, and final; what is changed closes on evidence.</summary>
public class AnOutageTeaches
{
    private const string Policy = "apiVersion: nines/v1\nkind: PostmortemPolicy\nmetadata: { name: postmortems }\nspec: { costPerMinute: [{ service: payments, amount: 100, currency: EUR }], zone: Europe/Berlin }\n";

    private static async Task<(StoryWorld World, Mailbox Bob)> AfterTheOutageAsync()
    {
        var bob = Mailbox.Open();
        var world = await StoryWorld.OpenAsync(bob.Settings);
        await world.ApplyAsync(Mailbox.Manifest("bob"), StoryWorld.Service("payments", "person: bob"), Policy);
        world.Traffic("payments", 10);
        await world.PassAsync(TimeSpan.FromMinutes(40));
        world.Traffic("payments", 7, 3);
        await world.PassAsync(TimeSpan.FromMinutes(8));
        var page = Assert.Single((await world.GetAsync("/api/v1/pages")).EnumerateArray().ToArray()).GetProperty("id").GetString();
        await world.PostAsync($"/api/v1/pages/{page}/acknowledge", new { by = "bob" });
        await world.PostAsync("/api/v1/incidents", new { page, function = "core", users = "few", by = "bob" });
        await SayAsync(world, "mitigate", new { text = "Roll back the last deployment", by = "bob" });
        world.Traffic("payments", 10);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        await SayAsync(world, "mitigated", new { text = "The roll-back helped.", by = "bob" });
        await world.PassAsync(TimeSpan.FromMinutes(31));
        return (world, bob);
    }

    private static Task<JsonElement> SayAsync(StoryWorld world, string action, object body) => world.PostAsync("/api/v1/incidents/INC-1/" + action, body);

    private static Task<JsonElement> DoAsync(StoryWorld world, string action, object body) => world.PostAsync("/api/v1/postmortems/PM-1/" + action, body);

    private static Task<JsonElement> WriteAsync(StoryWorld world, string section, string text, int basedOn = 0) => DoAsync(world, "sections/" + section, new { text, basedOn, by = "bob" });

    private static JsonElement Section(JsonElement postmortem, string key) => postmortem.GetProperty("sections").EnumerateArray().Single(s => s.GetProperty("kind").GetProperty("key").GetString() == key);

    private static string Figure(JsonElement postmortem, string key) => postmortem.GetProperty("figures").EnumerateArray().First(f => f.GetProperty("key").GetString() == key).GetProperty("words").GetString()!;

    [Fact]
    public async Task TheIncidentEnds_ADraftIsThere_WithEveryFigureOfTheIncident_AlsoAfterACrash()
    {
        var (world, bob) = await AfterTheOutageAsync();
        await using var _ = world;
        await using var __ = bob;
        Assert.Empty((await world.GetAsync("/api/v1/postmortems")).EnumerateArray());
        var incident = await SayAsync(world, "resolve", new { cause = "A query without an index.", by = "bob" });
        await world.CrashAndRestartAsync();

        var draft = await world.GetAsync("/api/v1/postmortems/INC-1");
        Assert.Equal(("PM-1", "draft", "INC-1"), (draft.GetProperty("name").GetString(), draft.GetProperty("state").GetString(), draft.GetProperty("incident").GetString()));
        var (facts, clocks) = (draft.GetProperty("facts"), incident.GetProperty("clocks"));
        foreach (var clock in (string[])["impactFrom", "impactUntil", "detected", "declared", "paged", "acknowledged", "mitigated", "resolved", "toDetect", "toMitigate", "toResolve"])
            Assert.Equal(clocks.GetProperty(clock).GetString(), facts.GetProperty("clocks").GetProperty(clock).GetString());
        var impact = Assert.Single(incident.GetProperty("impact").EnumerateArray().ToArray());
        Assert.Equal((impact.GetProperty("bad").GetDouble(), impact.GetProperty("spent").GetDouble()), (facts.GetProperty("failed").GetDouble(), facts.GetProperty("spent").GetDouble()));
        var minutes = (impact.GetProperty("until").GetDateTimeOffset() - impact.GetProperty("from").GetDateTimeOffset()).TotalMinutes;
        var lost = Assert.Single(facts.GetProperty("revenue").EnumerateArray().ToArray());
        Assert.Equal(minutes * 100, lost.GetProperty("lost").GetProperty("amount").GetDouble());
        Assert.Equal(incident.GetProperty("timeline").GetArrayLength(), draft.GetProperty("timeline").GetArrayLength());
        Assert.Equal(("alert", "A query without an index.", "The roll-back helped."), (facts.GetProperty("detection").GetString(), facts.GetProperty("cause").GetString(), facts.GetProperty("helped").GetString()));
        // Resolved on Saturday 21 November in Berlin: the fifth business day is Friday 27, which ends at 23:00 UTC.
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 23, 0, 0, TimeSpan.Zero), draft.GetProperty("due").GetDateTimeOffset());
    }

    [Fact]
    public async Task TwoWriteAtOnce_BothTextsStay_UntilOneIsSettled_ThenItIsReviewedAndFinal()
    {
        var (world, bob) = await AfterTheOutageAsync();
        await using var _ = world;
        await using var __ = bob;
        await SayAsync(world, "resolve", new { cause = "A query without an index.", by = "bob" });
        await WriteAsync(world, "summary", "Payments failed.");
        var conflict = await WriteAsync(world, "summary", "Card payments failed for ten minutes.");
        Assert.Equal("Payments failed.", Section(conflict, "summary").GetProperty("text").GetString());
        var other = Assert.Single(Section(conflict, "summary").GetProperty("others").EnumerateArray().ToArray());
        Assert.Equal("Card payments failed for ten minutes.", other.GetProperty("text").GetString());
        await WriteAsync(world, "root-cause", "Bob forgot to add the index.");
        var early = await world.SendAsync("/api/v1/postmortems/PM-1/review", """{"reviewers":["bob","carol"],"by":"bob"}""");
        Assert.Contains("There is no person \\\"carol\\\" in the catalog.", early.Body, StringComparison.Ordinal);
        Assert.Contains("Two texts stand in the section summary.", early.Body, StringComparison.Ordinal);
        await DoAsync(world, "sections/summary", new { text = "Card payments failed for ten minutes.", basedOn = 1, settles = other.GetProperty("id").GetString(), by = "bob" });
        await world.CrashAndRestartAsync();

        await DoAsync(world, "review", new { reviewers = new[] { "bob" }, by = "bob" });
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("Please review PM-1", bob.Mails[^1].Subject + bob.Mails[^1].Body, StringComparison.Ordinal);
        await DoAsync(world, "approve", new { person = "bob", by = "bob" });
        await WriteAsync(world, "lucky", "It was night.");
        var refused = await world.SendAsync("/api/v1/postmortems/PM-1/final", """{"by":"bob"}""");
        Assert.Contains("1 of 1 reviewers have not approved what stands there.", refused.Body, StringComparison.Ordinal);
        Assert.Contains("1 sentence judges people: \\\"Bob forgot to add the index.\\\".", refused.Body, StringComparison.Ordinal);
        await WriteAsync(world, "root-cause", "Nothing in the release showed that the index was missing.", 1);
        await DoAsync(world, "approve", new { person = "bob", by = "bob" });
        var final = await DoAsync(world, "final", new { by = "bob" });
        Assert.Equal(("final", true), (final.GetProperty("state").GetString(), final.GetProperty("frozen").GetBoolean()));

        // Another price of a minute changes what is open, not what is final.
        var before = Figure(final, "revenue_impact");
        await world.ApplyAsync(Policy.Replace("amount: 100", "amount: 999", StringComparison.Ordinal));
        await world.CrashAndRestartAsync();
        Assert.Equal(before, Figure(await world.GetAsync("/api/v1/postmortems/PM-1"), "revenue_impact"));
        var history = (await world.GetAsync("/api/v1/postmortems/PM-1/sections/summary/history")).EnumerateArray().Select(h => h.GetProperty("text").GetString()!).ToArray();
        Assert.Equal(["Card payments failed for ten minutes.", "Card payments failed for ten minutes.", "Payments failed."], history);

        await SayAsync(world, "reopen", new { reason = "Errors are back.", by = "bob" });
        var back = await world.GetAsync("/api/v1/postmortems/PM-1");
        Assert.Equal(("draft", false, "999 EUR"), (back.GetProperty("state").GetString(), back.GetProperty("frozen").GetBoolean(), back.GetProperty("facts").GetProperty("revenue")[0].GetProperty("perMinute").GetProperty("amount").GetDouble() + " EUR"));
    }

    [Fact]
    public async Task NobodyWrites_AfterFiveBusinessDaysItIsATicket_NobodyIsCalled_AndTheTicketEndsWithThePostmortem()
    {
        var (world, bob) = await AfterTheOutageAsync();
        await using var _ = world;
        await using var __ = bob;
        await SayAsync(world, "resolve", new { cause = "A query without an index.", by = "bob" });
        world.Clock.Advance(new DateTimeOffset(2026, 11, 27, 22, 58, 0, TimeSpan.Zero) - world.Clock.GetUtcNow());
        await world.PassAsync(TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(await TitlesAsync(world), t => t.StartsWith("PM-1", StringComparison.Ordinal));
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Contains(await TitlesAsync(world), t => t.StartsWith("PM-1 is overdue:", StringComparison.Ordinal));
        Assert.True((await world.GetAsync("/api/v1/postmortems/PM-1")).GetProperty("overdue").GetBoolean());
        await WriteAsync(world, "summary", "Payments failed.");
        await WriteAsync(world, "root-cause", "An index was missing.");
        await DoAsync(world, "review", new { reviewers = new[] { "bob" }, by = "bob" });
        await DoAsync(world, "approve", new { person = "bob", by = "bob" });
        await DoAsync(world, "final", new { by = "bob" });
        var alerts = (await world.GetAsync("/api/v1/alerts?q=PM-1")).EnumerateArray().Where(a => a.GetProperty("title").GetString()!.StartsWith("PM-1", StringComparison.Ordinal)).ToArray();
        Assert.All(alerts, a => Assert.NotEqual("firing", a.GetProperty("state").GetString()));
        Assert.DoesNotContain((await world.GetAsync("/api/v1/pages")).EnumerateArray(), p => p.GetProperty("severity").GetString() == "page" && p.GetProperty("title").GetString()!.Contains("PM-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ADrill_AndAnIncidentOfSev4_TeachOnlyWhereSomebodyAsks()
    {
        var (world, bob) = await AfterTheOutageAsync();
        await using var _ = world;
        await using var __ = bob;
        await world.PostAsync("/api/v1/incidents", new { title = "Exercise", severity = "sev1", drill = true, by = "bob" });
        await world.PostAsync("/api/v1/incidents/INC-2/resolve", new { cause = "It was an exercise.", @override = "An exercise.", by = "bob" });
        await world.PostAsync("/api/v1/incidents", new { title = "A typo", severity = "sev4", by = "bob" });
        await world.PostAsync("/api/v1/incidents/INC-3/resolve", new { cause = "A typo.", @override = "Nothing is measured.", by = "bob" });
        Assert.Empty((await world.GetAsync("/api/v1/postmortems")).EnumerateArray());
        var asked = await world.PostAsync("/api/v1/postmortems", new { incident = "INC-3", by = "bob" });
        Assert.Equal("PM-3", asked.GetProperty("name").GetString());
        Assert.Equal("PM-3", (await world.PostAsync("/api/v1/postmortems", new { incident = "INC-3", by = "bob" })).GetProperty("name").GetString());
    }

    [Fact]
    public async Task AnActionClosesOnEvidence_AndOpensAgain_WhereItIsGone_ItsOwnerIsReminded()
    {
        var (world, bob) = await AfterTheOutageAsync();
        await using var _ = world;
        await using var __ = bob;
        await SayAsync(world, "resolve", new { cause = "A query without an index.", by = "bob" });
        var added = await world.PostAsync("/api/v1/actions", new { title = "Alert on slow queries", incident = "INC-1", type = "detect", priority = "P0", owner = "bob", check = "alert-exists slow-queries", by = "bob" });
        Assert.Equal(("AI-1", "open", "payments", "2026-11-28"), (added.GetProperty("name").GetString(), added.GetProperty("state").GetString(), added.GetProperty("service").GetString(), added.GetProperty("deadlineDay").GetString()));
        await world.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("open", (await world.GetAsync("/api/v1/actions/AI-1")).GetProperty("state").GetString());
        const string rule = "apiVersion: nines/v1\nkind: AlertRule\nmetadata: { name: slow-queries }\nspec: { service: payments, signal: saturation, metric: pool_used, severity: ticket }\n";
        await world.ApplyAsync(rule);
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(6));
        var done = await world.GetAsync("/api/v1/actions/AI-1");
        Assert.Equal(("done", "The alert rule slow-queries of payments is configured."), (done.GetProperty("state").GetString(), done.GetProperty("evidence").GetString()));
        await world.DeleteAsync("/api/v1/manifests/AlertRule/slow-queries");
        await world.PassAsync(TimeSpan.FromMinutes(6));
        var again = await world.GetAsync("/api/v1/actions/AI-1");
        Assert.Equal("open", again.GetProperty("state").GetString());
        Assert.StartsWith("Open again: What closed it holds no more: No alert slow-queries is configured.", again.GetProperty("lines")[0].GetProperty("text").GetString(), StringComparison.Ordinal);

        world.Clock.Advance(new DateTimeOffset(2026, 11, 26, 23, 58, 0, TimeSpan.Zero) - world.Clock.GetUtcNow());
        await world.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Contains(bob.Mails, m => (m.Subject + m.Body).Contains("AI-1 is due 2026-11-28", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheReplay_SaysWhichPolicyWouldHavePagedSooner()
    {
        var (world, bob) = await AfterTheOutageAsync();
        await using var _ = world;
        await using var __ = bob;
        await SayAsync(world, "resolve", new { cause = "A query without an index.", by = "bob" });
        var replay = await world.GetAsync("/api/v1/postmortems/PM-1/replay");
        var rows = replay.GetProperty("rows").EnumerateArray().ToArray();
        var own = Assert.Single(rows, r => r.GetProperty("own").GetBoolean());
        // The policy in use, replayed, pages when it did page.
        var detected = replay.GetProperty("detected").GetDateTimeOffset();
        Assert.InRange((own.GetProperty("pagedAt").GetDateTimeOffset() - detected).TotalMinutes, -1, 1);
        Assert.Equal(1, own.GetProperty("pages").GetInt32());
        Assert.Contains(rows, r => r.GetProperty("soonerMinutes").ValueKind == JsonValueKind.Number && r.GetProperty("soonerMinutes").GetDouble() > own.GetProperty("soonerMinutes").GetDouble());
    }

    [Fact]
    public async Task AnActionIsCopiedToJira_Once_AndItsEndIsTold()
    {
        await using var jira = await Provider.StartAsync();
        var made = false;
        jira.Answer = said => (200, said switch
        {
            _ when said.Path.EndsWith("/search/jql", StringComparison.Ordinal) => made ? """{"issues":[{"key":"OPS-7"}]}""" : """{"issues":[]}""",
            _ when said.Path.EndsWith("/issue", StringComparison.Ordinal) => Made(),
            _ when said.Path.EndsWith("/transitions", StringComparison.Ordinal) => """{"transitions":[{"id":"31","name":"Done","to":{"name":"Done"}}]}""",
            _ when said.Path.EndsWith("/comment", StringComparison.Ordinal) => """{"comments":[]}""",
            _ => """{"fields":{"status":{"name":"To Do"}}}""",
        }, null);

        string Made()
        {
            made = true;
            return """{"key":"OPS-7"}""";
        }

        await using var world = await StoryWorld.OpenAsync();
        await world.ApplyAsync($"apiVersion: nines/v1\nkind: TicketTracker\nmetadata: {{ name: jira }}\nspec: {{ kind: jira, url: \"{jira.Url}\", project: OPS, token: \"{jira.Secret("token", "t")}\" }}\n");
        await world.PostAsync("/api/v1/actions", new { title = "Load-test the pool", priority = "P0" });
        await world.PostAsync("/api/v1/actions/AI-1/tracker", new { tracker = "jira" });
        var again = await world.SendAsync("/api/v1/actions/AI-1/tracker", """{"tracker":"jira"}""");
        Assert.Contains("jira knows AI-1 already.", again.Body, StringComparison.Ordinal);
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(1));
        var tracked = (await world.GetAsync("/api/v1/actions/AI-1")).GetProperty("tracked")[0];
        Assert.Equal(("OPS-7", jira.Url + "/browse/OPS-7"), (tracked.GetProperty("key").GetString(), tracked.GetProperty("url").GetString()));
        await world.PostAsync("/api/v1/actions/AI-1/done", new { evidence = "It runs in each release." });
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Single(jira.Calls, c => c.Path.EndsWith("/issue", StringComparison.Ordinal));
        Assert.Contains(jira.Calls, c => c.Path.EndsWith("/transitions", StringComparison.Ordinal) && c.Body.Contains("31", StringComparison.Ordinal));
        Assert.Contains("Load-test the pool", jira.Calls.Single(c => c.Path.EndsWith("/issue", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
    }

    private static async Task<string[]> TitlesAsync(StoryWorld world) => [.. (await world.GetAsync("/api/v1/tickets")).EnumerateArray().Select(t => t.GetProperty("title").GetString()!)];
}
