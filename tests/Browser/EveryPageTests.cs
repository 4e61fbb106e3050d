namespace Nines.Tests.Browser;

/// <summary>What holds on every page, in both themes, on a desk and on a phone, with data and without.</summary>
[Collection("browser")]
public sealed class EveryPageTests(BrowserFixture browser)
{
    public static TheoryData<string, bool> Pages { get; } = new()
    {
        { "/overview", true }, { "/overview", false }, { "/overview?q=nosuch:1", true }, { "/services/payments", true },
        { "/objectives/payments-availability", true }, { "/objectives/search-quality", true }, { "/objectives/ledger-reconciliation", true },
        { "/objectives/payments-availability?range=24h", true }, { "/objectives/checkout-latency", true }, { "/alerts", true }, { "/alerts", false }, { "/alerts/routes", false },
        { "/pages", false }, { "/tickets", false }, { "/oncall", false }, { "/oncall/coverage", false }, { "/oncall/policies", false }, { "/oncall-health", false }, { "/handoffs", false },
        { "/signals", true }, { "/signals", false }, { "/signals/http_requests_total", true }, { "/manifests", true }, { "/manifests", false },
        { "/manifests/new", true }, { "/manifests/Service/payments", true }, { "/find?q=pay", true }, { "/nothing/here", true },
        { "/integrations", false }, { "/heartbeats", false }, { "/changes", false }, { "/people", false }, { "/incidents", false }, { "/incidents/new", false }, { "/updates", false }, { "/knowledge", false }, { "/incident-metrics", false },
        { "/statuspages", false }, { "/runbooks", false }, { "/runs", false }, { "/remediation", false }, { "/security", false }, { "/security/new", false }, { "/postmortems", true }, { "/postmortems", false }, { "/postmortems?q=nosuch:1", true },
        { "/postmortems/PM-1", true }, { "/postmortems/PM-2", true }, { "/postmortems/PM-1/edit", true }, { "/postmortems/PM-2/edit", true }, { "/postmortems/PM-1/replay", true }, { "/postmortems/PM-1/agenda", true },
        { "/actions", true }, { "/actions", false }, { "/actions/AI-1", true }, { "/actions/AI-4", true }, { "/actions/new?incident=INC-1", true }, { "/drills", true }, { "/drills", false }, { "/drills/payments-slow", true }, { "/drills/runs/DR-1", true }, { "/drills/runs/DR-2", true }, { "/training", true }, { "/incidents/INC-1", true },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_InBothThemesAndWidths_HasNoAccessibilityViolationNoErrorNoSidewaysAndTargetsForAThumb(string address, bool filled)
    {
        var wrong = await Look.AtAsync(browser, (filled ? browser.Filled : browser.Bare).Address, address, address + (filled ? "" : "-bare"));
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public async Task Look_AtWhatIsWrong_SaysIt()
    {
        var page = await browser.OpenAsync("/overview");
        await page.EvaluateAsync("""
            document.querySelector('main').insertAdjacentHTML('afterbegin', '<input><p>Nobody can read this.</p><blockquote>Too wide</blockquote>');
            Object.assign(document.querySelector('main > p').style, { color: '#999', background: '#aaa' });
            document.querySelector('main > blockquote').style.width = '3000px';
            """);
        var wrong = new List<string>();
        await Look.AskAllAsync(page, "here", wrong);
        Assert.Collection(wrong, w => Assert.StartsWith("here: color-contrast: ", w, StringComparison.Ordinal), w => Assert.StartsWith("here: label: Form elements must have labels at <input>", w, StringComparison.Ordinal),
            w => Assert.Contains("px wider than the window, by BLOCKQUOTE.", w, StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Styles_BothThemes_DifferInColoursOnly()
    {
        var page = await browser.OpenAsync("/overview");
        var rules = await page.EvaluateAsync<string[]>("[...document.styleSheets].flatMap(s => [...s.cssRules]).filter(r => r.media && r.media.mediaText.includes('prefers-color-scheme')).map(r => r.media.mediaText)");
        Assert.Empty(rules);
        await page.Context.CloseAsync();
    }
}
