using System.Net;
using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>checkout belongs to the shop's team: alice is called first, then bob, then the lead; whoever owns Nines in the end. Each has a pager of their own.</summary>
public class NobodyAnswersAtNight
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private const string Policy = """
        apiVersion: nines/v1
        kind: EscalationPolicy
        metadata: { name: shop }
        spec:
          steps:
            - { notify: [{ person: alice }], delay: 5m }
            - { notify: [{ person: bob }], delay: 5m }
            - { notify: [{ lead: shop }], delay: 5m }
          repeat: 2
        """;

    private sealed record Night(StoryWorld World, Pager Alice, Pager Bob, Pager Lead, Pager Ops) : IAsyncDisposable
    {
        public static async Task<Night> FallsAsync(params (string Name, string Value)[] settings)
        {
            var world = await StoryWorld.OpenAsync([("notifications:owner", "ops"), .. settings]);
            var night = new Night(world, await Pager.StartAsync(world.Clock), await Pager.StartAsync(world.Clock), await Pager.StartAsync(world.Clock), await Pager.StartAsync(world.Clock));
            await world.ApplyAsync(
                night.Alice.Manifest("alice"), night.Bob.Manifest("bob"), night.Lead.Manifest("lena"), night.Ops.Manifest("ops"),
                "apiVersion: nines/v1\nkind: Team\nmetadata: { name: shop }\nspec: { lead: lena, members: [lena, alice, bob], oncall: shop }\n", Policy, StoryWorld.Service("checkout", "team: shop"));
            world.Traffic("checkout", goodPerSecond: 100);
            await world.PassAsync(2 * Minute);
            world.Traffic("checkout", 0, badPerSecond: 100);
            return night;
        }

        /// <summary>Time passes until somebody's pager rings.</summary>
        public async Task<Call> FirstCallAsync()
        {
            for (var i = 0; i < 30 && Alice.Calls.Count == 0; i++) await World.PassAsync(TimeSpan.FromSeconds(10));
            return Alice.Calls[0];
        }

        /// <summary>Every call as <c>minutes since the first, who</c>.</summary>
        public IReadOnlyList<string> Calls()
        {
            (string Who, Call Call)[] all = [.. Of("alice", Alice), .. Of("bob", Bob), .. Of("lena", Lead), .. Of("ops", Ops)];
            return [.. all.OrderBy(c => c.Call.At).Select(c => $"{(c.Call.At - Alice.Calls[0].At).TotalMinutes:0} {c.Who} {c.Call.Event[5..]}")];

            static IEnumerable<(string, Call)> Of(string who, Pager pager) => pager.Seen.Select(c => (who, c));
        }

        public async Task<JsonElement> PageAsync() => await World.GetAsync($"/api/v1/pages/{Alice.Calls[0].Page}");

        public async ValueTask DisposeAsync()
        {
            await World.DisposeAsync();
            foreach (var pager in (Pager[])[Alice, Bob, Lead, Ops]) await pager.DisposeAsync();
        }
    }

    private static string Link(Call call) => new Uri(call.Body.GetProperty("acknowledge").GetString()!).PathAndQuery;

    [Fact]
    public async Task NobodyAnswers_EveryFiveMinutesTheNextIsCalled_AfterTwoRoundsEverybody_AndThePageStaysOpen()
    {
        await using var night = await Night.FallsAsync();
        await night.FirstCallAsync();
        await night.World.PassAsync(45 * Minute);
        Assert.Equal(
            ["0 alice opened", "5 bob opened", "10 lena opened", "15 alice repeated", "20 bob repeated", "25 lena repeated"], night.Calls().Take(6));
        Assert.Equal(["30 alice repeated", "30 bob repeated", "30 lena repeated", "30 ops opened"], night.Calls().Skip(6).Order(StringComparer.Ordinal));
        Assert.Equal("Nobody took it on in 2 rounds. Everybody of shop is called. So whoever owns Nines is called: ops owns Nines.", night.Ops.Calls.Single().Why);
        Assert.Equal("open", (await night.PageAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task BobTakesItOnWithOneTap_NothingRingsAnyMore_AndTheEndIsToldToThoseWhoWereCalled()
    {
        await using var night = await Night.FallsAsync();
        await night.FirstCallAsync();
        await night.World.PassAsync(6 * Minute);
        var link = Link(night.Bob.Calls.Single());

        var screen = await night.World.FetchAsync(HttpMethod.Get, link);
        Assert.Contains("Acknowledge: I have it", screen.Body, StringComparison.Ordinal);
        Assert.Equal(1, screen.Body.Split("<button").Length - 1);
        Assert.DoesNotContain("<script", screen.Body, StringComparison.Ordinal);
        Assert.Equal("open", (await night.PageAsync()).GetProperty("state").GetString());

        Assert.Equal(HttpStatusCode.Redirect, (await night.World.FetchAsync(HttpMethod.Post, link)).Status);
        Assert.Contains("You have it.", (await night.World.FetchAsync(HttpMethod.Get, link)).Body, StringComparison.Ordinal);
        await night.World.PassAsync(TimeSpan.FromHours(3));
        Assert.Equal(["0 alice opened", "5 bob opened"], night.Calls());
        var page = await night.PageAsync();
        Assert.Equal(("acknowledged", "bob"), (page.GetProperty("state").GetString(), page.GetProperty("acknowledgements")[0].GetProperty("person").GetString()));
        night.World.Traffic("checkout", 100);
        await night.World.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(["alice resolved", "bob resolved"], night.Calls().Skip(2).Select(c => c[(c.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AMailScannerFollowsEveryLinkOfEveryMessage_NothingIsAcknowledged()
    {
        await using var night = await Night.FallsAsync();
        await night.FirstCallAsync();
        await night.World.PassAsync(6 * Minute);
        var links = night.Alice.Calls.Concat(night.Bob.Calls).SelectMany(c => Links(c.Body)).Distinct(StringComparer.Ordinal).ToArray();
        Assert.True(links.Length >= 4, string.Join('\n', links));
        foreach (var link in links)
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Options])
                await night.World.FetchAsync(method, link);
        Assert.Equal("open", (await night.PageAsync()).GetProperty("state").GetString());
        await night.World.PassAsync(5 * Minute);
        Assert.Equal("10 lena opened", night.Calls()[^1]);
    }

    [Fact]
    public async Task SomebodyReadsTheWholeJournal_NoLinkInItAcknowledges()
    {
        await using var night = await Night.FallsAsync();
        var link = Link(await night.FirstCallAsync());
        var token = link["/a/".Length..];
        await foreach (var entry in night.World.Journal.ReadAsync(0, default))
        {
            var text = System.Text.Encoding.UTF8.GetString(entry.Data.Span);
            Assert.DoesNotContain("/a/", text, StringComparison.Ordinal);
            Assert.DoesNotContain(token[(token.LastIndexOf('.') + 1)..], text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await night.World.FetchAsync(HttpMethod.Post, link)).Status);
    }

    [Fact]
    public async Task AChangedLink_AndOneThatHasExpired_AcknowledgeNothing()
    {
        await using var night = await Night.FallsAsync(("notifications:linkLife", "5m"));
        var link = Link(await night.FirstCallAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await night.World.FetchAsync(HttpMethod.Post, link[..^1] + (link[^1] == 'A' ? 'B' : 'A'))).Status);
        await night.World.PassAsync(6 * Minute);
        Assert.Equal(HttpStatusCode.Forbidden, (await night.World.FetchAsync(HttpMethod.Post, link)).Status);
        Assert.Equal("open", (await night.PageAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task AlicesReceiverIsDown_BobIsCalledWithinTwentySeconds_AndToldWhy()
    {
        await using var night = await Night.FallsAsync();
        night.Alice.Answers([.. Enumerable.Repeat(503, 200)]);
        await night.FirstCallAsync();
        await night.World.PassAsync(Minute);
        var call = night.Bob.Calls.Single();
        Assert.InRange(call.At - night.Alice.Calls[0].At, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.StartsWith("Nobody who was called could be reached: The message by webhook was not accepted in time.", call.Why, StringComparison.Ordinal);
        var proof = (await night.PageAsync()).GetProperty("notices")[0].GetProperty("messages")[0].GetProperty("proof").EnumerateArray().ToArray();
        Assert.Equal(["intended", "attempted", "accepted", "acknowledged"], proof.Select(p => p.GetProperty("stage").GetString()));
        Assert.True(proof[2].GetProperty("missed").GetBoolean());
    }

    [Fact]
    public async Task AliceAcknowledgesWhileHerPagerIsBeingRung_TheAnswerComesWhenNothingRings()
    {
        await using var night = await Night.FallsAsync();
        Task<(HttpStatusCode Status, string Body)>? answer = null;
        night.Alice.Arrived = () =>
        {
            if (answer is not null) return;
            // From within the ring: the page is acknowledged, and the answer waits until this very call is let go.
            answer = night.World.RawAsync(HttpMethod.Post, $"/api/v1/pages/{night.Alice.Calls[0].Page}/acknowledge", "{\"by\":\"alice\"}");
            answer.GetAwaiter().GetResult();
        };
        await night.FirstCallAsync();
        Assert.Equal(HttpStatusCode.OK, (await answer!).Status);
        await night.World.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(["0 alice opened"], night.Calls());
    }

    [Theory]
    [InlineData("paging.page-intended.v1")]
    [InlineData("paging.step-taken.v1")]
    [InlineData("outbox.intended.v1")]
    [InlineData("outbox.settled.v1")]
    public async Task ThePowerFailsAtAnyStep_TheEscalationGoesOn_AndBobIsCalledOnce(string diesAfter)
    {
        await using var night = await Night.FallsAsync();
        night.World.Journal.DiesAfter = diesAfter;
        for (var i = 0; i < 30 && !night.World.Journal.Dead; i++) await night.World.PassAsync(TimeSpan.FromSeconds(10));
        await night.World.CrashAndRestartAsync();
        await night.World.PassAsync(2 * Minute);
        Assert.Single(night.Alice.Seen);
        night.World.Journal.DiesAfter = "paging.step-taken.v1";
        for (var i = 0; i < 40 && !night.World.Journal.Dead; i++) await night.World.PassAsync(TimeSpan.FromSeconds(10));
        await night.World.CrashAndRestartAsync();
        await night.World.PassAsync(3 * Minute);
        Assert.Single(night.Bob.Seen);
        Assert.Empty(night.Lead.Calls);
    }

    [Fact]
    public async Task ThePowerFailsRightAfterTheAcknowledgement_ItHolds()
    {
        await using var night = await Night.FallsAsync();
        var call = await night.FirstCallAsync();
        night.World.Journal.DiesAfter = "paging.acknowledged.v1";
        await night.World.RawAsync(HttpMethod.Post, Link(call), "");
        await night.World.CrashAndRestartAsync();
        await night.World.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(["0 alice opened"], night.Calls());
        Assert.Equal("acknowledged", (await night.PageAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task TheServerWasDownForAnHour_TheNextIsCalledAtOnce_NotEverybody()
    {
        await using var night = await Night.FallsAsync();
        await night.FirstCallAsync();
        night.World.Journal.Dead = true;
        night.World.Clock.Advance(TimeSpan.FromHours(1));
        await night.World.CrashAndRestartAsync();
        await night.World.PassAsync(Minute);
        Assert.Single(night.Bob.Seen, c => c.Event == "page.opened");
        Assert.DoesNotContain(night.Lead.Calls, c => c.Event == "page.opened");
    }

    [Fact]
    public async Task AliceAsksForSilenceInsteadOfAnswering_NobodyElseIsWoken_TheSilenceEnds_ItRingsAgain()
    {
        await using var night = await Night.FallsAsync();
        await night.FirstCallAsync();
        await night.World.PostAsync("/api/v1/silences", new { matchers = new[] { "service=checkout" }, @for = "30m", owner = "alice", comment = "a known move" });
        await night.World.PassAsync(25 * Minute);
        Assert.Equal(["0 alice opened"], night.Calls());
        Assert.Equal("snoozed", (await night.PageAsync()).GetProperty("state").GetString());
        await night.World.PassAsync(6 * Minute);
        Assert.Equal("30 alice repeated", night.Calls()[^1]);
    }

    private static IEnumerable<string> Links(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Links(p.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Links),
        // Only what leads back to this server: others are not ours to fetch.
        JsonValueKind.String when Uri.TryCreate(value.GetString(), UriKind.Absolute, out var url) && url.Host == "127.0.0.1" => [url.PathAndQuery],
        _ => [],
    };
}
