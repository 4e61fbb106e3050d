namespace Nines.Tests.Browser;

/// <summary>A page on a bad network: a first visit fetches little, and nothing jumps while it comes.</summary>
[Collection("browser")]
public sealed class WeightTests(BrowserFixture browser)
{
    private const int MostBytes = 100 * 1024;

    private const string Fetched =
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, one) => sum + one.encodedBodySize, 0)";

    private const string Shifted =
        "new Promise(done => { let sum = 0; const watch = new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; }); watch.observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 500); })";

    [Theory]
    [InlineData("/overview", 1440)]
    [InlineData("/overview", 360)]
    [InlineData("/services/payments", 1440)]
    [InlineData("/services/payments", 360)]
    [InlineData("/objectives/payments-availability", 1440)]
    [InlineData("/objectives/payments-availability", 360)]
    [InlineData("/alerts", 360)]
    [InlineData("/signals", 360)]
    [InlineData("/manifests", 360)]
    public async Task Page_FirstVisit_FetchesLittleAndNothingJumps(string address, int width)
    {
        var page = await browser.OpenAsync(address, width);
        await page.LoadsAsync();
        var shifted = await page.EvaluateAsync<double>(Shifted);
        var bytes = await page.EvaluateAsync<int>(Fetched);
        await page.Context.CloseAsync();

        Assert.InRange(bytes, 5_000, MostBytes);
        Assert.InRange(shifted, 0, 0.01);
    }
}
