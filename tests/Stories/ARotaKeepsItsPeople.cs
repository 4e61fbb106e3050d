
namespace Nines.Tests.Stories;

/// <summary>Ada, Bo and Cem take weeks for payments; Saturday, 21 November 2026, is Ada's.</summary>
public class ARotaKeepsItsPeople
{
    private static string Person(string name) => $$"""
        apiVersion: nines/v1
        kind: Person
        metadata: { name: {{name}} }
        spec: { contacts: { email: {{name}}@example.com } }
        """;

    private static string Payments(string people) => $$"""
        apiVersion: nines/v1
        kind: Schedule
        metadata: { name: payments, displayName: Payments }
        spec:
          timeZone: Europe/Berlin
          layers: [{ name: weeks, rotation: { turn: weekly, start: 2026-11-16, handOver: "09:00", people: [{{people}}] } }]
        """;

    private static async Task<StoryWorld> OpenAsync()
    {
        var world = await StoryWorld.OpenAsync();
        await world.ApplyAsync(Person("ada"), Person("bo"), Person("cem"), Person("dana"), Payments("ada, bo, cem"));
        return world;
    }

    private static async Task<string> WhoAsync(StoryWorld world, string at = "2026-11-21T01:00:00Z") =>
        string.Join('+', (await world.GetAsync($"/api/v1/oncall?schedule=payments&at={at}")).GetProperty("levels")[0].GetProperty("people").EnumerateArray().Select(p => p.GetString()));

    [Fact]
    public async Task DanaJoinsTwice_AdaStaysOnCall_AlsoAfterACrash()
    {
        await using var world = await OpenAsync();
        Assert.Equal("ada", await WhoAsync(world));
        Assert.Equal("bo", await WhoAsync(world, "2026-11-23T08:00:00Z"));

        // Counted from the start alone, either edit would have moved everybody.
        await world.ApplyAsync(Payments("dana, ada, bo, cem"));
        Assert.Equal("ada", await WhoAsync(world));
        await world.CrashAndRestartAsync();
        Assert.Equal("ada", await WhoAsync(world));
        await world.ApplyAsync(Payments("cem, bo, ada"));
        Assert.Equal("ada", await WhoAsync(world));
        Assert.Equal("cem", await WhoAsync(world, "2026-11-23T08:00:00Z"));

        // Ada leaves: the next one who stayed takes over.
        await world.ApplyAsync(Payments("bo, cem"));
        Assert.Equal("cem", await WhoAsync(world));
    }

    [Fact]
    public async Task AdaAsksForCover_NothingChangesUntilBoAccepts_ThenItDoes_AndBoIsCoveredInTurn()
    {
        await using var world = await OpenAsync();
        var asked = await world.PostAsync("/api/v1/schedules/payments/covers", new { by = "ada", to = "bo", from = "2026-11-21T18:00:00Z", until = "2026-11-22T06:00:00Z" });
        Assert.Equal("ada", await WhoAsync(world, "2026-11-21T20:00:00Z"));

        await world.PostAsync($"/api/v1/schedules/payments/covers/{asked.GetProperty("id").GetString()}/answer", new { by = "bo", accept = true });
        Assert.Equal("bo", await WhoAsync(world, "2026-11-21T20:00:00Z"));
        Assert.Equal("ada", await WhoAsync(world, "2026-11-22T06:00:00Z"));

        var over = await world.PostAsync("/api/v1/schedules/payments/overrides", new { person = "cem", insteadOf = "bo", from = "2026-11-21T19:00:00Z", until = "2026-11-21T21:00:00Z", note = "Bo is at the theatre" });
        Assert.Equal("cem", await WhoAsync(world, "2026-11-21T20:00:00Z"));
        await world.CrashAndRestartAsync();
        Assert.Equal("cem", await WhoAsync(world, "2026-11-21T20:00:00Z"));
        // The note says something about a person: the journal holds it sealed.
        var view = await world.GetAsync("/api/v1/schedules/payments");
        Assert.Equal("Bo is at the theatre", view.GetProperty("overrides")[1].GetProperty("note").GetString());

        await world.DeleteAsync($"/api/v1/schedules/payments/overrides/{over.GetProperty("id").GetString()}");
        Assert.Equal("bo", await WhoAsync(world, "2026-11-21T20:00:00Z"));
    }

    [Fact]
    public async Task ClocksGoForwardAndBack_EveryHandOverIsOnceAndAtNine()
    {
        await using var world = await OpenAsync();
        var view = await world.GetAsync("/api/v1/schedules/payments?from=2027-03-01T08:00:00Z&to=2027-04-12T07:00:00Z");
        var shifts = view.GetProperty("shifts").EnumerateArray().Select(s => (s.GetProperty("from").GetString()!, s.GetProperty("until").GetString()!)).ToArray();
        // 28 March 2027: nine in Berlin is 08:00 UTC before, 07:00 after.
        Assert.Contains(("2027-03-22T08:00:00Z", "2027-03-29T07:00:00Z"), shifts);
        Assert.All(shifts.Zip(shifts.Skip(1)), p => Assert.Equal(p.First.Item2, p.Second.Item1));
    }

    [Fact]
    public async Task AnEditIsPreviewed_ItSaysWhoWouldBeOnCallOtherwise_AndChangesNothing()
    {
        await using var world = await OpenAsync();
        // JSON is YAML, too.
        var said = await world.PostAsync("/api/v1/schedules/preview?days=21", new
        {
            apiVersion = "nines/v1",
            kind = "Schedule",
            metadata = new { name = "payments" },
            spec = new { timeZone = "Europe/Berlin", layers = new[] { new { name = "weeks", rotation = new { turn = "weekly", start = "2026-11-16", handOver = "09:00", people = new[] { "ada", "nobody", "cem" } } } } },
        });
        var preview = said[0];

        Assert.Equal("ada", preview.GetProperty("nowAfter")[0].GetString());
        var gap = Assert.Single(preview.GetProperty("gaps").EnumerateArray());
        Assert.Equal(("2026-11-23T08:00:00Z", "2026-11-30T08:00:00Z"), (gap.GetProperty("from").GetString(), gap.GetProperty("until").GetString()));
        Assert.Equal("bo", await WhoAsync(world, "2026-11-25T08:00:00Z"));
    }
}
