using Microsoft.Playwright;

namespace Nines.Tests.Browser;

/// <summary>A customer on a telephone subscribes to one component: what is folded away holds as well as what is seen at once.</summary>
[Collection("loud")]
public sealed class LoudSubscribersTests(LoudFixture browser)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task TheForm_Unfolded_IsForAThumb_KeepsWhatWasTicked_AndSubscribes(int width)
    {
        var wrong = new List<string>();
        var page = (await browser.WindowAsync(width, browser.Loud.Address)).Page;
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.GotoAsync(new Uri(browser.Loud.Address, "/status/shop").ToString());
        foreach (var summary in await page.Locator("#subscribe summary").AllAsync())
            if (await summary.IsVisibleAsync()) await summary.ClickAsync();
        await page.Locator("#subscribe details details summary").ClickAsync();
        await AskAsync("unfolded");
        await page.Locator("#subscribe #f-email").FillAsync("grace@localhost");
        await page.Locator("#m-payments").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe", Exact = true }).ClickAsync();
        await page.GetByText("This is no mail address.").WaitForAsync();
        Assert.True(await page.Locator("#m-payments").IsCheckedAsync());
        await AskAsync("refused");
        await page.Locator("#subscribe #f-email").FillAsync($"grace{width}@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe", Exact = true }).ClickAsync();
        await page.GetByText("Look into your mailbox.").WaitForAsync();
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));

        async Task AskAsync(string name)
        {
            await Look.AskAllAsync(page, $"{name} {width}", wrong);
            if (width < 500) wrong.AddRange((await page.EvaluateAsync<string[]>(Look.Small)).Select(s => $"{name}: lower than 44 px: {s}"));
            await Look.ShootAsync(page, "subscribe-" + name, width, "light");
        }
    }

    [Fact]
    public async Task TheLinkOfAMail_ChangesTheChoice_WithoutScriptOfOurs()
    {
        var page = (await browser.WindowAsync(360, browser.Loud.Address)).Page;
        await page.GotoAsync(new Uri(browser.Loud.Address, await browser.Loud.ResolveAsync("{subscriber:dave}")).ToString());
        await page.GetByText("You hear of everything.").WaitForAsync();
        await page.GetByLabel("Search", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the choice" }).ClickAsync();
        await page.GetByText("From now on you hear of Search.").WaitForAsync();
        Assert.True(await page.GetByLabel("Search", new() { Exact = true }).IsCheckedAsync());
    }
}
