using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Nines.Catalog.Access;
using Nines.Host;
using Nines.Storage;

namespace Nines.Tests.Browser;

/// <summary>The pages before somebody is known, and the page of access: with script and without, in both themes and widths.</summary>
[Collection("loud")]
public sealed class AccessPagesTests(LoudFixture browser) : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private NinesHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = NinesHost.Build(new() { Listen = new("http://127.0.0.1:0"), Open = false, Log = false }, TimeProvider.System, Store.InMemory());
        await _host.StartAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SetUpThenSignInThenAToken_WithAndWithoutScript_LeadsFromNothingToAToken(bool script)
    {
        var page = await OpenAsync("/", script: script);
        Assert.EndsWith("/setup", page.Url, StringComparison.Ordinal);

        await page.GotoAsync(At("/setup?token=" + _host.Services.GetRequiredService<SetupToken>().Now));
        await page.FillAsync("[name=name]", "ada");
        await page.FillAsync("[name=displayName]", "Ada Lovelace");
        await page.FillAsync("[name=password]", "short");
        await page.ClickAsync("button");
        Assert.Contains("at least 12 characters", await page.TextContentAsync("#f-password-err-0"), StringComparison.Ordinal);
        Assert.Equal("Ada Lovelace", await page.InputValueAsync("[name=displayName]"));
        await page.FillAsync("[name=password]", Password);
        await page.ClickAsync("button");
        await page.ArrivesAsync(At("/"));

        await page.GotoAsync(At("/access"));
        await page.FillAsync("[name=name]", "prometheus");
        await page.FillAsync("[name=scopes]", "signals:send");
        await page.ClickAsync("text=Make it");
        Assert.StartsWith("nines_", await page.TextContentAsync(".secret"), StringComparison.Ordinal);

        await page.ClickAsync("#me >> xpath=../.. >> text=Sign out >> nth=0");
        await page.ArrivesAsync(At("/sign-in"));
        await page.GotoAsync(At("/alerts"));
        Assert.EndsWith("/sign-in?next=%2Falerts", page.Url, StringComparison.Ordinal);
        await page.FillAsync("[name=name]", "ada");
        await page.FillAsync("[name=password]", "something else");
        await page.ClickAsync("button");
        Assert.Contains("do not belong together", await page.TextContentAsync("[role=alert]"), StringComparison.Ordinal);
        await page.FillAsync("[name=password]", Password);
        await page.ClickAsync("button");
        await page.ArrivesAsync(At("/alerts"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Pages_InBothThemesAndWidths_HaveNoAccessibilityViolationNoErrorAndNoSideways()
    {
        var wrong = new List<string>();
        var token = _host.Services.GetRequiredService<SetupToken>().Now;
        foreach (var address in new[] { "/setup", "/setup?token=" + token }) await LookAsync(address, address.Length > 6 ? "setup-form" : "setup", wrong, null);

        var page = await OpenAsync("/setup?token=" + token);
        await page.FillAsync("[name=name]", "ada");
        await page.FillAsync("[name=displayName]", "Ada Lovelace");
        await page.FillAsync("[name=email]", "ada@example.com");
        await page.FillAsync("[name=password]", Password);
        await page.ClickAsync("button");
        await page.ArrivesAsync(At("/"));
        var link = await (await page.Context.APIRequest.PostAsync(At("/api/v1/access/accounts/ada/invitation"), new() { DataObject = new { } })).JsonAsync();
        foreach (var (name, scopes) in new[] { ("prometheus", "signals:send,house:read"), ("everything", "*") })
            await page.Context.APIRequest.PostAsync(At("/api/v1/access/tokens"), new() { DataObject = new { name, scopes } });
        var cookies = (await page.Context.CookiesAsync()).Where(c => c.Name == "nines-session").Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = _host.Address.ToString() }).ToArray();
        await page.Context.CloseAsync();

        await LookAsync("/sign-in", "sign-in", wrong, null);
        await LookAsync(new Uri(link!.Value.GetProperty("link").GetString()!).PathAndQuery, "invitation", wrong, null);
        await LookAsync("/invitation?token=old", "invitation-old", wrong, null);
        await LookAsync("/access", "access", wrong, cookies);
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private async Task LookAsync(string address, string name, List<string> wrong, Cookie[]? cookies) => wrong.AddRange(await Look.AtAsync(browser, _host.Address, address, name, cookies));

    private string At(string path) => new Uri(_host.Address, path).ToString();

    private Task<IPage> OpenAsync(string address, int width = 1440, string theme = "light", bool script = true, List<string>? said = null, Cookie[]? cookies = null) =>
        browser.OpenAtAsync(new Uri(_host.Address, address), width, theme, script, said, cookies);
}
