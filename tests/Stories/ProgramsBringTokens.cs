using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Tests.Stories;

/// <summary>Tokens of programs, and what a proxy may say.</summary>
public class ProgramsBringTokens
{
    [Fact]
    public async Task Tokens_do_what_their_scopes_say_until_they_expire_or_are_revoked()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var ada = house.Browser();
        await ada.SignInAsync("ada", LockedHouse.Password);
        using var program = house.Browser();
        program.Token = await ada.MakeTokenAsync("prometheus", "signals:send", "1d");

        var sent = new { name = "checkout", good = 1, total = 1 };
        Assert.True((await program.JsonAsync(HttpMethod.Post, "/api/v1/events", sent)).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.GetAsync("/api/v1/alerts", page: false)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.JsonAsync(HttpMethod.Post, "/api/v1/access/tokens", new { name = "more", scopes = "*" })).StatusCode);

        house.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.JsonAsync(HttpMethod.Post, "/api/v1/events", sent)).StatusCode);

        program.Token = await ada.MakeTokenAsync("second", "signals:send");
        Assert.True((await program.JsonAsync(HttpMethod.Post, "/api/v1/events", sent)).IsSuccessStatusCode);
        Assert.True((await ada.JsonAsync(HttpMethod.Delete, "/api/v1/access/tokens/second")).IsSuccessStatusCode);
        var refused = await program.JsonAsync(HttpMethod.Post, "/api/v1/events", sent);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("Bearer realm=\"Nines\", error=\"invalid_token\"", refused.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_token_hands_out_no_more_than_it_has_and_makes_no_accounts()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var ada = house.Browser();
        await ada.SignInAsync("ada", LockedHouse.Password);
        using var program = house.Browser();
        program.Token = await ada.MakeTokenAsync("keeper", "access:*,alerts:read");

        await program.MakeTokenAsync("child", "alerts:read");
        Assert.Equal(HttpStatusCode.Forbidden, (await program.JsonAsync(HttpMethod.Post, "/api/v1/access/tokens", new { name = "bad", scopes = "alerts:read,alerts:write" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.JsonAsync(HttpMethod.Post, "/api/v1/access/accounts/ada/invitation", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.JsonAsync(HttpMethod.Delete, "/api/v1/access/accounts/ada")).StatusCode);
    }

    [Fact]
    public async Task A_token_is_also_taken_as_the_password_of_basic_credentials()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var ada = house.Browser();
        await ada.SignInAsync("ada", LockedHouse.Password);
        var token = await ada.MakeTokenAsync("old-client", "read");
        using var program = house.Browser();

        foreach (var (credentials, status) in new[] { ("anything:" + token, HttpStatusCode.OK), ("ada:" + LockedHouse.Password, HttpStatusCode.Unauthorized), (token, HttpStatusCode.Unauthorized) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/alerts");
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
            Assert.Equal(status, (await program.SendAsync(request, page: false)).StatusCode);
        }
    }

    [Fact]
    public async Task A_proxys_word_counts_only_where_it_is_trusted()
    {
        await using var house = await LockedHouse.WithAdaAsync(("shell:trustedProxies", "127.0.0.1"));
        using var browser = house.Browser();

        using var plain = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        plain.Headers.Add("X-Forwarded-For", "203.0.113.9");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendAsync(plain, page: false)).StatusCode);

        using var safe = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "ada", ["password"] = LockedHouse.Password }) };
        safe.Headers.Add("X-Forwarded-For", "203.0.113.9");
        safe.Headers.Add("X-Forwarded-Proto", "https");
        var entered = await browser.SendAsync(safe, page: true);
        var cookie = entered.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-nines-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("max-age=31536000", entered.Headers.GetValues("Strict-Transport-Security").Single());

        await using var doubting = await LockedHouse.WithAdaAsync();
        using var other = doubting.Browser();
        using var lie = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        lie.Headers.Add("X-Forwarded-Proto", "https");
        Assert.False((await other.SendAsync(lie, page: true)).Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_door_that_reads_its_token_from_the_body_can_ask_whose_it_is()
    {
        await using var house = await LockedHouse.WithAdaAsync();
        using var ada = house.Browser();
        await ada.SignInAsync("ada", LockedHouse.Password);
        var token = await ada.MakeTokenAsync("pager", "alerts:send");
        var callers = house.Services.GetRequiredService<ICallers>();

        Assert.Equal("pager", callers.ByToken(token)!.Name);
        Assert.True(callers.ByToken(token)!.Scopes.Allow(Permission.Send("alerts")));
        Assert.Null(callers.ByToken("R0123456789ABCDEF0123456789ABCDE"));
        Assert.Null(callers.ByToken(null));
    }
}
