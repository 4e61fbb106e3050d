using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>
/// The whole way of one night: payments breaks, Bob's phone rings, he takes it on, declares, commands, follows the runbook,
/// tells the public, waits for clean data, and the next morning reads a postmortem in which nobody typed a number. Every
/// number of it is counted again here, from the samples that were sent and from what people did.
/// </summary>
public class FromPageToLesson
{
    private const double Target = 0.999;
    private const double PeriodMinutes = 30 * 24 * 60;

    /// <summary>The shop of that night: a status page, a price, a runbook whose one action the robot does.</summary>
    internal static string Manifests(string robot) => $$"""
        apiVersion: nines/v1
        kind: StatusPage
        metadata: { name: shop }
        spec: { title: Fernhill Goods, zone: Europe/Berlin, components: [{ key: cards, name: Card payments, services: [payments] }] }
        ---
        apiVersion: nines/v1
        kind: PostmortemPolicy
        metadata: { name: postmortems }
        spec: { costPerMinute: [{ service: payments, amount: 100, currency: EUR }] }
        ---
        apiVersion: nines/v1
        kind: Runbook
        metadata: { name: payments-errors }
        spec:
          title: Card payments fail
          services: [payments]
          diagnosis:
            - { key: deploys, step: Check recent deployments, expected: None in the last hour., ifUnexpected: { goTo: roll-back, text: Roll it back. } }
          mitigation:
            - option: Roll back
              when: Recent deployment suspected
              steps: [{ key: undo, step: Roll back, run: { http: { method: POST, url: "{{robot}}/rollback" } } }]
        """;

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    private static DateTimeOffset? Time(JsonElement clocks, string name) => clocks.GetProperty(name).ValueKind == JsonValueKind.Null ? null : clocks.GetProperty(name).GetDateTimeOffset();

    private static DateTimeOffset Minute(DateTimeOffset at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero);

    // A counter that is read at the full minute tells of the minute that ends there (semantics.md 2).
    private static DateTimeOffset MinuteOf(DateTimeOffset at) => Minute(at.AddTicks(-1));

    /// <summary>By brute force over what was sent: the first and the end of the last minute with burn above 1, what failed between, and what share of the budget that is.</summary>
    private static (DateTimeOffset From, DateTimeOffset Until, double Bad, double Spent) Count(StoryWorld world, DateTimeOffset now)
    {
        var minutes = world.Pushed.Where(p => MinuteOf(p.At) < Minute(now)).GroupBy(p => MinuteOf(p.At)).OrderBy(g => g.Key)
            .Select(g => (At: g.Key, Bad: g.Sum(p => p.Bad), Total: g.Sum(p => p.Good + p.Bad))).ToArray();
        var burning = minutes.Where(m => m.Total > 0 && m.Bad / m.Total > 1 - Target).ToArray();
        var (from, until) = (burning[0].At, burning[^1].At.AddMinutes(1));
        var bad = minutes.Where(m => m.At >= from && m.At < until).Sum(m => m.Bad);
        // semantics.md 6: the events of the covered part, and the uncovered rest at the observed rate.
        var allowed = (1 - Target) * minutes.Sum(m => m.Total) / minutes.Length * PeriodMinutes;
        return (from, until, bad, bad / allowed);
    }

    /// <summary>When people did what, by the story's own clock.</summary>
    private sealed record Done(DateTimeOffset Acknowledged, DateTimeOffset Declared, DateTimeOffset Mitigated, DateTimeOffset Resolved);

    private static Task<JsonElement> SayAsync(StoryWorld world, string action, object body) => world.PostAsync("/api/v1/incidents/INC-1/" + action, body);

    /// <summary>The fault, which nobody knows yet but the samples; the page, the brief, and Bob, who has it and declares.</summary>
    private static async Task<(DateTimeOffset Acknowledged, DateTimeOffset Declared)> BreakAsync(StoryWorld world, Mailbox bob)
    {
        world.Traffic("payments", 10);
        await world.PassAsync(TimeSpan.FromMinutes(40));
        await world.PostRawAsync("/api/v1/changes", new { kind = "deploy", service = "payments", title = "v2.41.0" });
        var broken = world.Clock.GetUtcNow();
        world.Traffic("payments", 7, 3);
        await world.PassAsync(TimeSpan.FromMinutes(8));
        var page = Text(Assert.Single((await world.GetAsync("/api/v1/pages")).EnumerateArray().ToArray()), "id");
        Assert.Contains(bob.Mails, m => m.To == "bob@example.com");
        Assert.StartsWith("Undo it: deploy of payments: v2.41.0", Text(await world.GetAsync("/api/v1/briefs/" + page), "action"), StringComparison.Ordinal);
        var acknowledged = world.Clock.GetUtcNow();
        await world.PostAsync($"/api/v1/pages/{page}/acknowledge", new { by = "bob" });
        var declaredAt = world.Clock.GetUtcNow();
        var declared = await world.PostAsync("/api/v1/incidents", new { page, function = "core", users = "few", by = "bob" });
        // The impact begins where the samples say, within a minute of the fault.
        Assert.InRange((declared.GetProperty("clocks").GetProperty("impactFrom").GetDateTimeOffset() - broken).TotalMinutes, -1, 1);
        return (acknowledged, declaredAt);
    }

    /// <summary>Roles, news for those who wait, the runbook with its one real action, mitigated – and not resolved before the data is clean. The house dies twice.</summary>
    private static async Task<(DateTimeOffset Mitigated, DateTimeOffset Resolved)> RespondAsync(StoryWorld world, Robot robot)
    {
        await SayAsync(world, "roles/commander", new { person = "bob", by = "bob" });
        await SayAsync(world, "roles/communications", new { person = "carol", by = "bob" });
        await world.PostAsync("/api/v1/incidents/INC-1/updates", new { by = "carol" });
        var post = Text(await world.PostAsync("/api/v1/statuspages/shop/posts", new { title = "Card payments fail", body = "We are investigating.", components = new { cards = "partial_outage" }, incident = "INC-1", by = "carol" }), "id");
        await world.CrashAndRestartAsync();
        await world.PostAsync("/api/v1/runs", new { runbook = "payments-errors", incident = "INC-1", by = "bob" });
        await world.PostAsync("/api/v1/runs/RUN-1/steps", new { step = "deploys", outcome = "unexpected", observed = "v2.41.0", by = "bob" });
        await SayAsync(world, "mitigate", new { text = "Roll back the last deployment", by = "bob" });
        await world.PostAsync("/api/v1/runs/RUN-1/approve", new { step = "undo", by = "bob" });
        Assert.Equal(["POST /rollback"], robot.Seen.Select(s => s.Trim()));
        world.Traffic("payments", 10);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        await world.PostAsync("/api/v1/runs/RUN-1/finish", new { helped = true, note = "The roll-back helped.", by = "bob" });
        var mitigated = world.Clock.GetUtcNow();
        await SayAsync(world, "mitigated", new { text = "The roll-back helped.", by = "bob" });
        Assert.Equal(409, (await world.SendAsync("/api/v1/incidents/INC-1/resolve", """{"cause":"A query without an index.","by":"bob"}""")).Status);
        await world.PassAsync(TimeSpan.FromMinutes(31));
        var resolved = world.Clock.GetUtcNow();
        await SayAsync(world, "resolve", new { cause = "A query without an index.", by = "bob" });
        await world.PostAsync("/api/v1/statuspages/shop/posts/" + post, new { status = "resolved", body = "It is over.", by = "carol" });
        await world.CrashAndRestartAsync();
        return (mitigated, resolved);
    }

    private static async Task EveryNumberIsRightAsync(StoryWorld world, JsonElement facts, Done done)
    {
        var clocks = facts.GetProperty("clocks");
        var counted = Count(world, done.Resolved);
        Assert.Equal((counted.From, counted.Until), (Time(clocks, "impactFrom"), Time(clocks, "impactUntil")));
        Assert.Equal(counted.Bad, facts.GetProperty("failed").GetDouble(), 1e-6 * counted.Bad);
        Assert.Equal(counted.Spent, facts.GetProperty("spent").GetDouble(), 1e-6 * counted.Spent);
        // What people did stands at the second in which they did it.
        foreach (var (name, at) in (IEnumerable<(string, DateTimeOffset)>)[("acknowledged", done.Acknowledged), ("declared", done.Declared), ("mitigated", done.Mitigated), ("resolved", done.Resolved)])
            Assert.InRange((Time(clocks, name)!.Value - at).TotalSeconds, 0, 5);
        var alert = Assert.Single((await world.GetAsync("/api/v1/incidents/INC-1")).GetProperty("alerts").EnumerateArray().ToArray()).GetString();
        var detected = (await world.GetAsync("/api/v1/alerts/" + alert)).GetProperty("startedAt").GetDateTimeOffset();
        Assert.Equal(detected, Time(clocks, "detected"));
        foreach (var (name, length) in (IEnumerable<(string, TimeSpan)>)
        [
            ("toDetect", detected - counted.From), ("toAcknowledge", Time(clocks, "acknowledged")!.Value - Time(clocks, "paged")!.Value), ("toMitigate", Time(clocks, "mitigated")!.Value - detected),
            ("toRestore", counted.Until - counted.From), ("toResolve", Time(clocks, "resolved")!.Value - detected),
        ]) Assert.Equal(length, Length(clocks.GetProperty(name)));
        Assert.Equal((counted.Until - counted.From).TotalMinutes * 100, Assert.Single(facts.GetProperty("revenue").EnumerateArray().ToArray()).GetProperty("lost").GetProperty("amount").GetDouble(), 1e-9);
        Assert.Equal(("A query without an index.", "The roll-back helped."), (Text(facts, "cause"), Text(facts, "helped")));
    }

    /// <summary>Two read it, it is final, and the public reads its part; once.</summary>
    private static async Task TellWhatWasLearntAsync(StoryWorld world)
    {
        foreach (var (section, text) in (IEnumerable<(string, string)>)[("summary", "Card payments failed."), ("root-cause", "A query had no index."), ("public", "A query was slow. It is not any more.")])
            await world.PostAsync("/api/v1/postmortems/PM-1/sections/" + section, new { text, basedOn = 0, by = "bob" });
        Assert.Contains("PM-1 is not final.", (await world.SendAsync("/api/v1/postmortems/PM-1/publish", "{}")).Body, StringComparison.Ordinal);
        await world.PostAsync("/api/v1/postmortems/PM-1/review", new { reviewers = new[] { "carol" }, by = "bob" });
        await world.PostAsync("/api/v1/postmortems/PM-1/approve", new { person = "carol", by = "carol" });
        await world.PostAsync("/api/v1/postmortems/PM-1/final", new { by = "bob" });
        await world.PostAsync("/api/v1/postmortems/PM-1/publish", new { by = "bob" });
        Assert.Contains("The public can read that already.", (await world.SendAsync("/api/v1/postmortems/PM-1/publish", "{}")).Body, StringComparison.Ordinal);
        var post = (await world.GetAsync("/status/shop/api/v2/incidents.json")).GetProperty("incidents")[0];
        Assert.Equal(("postmortem", "A query was slow. It is not any more."), (Text(post, "status"), Text(post.GetProperty("incident_updates")[0], "body")));
        Assert.Equal("none", Text((await world.GetAsync("/status/shop/api/v2/summary.json")).GetProperty("status"), "indicator"));
    }

    [Fact]
    public async Task OneNight_FromTheFaultToThePostmortem_NobodyTypesANumber_AndEachIsRight()
    {
        await using var robot = await Robot.OpenAsync();
        await using var bob = Mailbox.Open();
        await using var world = await StoryWorld.OpenAsync(bob.Settings);
        await world.ApplyAsync(Mailbox.Manifest("bob"), Mailbox.Manifest("carol"), StoryWorld.Service("payments", "person: bob"), Manifests(robot.Address));
        var (acknowledged, declared) = await BreakAsync(world, bob);
        var (mitigated, resolved) = await RespondAsync(world, robot);

        var draft = await world.GetAsync("/api/v1/postmortems/PM-1");
        await EveryNumberIsRightAsync(world, draft.GetProperty("facts"), new(acknowledged, declared, mitigated, resolved));
        // What the house knew stands in the timeline; nobody wrote it.
        string[] lines = [.. draft.GetProperty("timeline").EnumerateArray().Select(l => Text(l, "text"))];
        foreach (var line in (string[])["Deploy of payments: v2.41.0", "bob has the page.", "bob is incident commander.", "carol is communications lead.", "Card payments fail: it helped. The roll-back helped.", "Users feel it no more, says the indicator."])
            Assert.Contains(lines, l => l.Contains(line, StringComparison.Ordinal));
        Assert.Contains("Card payments fail", (await world.FetchAsync(HttpMethod.Get, "/status/shop/history")).Body, StringComparison.Ordinal);
        Assert.Equal("none", Text((await world.GetAsync("/status/shop/api/v2/summary.json")).GetProperty("status"), "indicator"));
        Assert.Equal("INC-1", Text((await world.GetAsync("/api/v1/knowledge?q=index&kind=incident"))[0], "name"));
        await TellWhatWasLearntAsync(world);
        Assert.Equal(1, (await world.GetAsync("/api/v1/incident-metrics")).GetProperty("groups")[0].GetProperty("incidents").GetInt32());
    }

    private static TimeSpan Length(JsonElement duration) => NodaTime.Text.DurationPattern.Roundtrip.Parse(duration.GetString()!) is { Success: true } parsed ? parsed.Value.ToTimeSpan() : Field(duration.GetString()!);

    private static TimeSpan Field(string text) => Nines.Kernel.FieldDuration.TryParse(text, out var length) ? length.ToTimeSpan() : TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
