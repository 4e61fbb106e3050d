using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>alice is on call for payments. bob trains with a drill about payments that ada leads: bob's pager rings, alice's never does.</summary>
public class ADrillIsPlayed
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private const string Drill = """
        apiVersion: nines/v1
        kind: Drill
        metadata: { name: payments-slow }
        spec:
          title: Payments are slow
          service: payments
          severity: sev2
          story: A release took an index away.
          injects:
            - at: 0m
              alert: { name: ErrorBudgetBurn, summary: "payments burns 14 times its budget", severity: page }
            - at: 4m
              say: Support has 30 calls.
            - at: 6m
              clue: What changed shortly before?
              answers: [release, v2.41]
          targets: { acknowledge: 5m, mitigate: 25m }
        """;

    private sealed record Room(StoryWorld World, Pager Alice, Pager Bob, Pager Ada) : IAsyncDisposable
    {
        public static async Task<Room> OpenAsync()
        {
            var world = await StoryWorld.OpenAsync();
            var room = new Room(world, await Pager.StartAsync(world.Clock), await Pager.StartAsync(world.Clock), await Pager.StartAsync(world.Clock));
            await world.ApplyAsync(room.Alice.Manifest("alice"), room.Bob.Manifest("bob"), room.Ada.Manifest("ada"), StoryWorld.Service("payments", "person: alice"), Drill);
            return room;
        }

        public async Task<(string Id, string Key)> StartAsync(string drill = "payments-slow", double? speed = null)
        {
            var started = await World.PostAsync($"/api/v1/drills/{drill}/runs", new { leader = "ada", onCall = new[] { "bob" }, speed });
            return (started.GetProperty("run").GetProperty("id").GetString()!, started.GetProperty("key").GetString()!);
        }

        public Task<JsonElement> RunAsync(string key = "") => World.GetAsync($"/api/v1/drills/runs/DR-1?key={key}");

        public Task<JsonElement> DoAsync(string step, object body) => World.PostAsync($"/api/v1/drills/runs/DR-1/{step}", body);

        public async ValueTask DisposeAsync()
        {
            await World.DisposeAsync();
            foreach (var pager in (Pager[])[Alice, Bob, Ada]) await pager.DisposeAsync();
        }
    }

    private static string[] Came(JsonElement run) => [.. run.GetProperty("came").EnumerateArray().Select(c => c.GetProperty("key").GetString()!)];

    private static JsonElement Item(JsonElement run, string key) => run.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("key").GetString() == key);

    [Fact]
    public async Task FromStartToScore_OverACrash_BobIsCalledOnce_AliceNever_AndNoFigureCountsIt()
    {
        await using var room = await Room.OpenAsync();
        var (id, _) = await room.StartAsync();
        await room.World.PassAsync(TimeSpan.FromSeconds(30));
        var call = Assert.Single(room.Bob.Seen);
        Assert.Equal(("page.opened", "DRILL: payments: payments burns 14 times its budget"), (call.Event, call.Text));
        Assert.EndsWith($"/drills/runs/{id}.", call.Why, StringComparison.Ordinal);
        Assert.StartsWith("You are on call in DR-1, a drill: Payments are slow. Nothing is broken.", call.Why, StringComparison.Ordinal);

        await room.World.PassAsync(2 * Minute);
        await room.DoAsync("acknowledge", new { by = "bob" });
        await room.World.CrashAndRestartAsync();
        await room.World.PassAsync(5 * Minute);
        await room.World.CrashAndRestartAsync();
        var run = await room.RunAsync();
        Assert.Equal(["alert-1", "say-2", "clue-3"], Came(run));
        Assert.Equal("bob", run.GetProperty("came")[0].GetProperty("acknowledgedBy").GetString());
        Assert.True(run.GetProperty("people")[1].GetProperty("reached").GetBoolean());

        await room.DoAsync("answer", new { text = "The pool is too small?", by = "bob" });
        await room.DoAsync("answer", new { text = "The release of 00:50", by = "bob" });
        await room.World.PostAsync("/api/v1/incidents", new { title = "DRILL: payments fails", services = new[] { "payments" }, severity = "sev2", drill = true, by = "bob" });
        await room.World.PostAsync("/api/v1/incidents/INC-1/roles/commander", new { person = "bob", by = "bob" });
        await room.World.PostAsync("/api/v1/incidents/INC-1/check-in", new { text = "We roll back.", by = "bob" });
        await room.World.PostAsync("/api/v1/incidents/INC-1/mitigated", new { text = "Rolled back.", by = "bob" });
        await room.World.PassAsync(12 * Minute);
        var ended = await room.DoAsync("end", new { by = "ada" });
        await room.World.PassAsync(Minute);
        await room.World.CrashAndRestartAsync();
        run = await room.RunAsync();
        Assert.Equal(ended.GetProperty("score").GetInt32(), run.GetProperty("score").GetInt32());
        // All of 105 points but the 10 for telling those who wait.
        Assert.Equal(90, run.GetProperty("score").GetInt32());
        Assert.Equal(("missed", "Nobody did."), (Item(run, "communications").GetProperty("verdict").GetString(), Item(run, "communications").GetProperty("why").GetString()));
        foreach (var key in (string[])["detect", "acknowledge", "declare", "severity", "commander", "update", "mitigate", "notes", "clue-3"]) Assert.Equal("met", Item(run, key).GetProperty("verdict").GetString());

        // The exercise is over with its drill; and nothing of it is anywhere else.
        var incident = await room.World.GetAsync("/api/v1/incidents/INC-1");
        Assert.Equal(("resolved", "It was a drill.", true), (incident.GetProperty("state").GetString(), incident.GetProperty("cause").GetString(), incident.GetProperty("drill").GetBoolean()));
        foreach (var door in (string[])["alerts", "pages", "tickets", "postmortems"]) Assert.Empty((await room.World.GetAsync("/api/v1/" + door)).EnumerateArray());
        var metrics = await room.World.GetAsync("/api/v1/incident-metrics");
        Assert.Contains("\"drills\":1", metrics.ToString().Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("INC-1", metrics.ToString(), StringComparison.Ordinal);
        Assert.Single(room.Bob.Seen);
        Assert.Empty(room.Alice.Calls);
        Assert.Empty(room.Ada.Calls);
        var record = (await room.World.GetAsync("/api/v1/drills/record")).EnumerateArray().ToDictionary(r => r.GetProperty("person").GetString()!, r => r.GetProperty("state").GetString());
        Assert.Equal(("trained", "never", "never"), (record["bob"], record["alice"], record["ada"]));
        await room.World.PassAsync(Minute);
    }

    [Fact]
    public async Task WhatComes_IsBehindNoDoor_ForThoseWhoTakePart_UntilItIsOver()
    {
        await using var room = await Room.OpenAsync();
        var (id, key) = await room.StartAsync();
        string[] secrets = ["Support has 30 calls", "What changed shortly before", "v2.41", "took an index away"];
        string[] doors = [$"/api/v1/drills/runs/{id}", "/api/v1/drills/runs", "/api/v1/drills", "/api/v1/drills/payments-slow", $"/drills/runs/{id}", "/drills", "/drills/payments-slow", $"/drills/runs/{id}?key=1.2.3", "/training", "/find?q=support"];
        foreach (var door in doors)
        {
            var (_, body) = await room.World.FetchAsync(HttpMethod.Get, door);
            foreach (var secret in secrets) Assert.DoesNotContain(secret, body, StringComparison.Ordinal);
        }

        var led = (await room.RunAsync(key)).GetProperty("behind");
        Assert.Equal(("A release took an index away.", "SEV2", 2), (led.GetProperty("story").GetString(), led.GetProperty("severity").GetString(), led.GetProperty("coming").GetArrayLength()));
        Assert.Contains("Support has 30 calls", (await room.World.FetchAsync(HttpMethod.Get, $"/drills/runs/{id}?key={key}")).Body, StringComparison.Ordinal);
        await room.DoAsync("end", new { by = "ada" });
        Assert.Equal("A release took an index away.", (await room.RunAsync()).GetProperty("behind").GetProperty("story").GetString());
    }

    [Fact]
    public async Task ItIsPlayedTenTimesAsFast_AndEndsByItself()
    {
        await using var room = await Room.OpenAsync();
        await room.StartAsync(speed: 10);
        await room.World.PassAsync(TimeSpan.FromSeconds(40));
        Assert.Equal(["alert-1", "say-2", "clue-3"], Came(await room.RunAsync()));
        await room.World.PassAsync(59 * Minute);
        Assert.Equal("open", (await room.RunAsync()).GetProperty("state").GetString());
        await room.World.PassAsync(2 * Minute);
        var run = await room.RunAsync();
        Assert.Equal(("ended", "Its time is over.", 0), (run.GetProperty("state").GetString(), run.GetProperty("endReason").GetString(), run.GetProperty("score").GetInt32()));
    }

    [Fact]
    public async Task ARealIncidentBreaksItOff_AndItCountsForNobody()
    {
        await using var room = await Room.OpenAsync();
        await room.StartAsync();
        await room.World.PostAsync("/api/v1/incidents", new { title = "Card payments fail", services = new[] { "payments" }, severity = "sev1", by = "alice" });
        var run = await room.RunAsync();
        Assert.Equal(("called-off", "INC-1 is real: Card payments fail"), (run.GetProperty("state").GetString(), run.GetProperty("endReason").GetString()));
        Assert.Equal("", run.GetProperty("incident").GetString());
        var refused = await room.World.SendAsync("/api/v1/drills/payments-slow/runs", """{"leader":"ada","onCall":["bob"]}""");
        Assert.Contains("INC-1 is open, and it is real: Card payments fail", refused.Body, StringComparison.Ordinal);
        Assert.All((await room.World.GetAsync("/api/v1/drills/record")).EnumerateArray(), r => Assert.Equal("never", r.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task APastIncidentIsPlayedAgain_AndTheWheelChoosesWhatSomebodyNeverHad()
    {
        await using var room = await Room.OpenAsync();
        await room.World.PostAsync("/api/v1/incidents", new { title = "Checkout hangs", services = new[] { "payments" }, severity = "sev1", by = "alice" });
        await room.World.PostAsync("/api/v1/incidents/INC-1/notes", new { text = "alice looked at the wrong dashboard.", by = "alice" });
        await room.World.PostAsync("/api/v1/incidents/INC-1/mitigated", new { text = "Failed over.", by = "alice" });
        await room.World.PostAsync("/api/v1/incidents/INC-1/resolve", new { cause = "A full disk.", @override = "Nothing is measured.", by = "alice" });
        var draft = (await room.World.GetAsync("/api/v1/drills/draft/INC-1")).GetProperty("manifest").GetString()!;
        Assert.Contains("INC-1 of 2026-11-21 is played again. It was: A full disk. What helped: Failed over.", draft, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", draft, StringComparison.Ordinal);
        await room.World.ApplyAsync(draft, "apiVersion: nines/v1\nkind: Drill\nmetadata: { name: again }\nspec: { title: Something hangs, from: INC-1 }\n");

        var (id, key) = await room.StartAsync("again");
        await room.World.PassAsync(TimeSpan.FromSeconds(30));
        var run = await room.World.GetAsync($"/api/v1/drills/runs/{id}?key={key}");
        Assert.Equal(("payments", "INC-1", "SEV1"), (run.GetProperty("service").GetString(), run.GetProperty("behind").GetProperty("from").GetString(), run.GetProperty("behind").GetProperty("severity").GetString()));
        Assert.Equal("Checkout hangs", Assert.Single(run.GetProperty("came").EnumerateArray().ToArray()).GetProperty("text").GetString());
        await room.DoAsync("acknowledge", new { by = "bob" });
        await room.DoAsync("end", new { by = "ada" });
        await room.DoAsync("debrief", new { wentWell = "Bob was quick.", toLearn = "Who tells support?", by = "ada" });
        await room.DoAsync("actions", new { title = "Write down who tells support", by = "ada" });
        var taught = await room.RunAsync();
        Assert.Equal(("Who tells support?", "AI-1"), (taught.GetProperty("toLearn").GetString(), taught.GetProperty("actions")[0].GetProperty("name").GetString()));
        var spun = await room.World.PostAsync("/api/v1/drills/spin", new { person = "bob" });
        Assert.Equal(["checkout-hangs", "payments-slow"], spun.GetProperty("onTheWheel").EnumerateArray().Select(d => d.GetString()));
        await room.World.CrashAndRestartAsync();
        Assert.Contains("The wheel stops at", (await room.World.FetchAsync(HttpMethod.Get, "/drills?for=bob")).Body, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await room.World.FetchAsync(HttpMethod.Get, "/training")).Status);
    }

    [Fact]
    public async Task BobTakesItOnWithOneTapOnHisPhone_AndAFigureOfPagesKnowsNothingOfIt()
    {
        await using var room = await Room.OpenAsync();
        await using var phone = await PushPhone.StartAsync(room.World.Clock);
        await phone.SignUpAsync(room.World, "bob");
        await phone.PassAsync(room.World, Minute);
        await room.StartAsync();
        await phone.PassAsync(room.World, TimeSpan.FromSeconds(30));
        var ring = Assert.Single(phone.Pages);
        Assert.Contains("DRILL", ring.Title + ring.Says, StringComparison.Ordinal);
        Assert.Equal(204, (await PushPhone.AcknowledgeAsync(room.World, ring)).Status);
        var run = await room.RunAsync();
        Assert.Equal("bob", run.GetProperty("came")[0].GetProperty("acknowledgedBy").GetString());
        Assert.Equal(0, (await room.World.GetAsync("/api/v1/oncall/health")).GetProperty("report").GetProperty("pages").GetInt32());
        Assert.Empty((await room.World.GetAsync("/api/v1/pages")).EnumerateArray());
    }

    [Fact]
    public async Task TheServerStoodStill_ItIsBrokenOff_AndAfterNinetyDaysWhoeverTrainedIsOverdue()
    {
        await using var room = await Room.OpenAsync();
        await room.StartAsync();
        await room.World.PassAsync(Minute);
        room.World.Clock.Advance(TimeSpan.FromHours(3));
        await room.World.PassAsync(Minute);
        Assert.Equal("The server was down while things should have come.", (await room.RunAsync()).GetProperty("endReason").GetString());
        Assert.Single(room.Bob.Seen);

        await room.StartAsync(speed: 60);
        await room.World.PassAsync(Minute);
        await room.World.PostAsync("/api/v1/drills/runs/DR-2/acknowledge", new { by = "bob" });
        await room.World.PostAsync("/api/v1/drills/runs/DR-2/end", new { by = "ada" });
        room.World.Clock.Advance(TimeSpan.FromDays(89));
        Assert.Equal("trained", await StateOfAsync("bob"));
        room.World.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("overdue", await StateOfAsync("bob"));
        await room.World.ApplyAsync("apiVersion: nines/v1\nkind: Team\nmetadata: { name: shop }\nspec: { members: [ada] }\n", "apiVersion: nines/v1\nkind: DrillPolicy\nmetadata: { name: drills }\nspec: { every: 200d, teams: [shop] }\n");
        Assert.Equal(("never", "not asked"), (await StateOfAsync("ada"), await StateOfAsync("bob")));

        async Task<string?> StateOfAsync(string person) =>
            (await room.World.GetAsync("/api/v1/drills/record")).EnumerateArray().Single(r => r.GetProperty("person").GetString() == person).GetProperty("state").GetString();
    }

    [Fact]
    public async Task Nonsense_IsNamedAllAtOnce()
    {
        await using var room = await Room.OpenAsync();
        var start = await room.World.SendAsync("/api/v1/drills/payments-slow/runs", """{"leader":"ada","onCall":["bob","bob","zoe","ada"],"speed":500}""");
        Assert.Equal(422, start.Status);
        foreach (var sentence in (string[])["bob is named twice.", "There is no person \\\"zoe\\\" in the catalog.", "ada is named twice.", "Whoever leads knows what comes: each has one role.", "That is no speed.", "Write a number from 0.1 to 60; 10 plays ten minutes of the story in one."])
            Assert.Contains(sentence, start.Body, StringComparison.Ordinal);
        Assert.Contains("Nobody leads.", (await room.World.SendAsync("/api/v1/drills/payments-slow/runs", "{}")).Body, StringComparison.Ordinal);
        Assert.Contains("Nobody is on call in it.", (await room.World.SendAsync("/api/v1/drills/payments-slow/runs", "{}")).Body, StringComparison.Ordinal);
        var manifest = await room.World.SendAsync(
            "/api/v1/manifests", "apiVersion: nines/v1\nkind: Drill\nmetadata: { name: runs }\nspec: { title: x, injects: [{ at: 1m, say: a, clue: b }, { at: 2d, say: c }, { at: 1m, clue: d }], from: INC-1, speed: 0, after: 0m, targets: { detect: 0m } }\n", "application/yaml");
        foreach (var sentence in (string[])
            [
                "\\\"runs\\\" is an address of its own.", "It is both written and played again.", "It must be one of alert, say and clue.", "Nobody trains so long.", "Write the answers that count, such as [deploy, release].", "No alert comes in it.",
                "Write a number from 0.1 to 60.", "Nobody can react so soon.", "Nobody is as fast as that.",
            ])
            Assert.Contains(sentence, manifest.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WherePeopleSignIn_OnlyWhoeverLeadsSeesWhatComes_AndOnlyTheyLetItCome()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var ada = house.Browser();
        await ada.SignInAsync("ada", LockedHouse.Password);
        using var yaml = new StringContent("apiVersion: nines/v1\nkind: Person\nmetadata: { name: grace }\nspec: { contacts: { email: grace@example.com } }\n---\n" + Drill.Replace("service: payments", "", StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/yaml");
        using var applied = await ada.SendAsync(new(HttpMethod.Post, "/api/v1/manifests") { Content = yaml }, page: false);
        Assert.True(applied.IsSuccessStatusCode, await applied.Content.ReadAsStringAsync());
        var invited = await ReadAsync(await ada.JsonAsync(HttpMethod.Post, "/api/v1/access/accounts/grace/invitation", new { }));
        using var grace = house.Browser();
        await grace.FormAsync("/invitation", ("token", new Uri(invited.GetProperty("link").GetString()!).Query.Split('=')[1]), ("password", LockedHouse.Password));

        // Whoever takes part may start it, and gets no key for it.
        var started = await ReadAsync(await grace.JsonAsync(HttpMethod.Post, "/api/v1/drills/payments-slow/runs", new { leader = "ada", onCall = new[] { "grace" } }));
        Assert.Equal(("", JsonValueKind.Null), (started.GetProperty("key").GetString(), started.GetProperty("run").TryGetProperty("behind", out var behind) ? behind.ValueKind : JsonValueKind.Null));
        Assert.DoesNotContain("Support has 30 calls", await (await grace.GetAsync("/drills/runs/DR-1")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Support has 30 calls", await (await ada.GetAsync("/drills/runs/DR-1")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // To say that one is somebody else changes nothing.
        var refused = await grace.JsonAsync(HttpMethod.Post, "/api/v1/drills/runs/DR-1/next", new { by = "ada" });
        Assert.Contains("Somebody else leads DR-1.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2, (await ReadAsync(await ada.JsonAsync(HttpMethod.Post, "/api/v1/drills/runs/DR-1/next", new { }))).GetProperty("came").GetArrayLength());

        static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
    }
}
