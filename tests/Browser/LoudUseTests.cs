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
        await page.ArrivesAsync("**/oncall/schedules/coverage?day=*");
        Assert.Contains("7\u00a0shifts: Bo Martin and Dana Reyes-Montgomery", await page.TextContentAsync("main"), StringComparison.Ordinal);
        await page.Locator("#open >> xpath=../.. >> button", new() { HasText = "Take it back" }).First.ClickAsync();
        await page.ArrivesAsync("**/oncall/schedules/coverage");
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
        await page.ArrivesAsync("**/oncall/schedules/coverage#asked");
        Assert.Contains("Eve Vance asks Cem Okay", await page.TextContentAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_SaidToBeAFalseAlarm_SaysSo()
    {
        var page = await OpenAsync(await browser.Loud.ResolveAsync("/pages/{page:checkout}"));
        await page.Locator("button", new() { HasText = "No, a false alarm" }).ClickAsync();
        await page.ArrivesAsync("**#worth");
        Assert.Contains("A false alarm", await page.Locator("#worth >> xpath=../..").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Incident_DeclaredFromAPage_IsCommandedAndResolved()
    {
        var page = await OpenAsync(await browser.Loud.ResolveAsync("/pages/{page:payments}"));
        await page.Locator("a.btn", new() { HasText = "Declare an incident" }).ClickAsync();
        await page.SelectOptionAsync("#f-function", "core");
        await page.SelectOptionAsync("#f-users", "all");
        await page.Locator("button", new() { HasText = "Declare it" }).ClickAsync();
        await page.ArrivesAsync("**/incidents/01*");
        Assert.Contains("SEV1", await page.TextContentAsync("#incident-now"), StringComparison.Ordinal);
        Assert.Contains("nobody commands yet", await page.TextContentAsync("h1"), StringComparison.Ordinal);
        Assert.Contains("Flag of payments: new-cart on for 10", await page.TextContentAsync("#suspects >> xpath=../.."), StringComparison.Ordinal);
        await page.SelectOptionAsync("#f-person", "ada");
        await page.Locator("button", new() { HasText = "Take it, or give it" }).ClickAsync();
        Assert.Contains("ada commands", await page.TextContentAsync("h1"), StringComparison.Ordinal);
        await page.FillAsync("#say", "The pool of connections is empty.");
        await page.Locator("button", new() { HasText = "As a decision" }).ClickAsync();
        Assert.Contains("The pool of connections is empty.", await page.TextContentAsync("#incident-timeline"), StringComparison.Ordinal);
        await page.CheckAsync("#c-channel");
        await page.Locator("#checklist >> xpath=../.. >> button").ClickAsync();
        Assert.True(await page.IsCheckedAsync("#c-channel"));
        await page.FillAsync("#f-override", "no indicator counts payments");
        await page.Locator("button", new() { HasText = "It is over" }).ClickAsync();
        Assert.Contains("Nobody said what it was.", await page.TextContentAsync("#f-cause-err-0"), StringComparison.Ordinal);
        Assert.Equal("no indicator counts payments", await page.InputValueAsync("#f-override"));
        await page.FillAsync("#f-cause", "A pool that was too small.");
        await page.Locator("button", new() { HasText = "It is over" }).ClickAsync();
        Assert.StartsWith("It is over", await page.TextContentAsync("h1"), StringComparison.Ordinal);
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
