namespace Nines.Tests.Browser;

/// <summary>The pages of alerting and paging on a bad evening: what holds on every page, with much on it.</summary>
[Collection("loud")]
public sealed class LoudPagesTests(LoudFixture browser)
{
    public static TheoryData<string> Pages { get; } =
    [
        "/overview", "/alerts", "/alerts?q=nosuch:1", "/alerts/{alert:Payments answers one}", "/alerts/{alert:The night}", "/alerts/{alert:Catalog is}", "/alerts/routes",
        "/alerts/routes?labels=alertname%3DPaymentsDown%0Aservice%3Dpayments%0Aseverity%3Dpage", "/pages", "/pages/{page:payments}", "/pages/{page:checkout}", "/pages/{page:search}", "/pages/{page:catalog}", "/pages/{page:storefront}",
        "{link:payments}", "{link:checkout}", "/tickets", "/tickets/{ticket}", "/changes", "/heartbeats", "/integrations", "/integrations/backup", "/oncall", "/oncall/schedules/payments", "/oncall/schedules/payments?view=month",
        "/oncall/schedules/payments-second", "/oncall/schedules/coverage", "/oncall/schedules/payments/temporary", "/oncall/people/ada", "/oncall/coverage", "/oncall/coverage?service=storefront", "/oncall/policies",
        "/oncall-health", "/handoffs", "/handoffs/{handoff}", "/handoffs/coming/payments", "/people", "/people/ada/contacts", "/people/zed/contacts", "/services/payments", "/manifests", "/shadow",
        "/incidents", "/incidents?q=state:open", "/incidents/new", "/incidents/new?page={page:search}", "/incidents/INC-1", "/incidents/INC-2", "/incidents/INC-3", "/incidents/INC-2/updates",
        "/incidents/INC-2/updates?template=customer", "/updates", "/briefs/INC-2", "/briefs/{page:search}", "/knowledge", "/knowledge?q=card", "/incident-metrics", "/incident-metrics?by=service&days=28", "/statuspages", "/statuspages/shop", "/status/shop",
        "/status/shop/history", "/statuspages/shop/subscribers", "{subscriber:erin}", "{subscriber:carol}", "/status/shop/unsubscribe?who=x&sig=y", "/status/shop/confirm?who=x&sig=y", "/status/shop/nothing", "/runbooks", "/runbooks/checkout-errors", "/runbooks/search-slow", "/runs", "/runs/RUN-1", "/runs/RUN-2", "/runs/RUN-3",
        "/runs/RUN-4", "/remediation", "/security", "/security?q=nosuch:1", "/security/new", "/security/SEC-1", "/security/SEC-2", "/security/SEC-1/drafts/gdpr-33",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_InBothThemesAndWidths_HasNoAccessibilityViolationNoErrorNoSidewaysAndTargetsForAThumb(string address)
    {
        var wrong = await Look.AtAsync(browser, browser.Loud.Address, await browser.Loud.ResolveAsync(address), "loud" + address);
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }
}
