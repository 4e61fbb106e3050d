using System.Net;
using Nines.Host.Demo;
using Xunit;

namespace Nines.Tests.Unit.Host.Demo;

/// <summary>The shop is real: sockets, calls between services, failures that climb.</summary>
public sealed class DemoShopTests : IAsyncLifetime
{
    private readonly DemoShop _shop = new(new Dictionary<string, int>(), TimeProvider.System);
    private readonly HttpClient _http = LoopbackHttp.Open(TimeSpan.FromSeconds(30));

    public Task InitializeAsync() => _shop.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task Buy_AllWell_ReachesEveryService()
    {
        using var answer = await _http.GetAsync(new Uri(_shop["storefront"].Address, "/buy"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.All(_shop.Services, s => Assert.True(s.Metrics.Sums() is { Good: >= 1, Failed: 0 }, s.Name));
        var page = await _http.GetStringAsync(new Uri(_shop["payments"].Address, "/metrics"));
        Assert.Contains("http_requests_total{route=\"/charge\",code=\"200\"} 1\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buy_OutageOfPayments_ClimbsToCheckoutAndStorefrontOnly()
    {
        _shop["payments"].Fault.Fault = Fault.Outage;

        using var buying = await _http.GetAsync(new Uri(_shop["storefront"].Address, "/buy"));
        using var browsing = await _http.GetAsync(new Uri(_shop["storefront"].Address, "/browse"));

        Assert.Equal(HttpStatusCode.BadGateway, buying.StatusCode);
        Assert.Equal(HttpStatusCode.OK, browsing.StatusCode);
        Assert.Equal(new RequestSums(0, 1), _shop["payments"].Metrics.Sums());
        Assert.Equal(new RequestSums(0, 1), _shop["checkout"].Metrics.Sums());
        Assert.Equal(new RequestSums(1, 2), _shop["storefront"].Metrics.Sums());
    }

    [Fact]
    public async Task Charge_Errors_FailEverySecondRequest()
    {
        _shop["payments"].Fault.Fault = Fault.Errors;

        for (var i = 0; i < 10; i++) using (await _http.GetAsync(new Uri(_shop["payments"].Address, "/charge"))) { }

        Assert.Equal(new RequestSums(5, 10), _shop["payments"].Metrics.Sums());
    }

    [Fact]
    public async Task Load_Running_AccountsForEveryCustomer()
    {
        var load = new OpenLoopLoad(_shop["storefront"].Address, perSecond: 200, seed: 7, TimeProvider.System);
        load.Start();
        while (load.Figures.Offered < 20) await Task.Delay(10);
        await load.DisposeAsync();

        var figures = load.Figures;
        Assert.Equal(figures.Offered, figures.Answered + figures.Failed + figures.Waiting + figures.Shed);
        Assert.Equal((0, 0, 0), (figures.Failed, figures.Waiting, figures.Shed));
        Assert.Equal(figures.Offered, _shop["storefront"].Metrics.Sums().Total);
    }
}
