using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>Two people take turns by the day; what was lived is kept, whatever the schedule says later.</summary>
public class AShiftEndsAndTells
{
    private const string People = """
        apiVersion: nines/v1
        kind: Person
        metadata: { name: ada, displayName: Ada Lovelace }
        spec: { timeZone: Europe/Berlin, contacts: { email: ada@example.com } }
        ---
        apiVersion: nines/v1
        kind: Person
        metadata: { name: ben, displayName: Ben Turner }
        spec: { timeZone: UTC, contacts: { email: ben@example.com } }
        """;

    [Fact]
    public async Task A_day_ends_the_next_one_begins_and_the_handoff_says_what_it_said_then()
    {
        await using var world = await StoryWorld.OpenAsync();
        await world.ApplyAsync(People, Schedule("ada, ben"));
        // 21 November 2026, 01:00 UTC: Ada has the shift until 09:00 UTC.
        world.Clock.Advance(TimeSpan.FromHours(7.5));
        await world.PassAsync(TimeSpan.FromMinutes(1));
        var coming = await world.GetAsync("/api/v1/oncall/handoff?schedule=payments");
        Assert.Equal("Ada Lovelace", coming.GetProperty("leaving")[0].GetString());
        Assert.Equal("Ben Turner", coming.GetProperty("coming")[0].GetString());

        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.PassAsync(TimeSpan.FromSeconds(20));
        var past = await world.GetAsync("/api/v1/oncall/handoffs?schedule=payments");
        var first = Assert.Single(past.EnumerateArray());
        Assert.Equal("2026-11-21T09:00:00Z", first.GetProperty("until").GetString());
        var id = first.GetProperty("id").GetString();

        // From now on Ben has every day; the past stays Ada's.
        await world.ApplyAsync(Schedule("ben"));
        await world.CrashAndRestartAsync();
        var document = await world.GetAsync($"/api/v1/oncall/handoffs/{id}");
        Assert.Equal("Ada Lovelace", document.GetProperty("leaving")[0].GetString());
        Assert.DoesNotContain(document.GetProperty("parts").EnumerateArray().First(p => p.GetProperty("title").GetString() == "What changed in Nines in the last 7 days").GetProperty("lines").EnumerateArray(),
            line => line.GetProperty("more").GetString() == "revision 2");

        var pay = await world.GetAsync("/api/v1/oncall/compensation?from=2026-11-21T00:00:00Z&to=2026-11-21T09:00:00Z");
        var line = Assert.Single(pay.EnumerateArray());
        // 01:00 to 09:00 UTC is 02:00 to 10:00 in Berlin, on a Saturday: six hours of sleep and two of a weekend day.
        Assert.Equal(("ada", 480, 0, 120, 360), (line.GetProperty("person").GetString(), Minutes(line, "minutes"), Minutes(line, "business"), Minutes(line, "off"), Minutes(line, "sleep")));
    }

    [Fact]
    public async Task Whoever_had_the_shift_says_how_it_was_and_nobody_else()
    {
        await using var world = await StoryWorld.OpenAsync();
        await world.ApplyAsync(People, Schedule("ada, ben"));
        world.Clock.Advance(TimeSpan.FromHours(8.5));
        await world.PassAsync(TimeSpan.FromSeconds(20));
        var id = (await world.GetAsync("/api/v1/oncall/handoffs"))[0].GetProperty("id").GetString();

        await world.PostAsync("/api/v1/oncall/ratings", new { handoff = id, person = "ada", score = 2 });
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => world.PostAsync("/api/v1/oncall/ratings", new { handoff = id, person = "ben", score = 5 }));
        var health = await world.GetAsync("/api/v1/oncall/health?person=ada");
        var satisfaction = health.GetProperty("report").GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("key").GetString() == "satisfaction");
        Assert.Equal((2, "critical"), (satisfaction.GetProperty("value").GetDouble(), satisfaction.GetProperty("state").GetString()));
    }

    private static int Minutes(JsonElement line, string kind) => line.GetProperty(kind).GetInt32();

    private static string Schedule(string people) => $$"""
        apiVersion: nines/v1
        kind: Schedule
        metadata: { name: payments }
        spec:
          timeZone: UTC
          layers:
            - name: days
              rotation: { turn: daily, start: 2026-11-20, handOver: "09:00", people: [{{people}}] }
        """;
}
