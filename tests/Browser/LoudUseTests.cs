using Microsoft.Playwright;

namespace Nines.Tests.Browser;

/// <summary>What people do with the pages of schedules and pages, without script.</summary>
[Collection("loud")]
public sealed class LoudUseTests(LoudFixture browser)
{
    [Fact]
    public async Task Temporary_SetByTheForm_StandsOnTheScheduleAndIsTakenBack()
    {
        var page = await OpenAsync("/oncall/schedules/coverage/temporary");
        await page.Locator("button", new() { HasText = "Set the temporary schedule" }).ClickAsync();
        Assert.Contains("Nobody is named.", await page.TextContentAsync("#f-person1-err-0"), StringComparison.Ordinal);
        await page.SelectOptionAsync("#f-person1", "bo");
        await page.SelectOptionAsync("#f-person2", "dana");
        await page.Locator("button", new() { HasText = "Set the temporary schedule" }).ClickAsync();
        await page.WaitForURLAsync("**/oncall/schedules/coverage?day=*");
        Assert.Contains("7\u00a0shifts: Bo Martin and Dana Reyes-Montgomery", await page.TextContentAsync("main"), StringComparison.Ordinal);
        await page.Locator("#open >> xpath=../.. >> button", new() { HasText = "Take it back" }).First.ClickAsync();
        await page.WaitForURLAsync("**/oncall/schedules/coverage");
        Assert.DoesNotContain("Temporary schedule,", await page.TextContentAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swap_AskedFromOnesOwnPage_IsTakenOnTheOthers()
    {
        var page = await OpenAsync("/oncall/people/eve?schedule=coverage");
        await page.Locator("a.btn", new() { HasText = "Ask for cover" }).Nth(2).ClickAsync();
        await page.Locator("#f-schedule").SelectOptionAsync("coverage");
        var back = await page.Locator("#f-back option", new() { HasText = "Follow the sun: Cem Okay" }).First.GetAttributeAsync("value");
        await page.Locator("#f-back").SelectOptionAsync(back!);
        await page.Locator("form button", new() { HasTextRegex = new("^Ask$") }).ClickAsync();
        await page.WaitForURLAsync("**/oncall/schedules/coverage#asked");
        Assert.Contains("Eve Vance asks Cem Okay", await page.TextContentAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_SaidToBeAFalseAlarm_SaysSo()
    {
        var page = await OpenAsync(await browser.Loud.ResolveAsync("/pages/{page:checkout}"));
        await page.Locator("button", new() { HasText = "No, a false alarm" }).ClickAsync();
        await page.WaitForURLAsync("**#worth");
        Assert.Contains("A false alarm", await page.Locator("#worth >> xpath=../..").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OldAddressOfASchedule_LeadsToItsPage()
    {
        var page = await OpenAsync("/oncall/payments?view=month");
        Assert.EndsWith("/oncall/schedules/payments?view=month", page.Url, StringComparison.Ordinal);
        await page.Locator(".cal a.cell").Last.ClickAsync();
        Assert.Contains("#override", page.Url, StringComparison.Ordinal);
        Assert.Contains("from=", page.Url, StringComparison.Ordinal);
    }

    private Task<IPage> OpenAsync(string address) => browser.OpenAtAsync(new Uri(browser.Loud.Address, address), 1440, "light", script: false, null);
}
