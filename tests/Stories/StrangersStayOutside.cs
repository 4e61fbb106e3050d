using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Access;
using Nines.Kernel;

namespace Nines.Tests.Stories;

/// <summary>From a server that nobody knows to one that knows people and programs.</summary>
public class StrangersStayOutside
{
    private const string Other = "another good sentence";

    [Fact]
    public async Task A_new_server_lets_nobody_in_but_whoever_holds_its_token()
    {
        await using var house = await LockedHouse.OpenAsync();
        using var browser = house.Browser();

        Assert.Equal("/setup", (await browser.GetAsync("/alerts")).Headers.Location!.ToString());
        Assert.Equal("/setup", (await browser.GetAsync("/sign-in")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/alerts", page: false)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/-/healthy")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SetUpAsync("ada", LockedHouse.Password, token: "guessed")).StatusCode);

        var token = house.SetupToken!;
        var entered = await browser.SetUpAsync("ada", LockedHouse.Password);
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/alerts")).StatusCode);
        Assert.Contains("Ada Lovelace", await (await browser.GetAsync("/")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // It counted once.
        using var second = house.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await second.SetUpAsync("eve", LockedHouse.Password, token)).StatusCode);
        Assert.Single(house.State.Accounts);
    }

    [Fact]
    public async Task A_set_up_token_ends_with_the_server_that_made_it()
    {
        await using var house = await LockedHouse.OpenAsync();
        var old = house.SetupToken!;
        await house.RestartAsync();

        using var browser = house.Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SetUpAsync("ada", LockedHouse.Password, old)).StatusCode);
        Assert.NotEqual(old, house.SetupToken);
    }

    [Fact]
    public async Task Two_who_set_up_at_once_are_one_account()
    {
        await using var house = await LockedHouse.OpenAsync();
        using var one = house.Browser();
        using var other = house.Browser();
        var token = house.SetupToken!;

        var both = await Task.WhenAll(one.SetUpAsync("ada", LockedHouse.Password, token), other.SetUpAsync("eve", LockedHouse.Password, token));

        Assert.Single(both, a => a.StatusCode == HttpStatusCode.SeeOther);
        Assert.Single(house.State.Accounts);
    }

    [Fact]
    public async Task Whoever_signs_in_comes_where_they_wanted_and_nowhere_else()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var browser = house.Browser();

        Assert.Equal("/sign-in?next=%2Falerts%3Fq%3Dfiring", (await browser.GetAsync("/alerts?q=firing")).Headers.Location!.ToString());
        Assert.Equal("/alerts?q=firing", (await browser.SignInAsync("ada", LockedHouse.Password, "/alerts?q=firing")).Headers.Location!.ToString());
        Assert.Equal("/", (await browser.SignInAsync("Ada@Example.com", LockedHouse.Password, "//evil.example/")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_wrong_name_and_a_wrong_password_look_alike_and_cost_alike()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var browser = house.Browser();
        var bench = house.Services.GetRequiredService<HashBench>();
        var before = bench.Done;

        var known = await browser.SignInAsync("ada", "not the password");
        Assert.Equal(before + 1, bench.Done);
        var unknown = await browser.SignInAsync("ade", "not the password");
        Assert.Equal(before + 2, bench.Done);

        Assert.Equal(HttpStatusCode.Unauthorized, known.StatusCode);
        Assert.Equal(known.StatusCode, unknown.StatusCode);
        Assert.Equal((await known.Content.ReadAsStringAsync()).Replace("\"ada\"", "\"ade\"", StringComparison.Ordinal), await unknown.Content.ReadAsStringAsync());
        Assert.DoesNotContain("not the password", await known.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_is_slowed_and_the_owner_is_let_in_after_the_wait()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var browser = house.Browser();
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignInAsync("ada", $"guess number {i}")).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SignInAsync("ada", LockedHouse.Password)).StatusCode);
        house.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignInAsync("ada", LockedHouse.Password)).StatusCode);
    }

    [Fact]
    public async Task The_cookie_is_for_no_script_and_no_other_site_and_opens_nothing_after_signing_out()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var browser = house.Browser();

        var entered = await browser.SignInAsync("ada", LockedHouse.Password);
        var cookie = entered.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("nines-session=", cookie, StringComparison.Ordinal);
        foreach (var flag in new[] { "httponly", "samesite=lax", "path=/", "max-age=" }) Assert.Contains(flag, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);

        var kept = browser.Cookie;
        Assert.Equal("/sign-in", (await browser.FormAsync("/sign-out")).Headers.Location!.ToString());
        using var thief = house.Browser(kept);
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync("/api/v1/alerts", page: false)).StatusCode);
    }

    [Fact]
    public async Task A_session_that_somebody_planted_before_sign_in_is_worth_nothing_after_it()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        const string Planted = "nines-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        using var victim = house.Browser(Planted);
        await victim.SignInAsync("ada", LockedHouse.Password);

        Assert.NotEqual(Planted, victim.Cookie);
        using var attacker = house.Browser(Planted);
        Assert.Equal(HttpStatusCode.Unauthorized, (await attacker.GetAsync("/api/v1/alerts", page: false)).StatusCode);
    }

    [Fact]
    public async Task Another_sites_form_signs_nobody_in_and_changes_nothing()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var browser = house.Browser();
        await browser.SignInAsync("ada", LockedHouse.Password);

        foreach (var path in new[] { "/sign-in", "/sign-out", "/access/tokens", "/access/password", "/access/sessions/close" })
        {
            using var forged = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([]) };
            forged.Headers.Add("Sec-Fetch-Site", "cross-site");
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendAsync(forged, page: true)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/access")).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_when_nobody_uses_it_and_goes_on_while_somebody_does()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var used = house.Browser();
        using var idle = house.Browser();
        await used.SignInAsync("ada", LockedHouse.Password);
        await idle.SignInAsync("ada", LockedHouse.Password);

        for (var day = 0; day < 4; day++)
        {
            house.Clock.Advance(TimeSpan.FromDays(2));
            Assert.Equal(HttpStatusCode.OK, (await used.GetAsync("/access")).StatusCode);
            await NotedAsync(house);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await idle.GetAsync("/access")).StatusCode);
        // After thirty days it ends, used or not.
        for (var day = 0; day < 6; day++)
        {
            house.Clock.Advance(TimeSpan.FromDays(4));
            await used.GetAsync("/access");
            await NotedAsync(house);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await used.GetAsync("/access")).StatusCode);
    }

    [Fact]
    public async Task A_restart_signs_nobody_out()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var browser = house.Browser();
        await browser.SignInAsync("ada", LockedHouse.Password);
        browser.Token = await browser.MakeTokenAsync("script", "read");
        await house.RestartAsync();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/access")).StatusCode);
        using var person = house.Browser(browser.Cookie);
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/access")).StatusCode);
    }

    [Fact]
    public async Task A_new_password_ends_every_other_session_and_the_old_hash_is_erased()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var here = house.Browser();
        using var elsewhere = house.Browser();
        await here.SignInAsync("ada", LockedHouse.Password);
        await elsewhere.SignInAsync("ada", LockedHouse.Password);
        var old = house.State.Accounts.Values.Single().Secret;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await here.FormAsync("/access/password", ("old", "not it, not it"), ("password", Other))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await here.FormAsync("/access/password", ("old", LockedHouse.Password), ("password", Other))).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/access")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await elsewhere.GetAsync("/access")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.SignInAsync("ada", LockedHouse.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await elsewhere.SignInAsync("ada", Other)).StatusCode);
        var keys = house.Services.GetRequiredService<IPersonKeys>();
        for (var i = 0; i < 1500 && keys.Find(old) is not null; i++) await Task.Delay(20);
        Assert.Null(keys.Find(old));
        Assert.NotNull(keys.Find(house.State.Accounts.Values.Single().Secret));
    }

    [Fact]
    public async Task Somebody_is_invited_chooses_a_password_and_is_erased_again()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var ada = house.Browser();
        await ada.SignInAsync("ada", LockedHouse.Password);
        var first = house.State.Accounts.Values.Single().Person;
        using var manifest = new HttpRequestMessage(HttpMethod.Post, "/api/v1/manifests")
        {
            Content = new StringContent("apiVersion: nines/v1\nkind: Person\nmetadata: { name: grace, displayName: Grace Hopper }\nspec: { contacts: { email: grace@example.com } }\n", Encoding.UTF8, "application/yaml"),
        };
        Assert.True((await ada.SendAsync(manifest, page: false)).IsSuccessStatusCode);

        var invited = await (await ada.JsonAsync(HttpMethod.Post, "/api/v1/access/accounts/grace/invitation", new { })).Content.ReadFromJsonAsync<JsonElement>();
        var link = new Uri(invited.GetProperty("link").GetString()!);
        var token = link.Query.Split('=')[1];
        using var grace = house.Browser();
        // A scanner that follows the link changes nothing.
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await grace.GetAsync(link.PathAndQuery)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await grace.FormAsync("/invitation", ("token", token), ("password", "short"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await grace.FormAsync("/invitation", ("token", token), ("password", Other))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await grace.GetAsync("/")).StatusCode);
        using var late = house.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await late.FormAsync("/invitation", ("token", token), ("password", Other))).StatusCode);

        var secret = house.State.Accounts.Values.Single(a => a.Person != first).Secret;
        Assert.True((await ada.JsonAsync(HttpMethod.Delete, "/api/v1/manifests/Person/grace")).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await grace.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await grace.SignInAsync("grace", Other)).StatusCode);
        var keys = house.Services.GetRequiredService<IPersonKeys>();
        for (var i = 0; i < 1500 && keys.Find(secret) is not null; i++) await Task.Delay(20);
        Assert.Null(keys.Find(secret));
    }

    [Fact]
    public async Task Nothing_that_opens_a_door_stands_in_the_journal()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var ada = house.Browser();
        await ada.SignInAsync("ada", LockedHouse.Password);
        var token = await ada.MakeTokenAsync("script", "*");
        var hash = Encoding.ASCII.GetString(house.Services.GetRequiredService<IPersonKeys>().Find(house.State.Accounts.Values.Single().Secret)!);

        var journal = new StringBuilder();
        await foreach (var entry in house.Services.GetRequiredService<IJournal>().ReadAsync(0, default)) journal.Append(Encoding.UTF8.GetString(entry.Data.Span));
        foreach (var secret in new[] { LockedHouse.Password, token, ada.Cookie!.Split('=')[1], hash.Split('$')[3], "ada@example.com", "Lovelace" })
            Assert.DoesNotContain(secret, journal.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("pbkdf2-sha256$600000$", hash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_page_hears_nothing_once_its_session_ended()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var browser = house.Browser();
        await browser.SignInAsync("ada", LockedHouse.Password);
        using var stranger = house.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/live?topic=overview", page: false)).StatusCode);

        using var live = await browser.GetAsync("/live?topic=overview", page: false);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        using var reader = new StreamReader(await live.Content.ReadAsStreamAsync());
        Assert.Equal("retry: 2000", await reader.ReadLineAsync());
        await browser.FormAsync("/sign-out");
        house.Clock.Advance(TimeSpan.FromSeconds(21));
        var rest = reader.ReadToEndAsync();
        Assert.Same(rest, await Task.WhenAny(rest, Task.Delay(TimeSpan.FromSeconds(20))));
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_whoever_runs_the_server()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        Assert.Null(house.SetupToken);
        await house.RestartAsync(recover: true);

        using var ada = house.Browser();
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.SetUpAsync("ada", Other)).StatusCode);
        Assert.Null(house.SetupToken);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.SignInAsync("ada", LockedHouse.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.SignInAsync("ada", Other)).StatusCode);
    }

    [Fact]
    public async Task The_last_account_cannot_be_closed()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var ada = house.Browser();
        await ada.SignInAsync("ada", LockedHouse.Password);

        Assert.Equal(HttpStatusCode.Conflict, (await ada.JsonAsync(HttpMethod.Delete, "/api/v1/access/accounts/ada")).StatusCode);
    }

    private static async Task NotedAsync(LockedHouse house)
    {
        for (var i = 0; i < 100 && house.State.Sessions.Values.All(s => s.Seen.ToDateTimeOffset() < house.Clock.GetUtcNow()); i++) await Task.Delay(10);
    }
}
