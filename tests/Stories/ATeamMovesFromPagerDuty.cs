using System.Net;
using System.Text.Json;
using Nines.Paging.Notifications;

namespace Nines.Tests.Stories;

/// <summary>The shop's alerts go to PagerDuty and to Nines, too. For weeks PagerDuty calls people and Nines only writes down whom it would have; then it is the other way round.</summary>
public class ATeamMovesFromPagerDuty
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private const string Shadow = "apiVersion: nines/v1\nkind: ShadowMode\nmetadata: { name: pagerduty }\nspec: { beside: pagerduty, covers: { everything: true }, people: { PB: bob } }\n";
    private const string Policy = "apiVersion: nines/v1\nkind: EscalationPolicy\nmetadata: { name: shop }\nspec:\n  steps:\n    - { notify: [{ person: alice }], delay: 5m }\n    - { notify: [{ person: bob }], delay: 5m }\n";

    private sealed record Move(StoryWorld World, Pager Alice, Pager Bob) : IAsyncDisposable
    {
        public static async Task<Move> BeginsAsync()
        {
            var world = await StoryWorld.OpenAsync(("notifications:owner", "bob"));
            var move = new Move(world, await Pager.StartAsync(world.Clock), await Pager.StartAsync(world.Clock));
            await world.ApplyAsync(
                move.Alice.Manifest("alice"), move.Bob.Manifest("bob"), "apiVersion: nines/v1\nkind: Team\nmetadata: { name: shop }\nspec: { lead: bob, members: [alice, bob], oncall: shop }\n", Policy, Shadow,
                StoryWorld.Service("checkout", "team: shop"), StoryWorld.Service("ledger", "team: shop"));
            foreach (var service in (string[])["checkout", "ledger"]) world.Traffic(service, goodPerSecond: 100);
            await world.PassAsync(2 * Minute);
            return move;
        }

        /// <summary>A service burns until Nines has a page about it; its id.</summary>
        public async Task<string> BurnsAsync(string service)
        {
            World.Traffic(service, 0, badPerSecond: 100);
            for (var i = 0; i < 60; i++)
            {
                await World.PassAsync(TimeSpan.FromSeconds(10));
                if (World.State.Get<PageBook>().All.Values.FirstOrDefault(p => p.Service == service && p.EndedAt is null) is { } page) return page.Id;
            }

            throw new InvalidOperationException($"No page about {service}.");
        }

        /// <summary>PagerDuty calls Nines' door as it does for real.</summary>
        public async Task<(int Status, string Body)> SaysAsync(string type, string incident, string service, string person, string name)
        {
            var at = World.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
            return await World.SendAsync("/in/shadow/pagerduty", JsonSerializer.Serialize(new
            {
                @event = new
                {
                    id = "01" + incident,
                    event_type = "incident." + type,
                    resource_type = "incident",
                    occurred_at = at,
                    agent = new { id = person, summary = name, type = "user_reference" },
                    data = new
                    {
                        id = incident,
                        type = "incident",
                        html_url = "https://acme.pagerduty.com/incidents/" + incident,
                        incident_key = incident,
                        created_at = at,
                        title = service + " burns",
                        service = new { id = "S" + service, summary = service, type = "service_reference" },
                        assignees = new[] { new { id = person, summary = name, type = "user_reference" } },
                        urgency = "high",
                    },
                },
            }));
        }

        public async Task<JsonElement> ReportAsync() => await World.GetAsync("/api/v1/shadow?since=1d");

        public async ValueTask DisposeAsync()
        {
            await World.DisposeAsync();
            await Alice.DisposeAsync();
            await Bob.DisposeAsync();
        }
    }

    [Fact]
    public async Task PagerDutyCalls_NinesOnlySaysWhomItWouldHave_AndTheTwoAreComparedPageByPage()
    {
        await using var move = await Move.BeginsAsync();
        var page = await move.BurnsAsync("checkout");
        await move.World.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(200, (await move.SaysAsync("triggered", "P1", "checkout", "PA", "alice")).Status);
        await move.World.PassAsync(Minute);
        await move.SaysAsync("acknowledged", "P1", "checkout", "PA", "alice");
        var shown = await move.World.GetAsync($"/api/v1/pages/{page}");
        Assert.Equal(("acknowledged", "pagerduty", "pagerduty"), (shown.GetProperty("state").GetString(), shown.GetProperty("shadow").GetString(), shown.GetProperty("acknowledgements")[0].GetProperty("via").GetString()));
        Assert.Equal("alice", shown.GetProperty("acknowledgements")[0].GetProperty("person").GetString());

        await move.BurnsAsync("ledger");
        await move.SaysAsync("triggered", "P2", "ledger", "PB", "Robert, who is bob here");
        await move.SaysAsync("triggered", "P3", "tills", "PZ", "Zoe");
        await move.World.PassAsync(15 * Minute);
        var report = await move.ReportAsync();
        string[] verdicts = [.. report.GetProperty("rows").EnumerateArray().Select(r => $"{r.GetProperty("service").GetString()} {r.GetProperty("verdict").GetString()}").Order(StringComparer.Ordinal)];
        Assert.Equal(["checkout same", "ledger another", "tills onlyOutside"], verdicts);
        Assert.Equal("In 24 hours: 1 of 3 the same; 1 woke somebody else: bob would be called at step 2, 5 min later; 1 only PagerDuty: The catalog knows no service tills.", report.GetProperty("headline").GetString());
        Assert.Contains(report.GetProperty("missing").EnumerateArray(), m => m.GetProperty("what").GetString() == "PagerDuty called PZ, whom the catalog does not know.");
        Assert.Contains(report.GetProperty("missing").EnumerateArray(), m => m.GetProperty("what").GetString() == "PagerDuty paged about tills, which the catalog does not know.");

        // What a command reads is what the server writes, also where Nines would have been the earlier one.
        Assert.Equal(3, JsonSerializer.Deserialize<Paging.Shadowing.ShadowReport>(report, Kernel.HouseJson.Options)!.Rows.Count);
        Assert.Contains(report.GetProperty("rows").EnumerateArray(), r => r.GetProperty("laterSeconds") is { ValueKind: JsonValueKind.Number } later && later.GetDouble() < 0);
        Assert.Empty(move.Alice.Calls);
        Assert.Empty(move.Bob.Calls);
        Assert.Empty(move.World.State.Get<Kernel.Outbox>().Pending);
        // Every page says so, and the comparison has one of its own.
        foreach (var path in (string[])["/pages", "/alerts", "/shadow"])
            Assert.Contains("Nines calls nobody about every service, PagerDuty does.", (await move.World.FetchAsync(HttpMethod.Get, path)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PagerDutyResolves_ThePageInShadowModeIsOver()
    {
        await using var move = await Move.BeginsAsync();
        var page = await move.BurnsAsync("checkout");
        await move.SaysAsync("triggered", "P1", "checkout", "PA", "alice");
        await move.World.PassAsync(Minute);
        move.World.Traffic("checkout", 100);
        await move.SaysAsync("resolved", "P1", "checkout", "PA", "alice");
        var shown = await move.World.GetAsync($"/api/v1/pages/{page}");
        Assert.Equal("ended", shown.GetProperty("state").GetString());
        Assert.Contains(shown.GetProperty("story").EnumerateArray(), l => l.GetProperty("text").GetString() == "PagerDuty says that it is over.");
    }

    [Fact]
    public async Task ShadowModeIsSwitchedOff_WhatBurnsUnansweredCallsAtOnce_AndACrashInBetweenSendsNothingOfBefore()
    {
        await using var move = await Move.BeginsAsync();
        await move.BurnsAsync("checkout");
        await move.World.PassAsync(7 * Minute);
        await move.World.CrashAndRestartAsync();
        await move.World.PassAsync(Minute);
        Assert.Empty(move.Alice.Calls);
        await move.World.DeleteAsync("/api/v1/manifests/ShadowMode/pagerduty");
        await move.World.PassAsync(TimeSpan.FromSeconds(20));
        var call = Assert.Single(move.Alice.Seen);
        Assert.Equal(("page.opened", true), (call.Event, call.Signed));
        Assert.StartsWith("Shadow mode is over for it.", call.Why, StringComparison.Ordinal);
        Assert.Empty(move.Bob.Calls);
        Assert.DoesNotContain("Shadow mode:", (await move.World.FetchAsync(HttpMethod.Get, "/pages")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHouseThatCallsPeople_IsNotSilencedByTheWay()
    {
        await using var move = await Move.BeginsAsync();
        await move.World.DeleteAsync("/api/v1/manifests/ShadowMode/pagerduty");
        await move.BurnsAsync("checkout");
        await move.World.PassAsync(Minute);
        Assert.Single(move.Alice.Seen);
        var (status, body) = await move.World.SendAsync("/api/v1/manifests", Shadow, "application/yaml");
        Assert.Equal((int)HttpStatusCode.Conflict, status);
        Assert.Contains("Nines called people about checkout in the last 30 days and would call nobody any more.", body, StringComparison.Ordinal);
        Assert.Equal(200, (await move.World.SendAsync("/api/v1/manifests?force=PagerDuty%20calls%20again", Shadow, "application/yaml")).Status);
        // Whoever was called already hears of it to its end.
        move.World.Traffic("checkout", 100);
        await move.World.PassAsync(60 * Minute);
        Assert.Contains(move.Alice.Seen, c => c.Event == "page.resolved");
    }

    [Fact]
    public async Task AStrangerCallsTheDoor_NothingIsHeard()
    {
        var key = Path.Combine(Directory.CreateTempSubdirectory("nines-shadow").FullName, "key");
        await File.WriteAllTextAsync(key, "signing secret\n");
        await using var move = await Move.BeginsAsync();
        await move.World.ApplyAsync(Shadow.Replace("people: { PB: bob }", $"key: \"file:{key}\"", StringComparison.Ordinal));
        var (status, body) = await move.SaysAsync("triggered", "P1", "checkout", "PA", "alice");
        Assert.Equal((int)HttpStatusCode.Forbidden, status);
        Assert.Contains("does not prove that it comes from the other pager", body, StringComparison.Ordinal);
        Assert.Equal(0, (await move.ReportAsync()).GetProperty("rows").GetArrayLength());
    }
}
