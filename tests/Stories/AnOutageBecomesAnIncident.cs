using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>Payments burns at night. Bob declares an incident from his page; it is over when users feel it no more, not before.</summary>
public class AnOutageBecomesAnIncident
{
    private static async Task<(StoryWorld World, Mailbox Bob)> NightAsync()
    {
        var bob = Mailbox.Open();
        var world = await StoryWorld.OpenAsync(bob.Settings);
        await world.ApplyAsync(Mailbox.Manifest("bob"), StoryWorld.Service("payments", "person: bob"));
        world.Traffic("payments", 10);
        await world.PassAsync(TimeSpan.FromMinutes(40));
        return (world, bob);
    }

    private static async Task<string> PageAsync(StoryWorld world) =>
        Assert.Single((await world.GetAsync("/api/v1/pages")).EnumerateArray().ToArray()).GetProperty("id").GetString()!;

    private static Task<JsonElement> SayAsync(StoryWorld world, string action, object body) => world.PostAsync("/api/v1/incidents/INC-1/" + action, body);

    private static Task<JsonElement> ReadAsync(StoryWorld world) => world.GetAsync("/api/v1/incidents/INC-1");

    private static string[] Lines(JsonElement incident) => [.. incident.GetProperty("timeline").EnumerateArray().Select(l => l.GetProperty("text").GetString()!)];

    [Fact]
    public async Task PaymentsFails_BobDeclares_TheIncidentKnowsWhenItBegan_AndEndsOnlyWithCleanData()
    {
        var (world, bob) = await NightAsync();
        await using var _ = world;
        await using var __ = bob;
        await world.PostRawAsync("/api/v1/changes", new { kind = "deploy", service = "payments", title = "v2.41.0" });
        var began = world.Clock.GetUtcNow();
        world.Traffic("payments", 7, 3);
        await world.PassAsync(TimeSpan.FromMinutes(8));
        var page = await PageAsync(world);
        await world.PostAsync($"/api/v1/pages/{page}/acknowledge", new { by = "bob" });

        var declared = await world.PostAsync("/api/v1/incidents", new { page, function = "core", users = "few", by = "bob" });
        Assert.Equal(("INC-1", "SEV2", "open", "payments"), (declared.GetProperty("name").GetString(), declared.GetProperty("severity").GetString(), declared.GetProperty("state").GetString(), declared.GetProperty("services")[0].GetString()));
        var impact = Assert.Single(declared.GetProperty("impact").EnumerateArray().ToArray());
        Assert.InRange((impact.GetProperty("from").GetDateTimeOffset() - began).TotalMinutes, -1, 1);
        Assert.Contains("Deploy of payments: v2.41.0", Lines(declared));
        Assert.Contains("bob has the page.", Lines(declared));

        await SayAsync(world, "roles/commander", new { person = "bob", by = "bob" });
        await SayAsync(world, "mitigate", new { text = "Roll back the last deployment", by = "bob" });
        world.Traffic("payments", 10);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        await SayAsync(world, "mitigated", new { text = "The roll-back helped.", by = "bob" });
        var early = await world.SendAsync("/api/v1/incidents/INC-1/resolve", """{"cause":"A query without an index.","by":"bob"}""");
        Assert.Equal(409, early.Status);
        Assert.Contains("an incident is over after 30m of clean data.", early.Body, StringComparison.Ordinal);

        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(31));
        var over = await SayAsync(world, "resolve", new { cause = "A query without an index.", by = "bob" });
        Assert.Equal(("resolved", "review"), (over.GetProperty("state").GetString(), over.GetProperty("phase").GetString()));
        Assert.Equal(Lines(over).Length, Lines(await ReadAsync(world)).Length);
        Assert.Contains("bob is incident commander.", Lines(over));
        Assert.InRange(Assert.Single(over.GetProperty("impact").EnumerateArray().ToArray()).GetProperty("bad").GetDouble(), 3 * 60 * 7.5, 3 * 60 * 9.5);
    }

    [Fact]
    public async Task AThousandAlerts_JoinTheOpenIncident_AsOnePage_AndTheRoomStaysReadable()
    {
        var (world, bob) = await NightAsync();
        await using var _ = world;
        await using var __ = bob;
        await world.PostAsync("/api/v1/incidents", new { title = "Payments fail", services = new[] { "payments" }, by = "bob" });
        var since = world.Clock.GetUtcNow();
        for (var call = 0; call < 10; call++)
        {
            await world.PostRawAsync("/api/v2/alerts", Enumerable.Range(call * 100, 100).Select(i => new { labels = new { alertname = "PodDown", service = "payments", severity = "page", pod = $"p{i}" }, annotations = new { summary = $"p{i} <b>is down</b>" }, startsAt = since, endsAt = since.AddHours(2) }).ToArray());
            await world.PassAsync(TimeSpan.FromMinutes(2));
        }

        var incident = await ReadAsync(world);
        Assert.Single(incident.GetProperty("pages").EnumerateArray().ToArray());
        Assert.InRange(Lines(incident).Length, 2, 30);
        var room = await world.FetchAsync(HttpMethod.Get, "/incidents/INC-1");
        Assert.Equal(System.Net.HttpStatusCode.OK, room.Status);
        Assert.InRange(room.Body.Length, 5_000, 200_000);
        Assert.DoesNotContain("<b>is down</b>", room.Body, StringComparison.Ordinal);
        // Bob heard of the page, and of what joined it, not of each.
        Assert.InRange(bob.Mails.Count, 1, 20);
        Assert.Equal(1_000, (await world.GetAsync("/api/v1/alerts")).EnumerateArray().Count(a => a.GetProperty("state").GetString() == "firing" && a.GetRawText().Contains("PodDown", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AnotherPageOfPayments_BelongsToTheOpenIncident_AfterTheCrashToo()
    {
        var (world, bob) = await NightAsync();
        await using var _ = world;
        await using var __ = bob;
        await world.PostAsync("/api/v1/incidents", new { title = "Card payments fail", services = new[] { "payments" }, by = "bob" });
        world.Traffic("payments", 7, 3);
        await world.PassAsync(TimeSpan.FromMinutes(8));
        var page = await PageAsync(world);
        await world.CrashAndRestartAsync();
        var incident = await ReadAsync(world);
        Assert.Equal(page, Assert.Single(incident.GetProperty("pages").EnumerateArray().ToArray()).GetString());
        // Declared before any indicator saw it: the first minute is found later, by itself.
        Assert.Contains(Lines(incident), l => l.StartsWith("Users begin to feel it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BobDeclaresNothing_HeIsToldAllThatIsMissing_AndNothingIsWritten()
    {
        var (world, bob) = await NightAsync();
        await using var _ = world;
        await using var __ = bob;
        var refused = await world.SendAsync("/api/v1/incidents", """{"services":["paymens"],"severity":"sev9","function":"everything"}""");
        Assert.Equal(422, refused.Status);
        foreach (var words in (string[])["An incident needs a title.", "Did you mean \\\"payments\\\"?", "is no severity.", "is none of what function takes."]) Assert.Contains(words, refused.Body, StringComparison.Ordinal);
        Assert.Empty((await world.GetAsync("/api/v1/incidents")).EnumerateArray());
    }

    [Fact]
    public async Task NobodyChecksIn_BobIsPaged_AlsoAfterACrash_HeChecksIn_AndItIsOver()
    {
        var (world, bob) = await NightAsync();
        await using var _ = world;
        await using var __ = bob;
        await world.PostAsync("/api/v1/incidents", new { title = "Card payments fail", severity = "sev1", services = new[] { "payments" }, by = "bob" });
        await world.PassAsync(TimeSpan.FromMinutes(19));
        Assert.Empty((await world.GetAsync("/api/v1/pages")).EnumerateArray());
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(2));
        var page = await PageAsync(world);
        Assert.Contains("Nobody checked in on INC-1: Card payments fail", bob.Mails[^1].Subject + bob.Mails[^1].Body, StringComparison.Ordinal);
        Assert.Empty((await ReadAsync(world)).GetProperty("pages").EnumerateArray());
        await SayAsync(world, "check-in", new { text = "The bank works on it.", by = "bob" });
        await world.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("ended", (await world.GetAsync("/api/v1/pages/" + page)).GetProperty("state").GetString());
        Assert.Single(Lines(await ReadAsync(world)), "Nobody checked in in time.");
    }

    [Fact]
    public async Task BobIsWrong_HeCorrectsTheLine_AndBothStay()
    {
        var (world, bob) = await NightAsync();
        await using var _ = world;
        await using var __ = bob;
        await world.PostAsync("/api/v1/incidents", new { title = "Card payments fail", services = new[] { "payments" }, by = "bob" });
        var noted = await SayAsync(world, "notes", new { text = "It is the database.", by = "bob" });
        var line = noted.GetProperty("timeline").EnumerateArray().Single(l => l.GetProperty("text").GetString() == "It is the database.").GetProperty("id").GetString();
        var corrected = await SayAsync(world, "notes", new { text = "It was the cache.", corrects = line, by = "bob" });
        Assert.Contains("It is the database.", Lines(corrected));
        Assert.Equal(line, corrected.GetProperty("timeline").EnumerateArray().Single(l => l.GetProperty("kind").GetString() == "correction").GetProperty("about").GetString());
    }

    [Fact]
    public async Task ThoseWhoWait_AreToldFromADraft_AndBobIsRemindedOfTheNext_AlsoAfterACrash()
    {
        var (world, bob) = await NightAsync();
        await using var _ = world;
        await using var __ = bob;
        await world.ApplyAsync(Mailbox.Manifest("eve"));
        await world.PostAsync("/api/v1/update-subscriptions", new { person = "eve", services = new[] { "payments" } });
        await world.PostAsync("/api/v1/incidents", new { title = "Card payments fail", severity = "sev2", services = new[] { "payments" }, by = "bob" });
        await SayAsync(world, "roles/commander", new { person = "bob", by = "bob" });
        await SayAsync(world, "check-in", new { text = "The bank works on it.", by = "bob" });
        var posted = await world.PostAsync("/api/v1/incidents/INC-1/updates", new { by = "bob" });
        await world.PassAsync(TimeSpan.FromSeconds(5));
        var mail = Assert.Single(bob.Mails, m => m.To == "eve@example.com");
        Assert.Contains("INCIDENT: Card payments fail", mail.Subject + mail.Body, StringComparison.Ordinal);
        Assert.Contains("IC: bob", mail.Body, StringComparison.Ordinal);
        Assert.Equal(1, posted.GetProperty("posted")[0].GetProperty("told").GetInt32());
        Assert.Contains(Lines(await ReadAsync(world)), l => l.StartsWith("Told the house: ", StringComparison.Ordinal));

        await world.CrashAndRestartAsync();
        for (var i = 0; i < 5; i++)
        {
            await world.PassAsync(TimeSpan.FromMinutes(11));
            await SayAsync(world, "check-in", new { text = "The bank works on it.", by = "bob" });
        }

        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Single(bob.Mails, m => m.To == "bob@example.com" && (m.Subject + m.Body).Contains("INC-1: an update is due at", StringComparison.Ordinal));
        Assert.Single(bob.Mails, m => m.To == "eve@example.com");
    }

    [Fact]
    public async Task NobodyDeclares_TheHousesRuleDoes_OnceAndOnlyOnce_AlsoAfterACrash()
    {
        var (world, bob) = await NightAsync();
        await using var _ = world;
        await using var __ = bob;
        await world.ApplyAsync("apiVersion: nines/v1\nkind: IncidentPolicy\nmetadata: { name: incidents }\nspec: { declare: [{ services: [payments], after: 10m }] }\n");
        world.Traffic("payments", 7, 3);
        await world.PassAsync(TimeSpan.FromMinutes(8));
        var page = await PageAsync(world);
        Assert.Empty((await world.GetAsync("/api/v1/incidents")).EnumerateArray());
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(11));
        var declared = await ReadAsync(world);
        Assert.Equal((page, "payments"), (declared.GetProperty("pages")[0].GetString(), declared.GetProperty("services")[0].GetString()));
        await SayAsync(world, "resolve", new { cause = "A query.", @override = "a test", by = "bob" });
        await world.PassAsync(TimeSpan.FromMinutes(15));
        Assert.Single((await world.GetAsync("/api/v1/incidents")).EnumerateArray());
    }

    [Fact]
    public async Task TheBudgetIsGone_TheIncidentIsRaisedOnce_AndBobIsRemindedThatACommanderDoesNotDebug()
    {
        var (world, bob) = await NightAsync();
        await using var _ = world;
        await using var __ = bob;
        world.Traffic("payments", 0, 10);
        await world.PassAsync(TimeSpan.FromMinutes(8));
        await world.PostAsync("/api/v1/incidents", new { title = "Card payments fail", severity = "sev3", services = new[] { "payments" }, by = "bob" });
        await SayAsync(world, "roles/commander", new { person = "bob", by = "bob" });
        var both = await SayAsync(world, "roles/operations", new { person = "bob", by = "bob" });
        Assert.Single(Lines(both), "bob commands and has the hands on the keyboard: a commander does not debug. Give one of the two to somebody else.");
        for (var i = 0; i < 40 && (await ReadAsync(world)).GetProperty("severity").GetString() == "SEV3"; i++) await world.PassAsync(TimeSpan.FromMinutes(10));
        var raised = await ReadAsync(world);
        Assert.Equal("SEV2", raised.GetProperty("severity").GetString());
        Assert.Single(Lines(raised), l => l.StartsWith("An agreement is about to break: payments-availability has spent its whole budget.", StringComparison.Ordinal));
        await world.CrashAndRestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("SEV2", (await ReadAsync(world)).GetProperty("severity").GetString());
    }
}
