namespace Nines.Tests.Browser;

/// <summary>What people do with the pages.</summary>
[Collection("browser")]
public sealed class UseTests(BrowserFixture browser)
{
    [Fact]
    public async Task Palette_CtrlK_FindsAnObjectiveAndGoesThere()
    {
        var page = await browser.OpenAsync("/overview");
        await page.WaitForFunctionAsync("document.documentElement.classList.contains('js')");
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#pal-q").FillAsync("payments avail");
        await page.Locator("#pal-list [role=option]", new() { HasText = "payments availability" }).WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAsync("**/objectives/payments-availability");
    }

    [Fact]
    public async Task Filter_Typed_NarrowsTheTableAndStandsInTheAddress()
    {
        var page = await browser.OpenAsync("/overview");
        await page.Locator("#objectives-q").FillAsync("service:ledger");
        await page.ArrivesAsync("**/overview?q=service*");
        Assert.Equal(1, await page.Locator("#objectives tbody tr:not(.grp)").CountAsync());
    }

    [Fact]
    public async Task Filter_WithoutScript_WorksByTheButton()
    {
        var page = await browser.OpenAsync("/overview", script: false);
        await page.Locator("#objectives-q").FillAsync("service:ledger");
        await page.Locator("form.filter button").ClickAsync();
        Assert.Equal(1, await page.Locator("#objectives tbody tr:not(.grp)").CountAsync());
    }

    [Fact]
    public async Task Chart_Hover_ReadsTheValueInTheReadersZoneAndInUtc()
    {
        var page = await browser.OpenAsync("/objectives/payments-availability");
        await page.WaitForFunctionAsync("document.documentElement.classList.contains('js')");
        var chart = page.Locator("svg.c[data-zoom]").First;
        await chart.HoverAsync(new() { Position = new() { X = 300, Y = 120 } });
        var words = await page.Locator(".hover text").AllTextContentsAsync();
        Assert.Matches("CES?T$", words[0]);
        Assert.EndsWith(" UTC", words[1], StringComparison.Ordinal);
        Assert.Matches("^budget left [0-9.]+\u00a0%$", words[2]);
    }

    [Theory]
    [InlineData("/objectives/checkout-latency", "1 h")]
    [InlineData("/objectives/payments-availability", "30 d")]
    [InlineData("/objectives/checkout-latency?range=7d", "7 d")]
    [InlineData("/objectives/checkout-latency?range=30d", "30 d")]
    public async Task Objective_WithoutARange_ShowsTheTimeThatHoldsItsData(string address, string range)
    {
        var page = await browser.OpenAsync(address, script: false);
        Assert.Equal(range, (await page.Locator("nav.seg a[aria-current]").TextContentAsync())!.Replace('\u00a0', ' '));
    }

    [Fact]
    public async Task Chart_HoverOnAPhone_StaysInsideTheWindow()
    {
        var page = await browser.OpenAsync("/objectives/payments-availability", 360);
        await page.WaitForFunctionAsync("document.documentElement.classList.contains('js')");
        var chart = page.Locator("svg.c[data-zoom]").First;
        foreach (var x in (float[])[10, 170, 190, 320])
        {
            await chart.HoverAsync(new() { Position = new() { X = x, Y = 120 } });
            var tip = (await page.Locator(".hover .tip").BoundingBoxAsync())!;
            Assert.InRange(tip.X, 0, 360 - tip.Width);
        }
    }

    [Fact]
    public async Task Table_OnAPhone_IsOrderedByAChoice()
    {
        var page = await browser.OpenAsync("/overview", 360, script: false);
        await page.Locator("#objectives-sort").SelectOptionAsync("objective");
        await page.Locator("form.filter button").ClickAsync();
        await page.ArrivesAsync("**/overview?*sort=objective");
        Assert.StartsWith("catalog", (await page.Locator("#objectives tbody th").First.TextContentAsync())!.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Palette_NothingTyped_OffersThePagesInTheOrderOfTheLoop()
    {
        var page = await browser.OpenAsync("/overview");
        await page.WaitForFunctionAsync("document.documentElement.classList.contains('js')");
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#pal-list [role=option]").First.WaitForAsync();
        Assert.Equal(["Overview", "Signals", "Manifests", "Changes", "Alerts"], (await page.Locator("#pal-list [role=option] > span").AllTextContentsAsync()).Take(5));
    }

    [Fact]
    public async Task Chart_Drag_PutsTheZoomIntoTheAddress()
    {
        var page = await browser.OpenAsync("/objectives/payments-availability");
        await page.WaitForFunctionAsync("document.documentElement.classList.contains('js')");
        // Asked at once: news may put a new drawing into the place of the one just found.
        var at = await page.EvaluateAsync<float[]>("(box => [box.x, box.y])(document.querySelector('svg.c[data-zoom]').getBoundingClientRect())");
        await page.Mouse.MoveAsync(at[0] + 200, at[1] + 100);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(at[0] + 400, at[1] + 100, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await page.ArrivesAsync("**/objectives/payments-availability?from=*&to=*");
        await page.Locator("nav.seg a", new() { HasText = "Whole window" }).WaitForAsync();
    }

    [Fact]
    public async Task Editor_Typing_SaysAtOnceWhatIsWrong()
    {
        var page = await browser.OpenAsync("/manifests/new?kind=Service");
        await page.Locator("#source").FillAsync("apiVersion: nines/v1\nkind: Service\nmetadata: { name: checkout }\nspec: { teir: critical }\n");
        await page.Locator("#verdict", new() { HasText = "teir" }).WaitForAsync();
    }

    [Fact]
    public async Task Editor_WithoutScript_AppliesAndKeepsWhatWasTypedWhenItIsWrong()
    {
        var page = await browser.OpenAsync("/manifests/new?kind=Team", script: false);
        await page.Locator("#source").FillAsync("apiVersion: nines/v1\nkind: Teem\nmetadata: { name: night }\n");
        await page.Locator("button", new() { HasText = "Apply" }).ClickAsync();
        Assert.Contains("kind: Teem", await page.Locator("#source").InputValueAsync(), StringComparison.Ordinal);
        Assert.Contains("There is no kind", await page.Locator("#verdict").TextContentAsync(), StringComparison.Ordinal);

        await page.Locator("#source").FillAsync("apiVersion: nines/v1\nkind: Team\nmetadata: { name: night, displayName: Night }\n");
        await page.Locator("button", new() { HasText = "Apply" }).ClickAsync();
        await page.ArrivesAsync("**/manifests/Team/night*");
        Assert.Contains("Applied", await page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signals_TwoClicks_MakeAnObjective()
    {
        var page = await browser.OpenAsync("/signals", script: false);
        await page.Locator("tr", new() { HasText = "http_requests_total" }).Locator("a", new() { HasText = "Make an objective" }).ClickAsync();
        await page.Locator("button", new() { HasText = "Make the objective" }).ClickAsync();
        await page.ArrivesAsync("**/objectives/cart-availability");
        Assert.Contains("Cart availability", await page.Locator("h1").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signals_WrongTarget_SaysSoBesideTheFieldAndKeepsTheRest()
    {
        var page = await browser.OpenAsync("/signals/http_requests_total", script: false);
        await page.Locator("#f-target").FillAsync("100");
        await page.Locator("#f-name").FillAsync("cart-all");
        await page.Locator("button", new() { HasText = "Make the objective" }).ClickAsync();
        Assert.Contains("is no target", await page.Locator("#f-target-err-0").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal("cart-all", await page.Locator("#f-name").InputValueAsync());
    }

    [Fact]
    public async Task Silence_WithoutOwner_IsRefusedBesideTheFieldAndThenAccepted()
    {
        var page = await browser.OpenAsync("/alerts", script: false);
        await page.Locator("tbody a", new() { HasText = "catalog" }).First.ClickAsync();
        await page.Locator("form button", new() { HasText = "Silence it" }).ClickAsync();
        Assert.Contains("A silence needs an owner.", await page.Locator("#f-owner-err-0").TextContentAsync(), StringComparison.Ordinal);
        await page.Locator("#f-owner").FillAsync("ada");
        await page.Locator("form button", new() { HasText = "Silence it" }).ClickAsync();
        await page.Locator("h1", new() { HasText = "It is silenced" }).WaitForAsync();
        await page.GotoAsync(new Uri(browser.Filled.Address, "/alerts").ToString());
        await page.Locator("button", new() { HasText = "End it" }).ClickAsync();
        await page.ArrivesAsync("**/alerts");
    }

    [Fact]
    public async Task Live_NewBurn_ChangesTheAnswerWithoutAReload()
    {
        var page = await browser.OpenAsync("/overview");
        await page.EvaluateAsync("window.stillHere = true");
        browser.Filled.BreakCheckout();
        await page.Locator("h1", new() { HasTextRegex = new("[Cc]heckout (is burning|has no budget left)") }).WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.stillHere === true"));
    }

    [Fact]
    public async Task Post_FromAnotherSite_IsRefused()
    {
        var page = await browser.OpenAsync("/overview");
        var answer = await page.APIRequest.PostAsync(new Uri(browser.Filled.Address, "/manifests").ToString(), new() { Headers = [new("Origin", "https://elsewhere.example"), new("Sec-Fetch-Site", "cross-site")], DataString = "source=x" });
        Assert.Equal(403, answer.Status);
    }
}
