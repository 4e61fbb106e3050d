namespace Nines.Tests.Stories;

/// <summary>A rota written in New York's summer is looked at in its winter (grafana/oncall#2950: the pop-up was an hour off behind 5 November).</summary>
public class ASummersRotaInWinter
{
    [Fact]
    public async Task LookedAtFromTheOtherSideOfTheChange_EveryHandOverIsAtNineByTheClockOnTheWall()
    {
        await using var world = await StoryWorld.OpenAsync();
        await world.ApplyAsync(
            Mailbox.Manifest("ada"), Mailbox.Manifest("bo"),
            "apiVersion: nines/v1\nkind: Schedule\nmetadata: { name: web }\nspec: { timeZone: America/New_York, layers: [{ name: weeks, rotation: { turn: weekly, start: 2026-09-07T09:00, people: [ada, bo] } }] }\n");
        // 09:00 in New York is 13:00 UTC in summer and 14:00 in winter.
        foreach (var (at, until) in ((string, string)[])[("2026-10-20T12:00:00Z", "2026-10-26T13:00:00Z"), ("2026-10-28T12:00:00Z", "2026-11-02T14:00:00Z"), ("2026-11-21T01:00:00Z", "2026-11-23T14:00:00Z")])
            Assert.Equal(until, (await world.GetAsync($"/api/v1/oncall?schedule=web&at={at}")).GetProperty("levels")[0].GetProperty("until").GetString());
        // What is shown at a shift says the same: nine, in every week around the change.
        foreach (var week in (string[])["2026-10-26", "2026-11-02", "2026-11-23"])
        {
            var (_, page) = await world.FetchAsync(HttpMethod.Get, $"/oncall/schedules/web?day={week}");
            Assert.Contains("09:00", page, StringComparison.Ordinal);
            Assert.DoesNotMatch("(08|10|13|14):00", page);
        }
    }
}
