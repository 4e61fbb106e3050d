using System.Net;
using System.Security.Cryptography;
using System.Text;
using Nines.Host.Demo;
using Xunit;

namespace Nines.Tests.Unit.Host.Demo;

/// <summary>The demo's page: its buttons, and the webhook that keeps what it got.</summary>
public sealed class ControlSiteTests : IAsyncLifetime
{
    private static readonly byte[] Secret = "kept apart"u8.ToArray();

    private readonly string _folder = Directory.CreateTempSubdirectory("nines-test-").FullName;
    private readonly DemoShop _shop = new(new Dictionary<string, int>(), TimeProvider.System);
    private readonly PageReceiver _receiver;
    private readonly ControlSite _site;
    private readonly HttpClient _http = LoopbackHttp.Open(TimeSpan.FromSeconds(30));

    public ControlSiteTests()
    {
        _receiver = new(PagesFile, Secret, TimeProvider.System);
        _site = new(0, _shop, _receiver, () => new(null, [], new(1, 1, 0, 0, 0), null, [.. _receiver.Pages]), (_, _) => { });
    }

    private string PagesFile => Path.Combine(_folder, "pages.jsonl");

    public Task InitializeAsync() => _site.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _site.DisposeAsync();
        await _shop.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Fault_ButtonOnItsOwnPage_BreaksTheService()
    {
        using var answer = await PressAsync("payments", "outage", "same-origin");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(Fault.Outage, _shop["payments"].Fault.Fault);
    }

    [Fact]
    public async Task Fault_ButtonOnAnotherSite_IsRefused()
    {
        using var answer = await PressAsync("payments", "outage", "cross-site");

        Assert.Equal("Only the demo's own page may break the shop.\n", await answer.Content.ReadAsStringAsync());
        Assert.Equal(Fault.None, _shop["payments"].Fault.Fault);
    }

    [Theory]
    [InlineData("payments", "7")]
    [InlineData("payments", "flood")]
    [InlineData("warehouse", "errors")]
    public async Task Fault_UnknownNames_SayWhatToWrite(string service, string fault)
    {
        using var answer = await PressAsync(service, fault, "");

        Assert.Equal("Write service=storefront|products|checkout|inventory|payments and fault=none|errors|latency|outage.\n", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Webhook_SignedPage_IsKeptAndShownAfterARestart()
    {
        using var answer = await _http.SendAsync(Signed("{\"text\":\"payments burns\",\"severity\":\"page\",\"open\":true}"));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);

        var again = new PageReceiver(PagesFile, Secret, TimeProvider.System);
        await again.LoadAsync(CancellationToken.None);

        var page = Assert.Single(again.Pages);
        Assert.Equal(("valid", "payments burns", true), (page.Signature, page.Said, page.Wakes));
        Assert.Equal(page.At, again.FirstSince(page.At));
        Assert.Contains("payments burns", await _http.GetStringAsync(_site.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_SameDeliveryTwice_IsOnePage()
    {
        using var first = await _http.SendAsync(Signed("{\"text\":\"payments burns\"}"));
        using var again = await _http.SendAsync(Signed("{\"text\":\"payments burns\"}"));

        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        _ = Assert.Single(_receiver.Pages);
    }

    [Theory]
    [InlineData("", "missing")]
    [InlineData("t=1000,v1=AA", "wrong")]
    [InlineData("t=1,v1=AA", "old")]
    public void Verdict_BadHeader_SaysWhatIsWrong(string header, string verdict) =>
        Assert.Equal(verdict, WebhookSignature.Verdict(header, "{}"u8, Secret, 1100));

    [Fact]
    public async Task Webhook_ForgedPage_IsShownAsForged()
    {
        var request = Signed("{\"text\":\"nothing burns\"}");
        request.Content = new StringContent("{\"text\":\"<b>everything burns</b>\",\"severity\":\"page\",\"open\":true}");
        using var answer = await _http.SendAsync(request);

        Assert.Equal("wrong", Assert.Single(_receiver.Pages).Signature);
        Assert.Null(_receiver.FirstSince(NodaTime.Instant.MinValue));
        Assert.Contains("&lt;b&gt;everything burns", await _http.GetStringAsync(_site.Address), StringComparison.Ordinal);
    }

    private HttpRequestMessage Signed(string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_site.Address, "/webhook")) { Content = new StringContent(body) };
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var digest = Convert.ToHexStringLower(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes($"{time}.{body}")));
        request.Headers.TryAddWithoutValidation("Nines-Signature", $"t={time},v1=00,v1={digest}");
        request.Headers.Add("Nines-Delivery-Id", "d1");
        return request;
    }

    private Task<HttpResponseMessage> PressAsync(string service, string fault, string from)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_site.Address, "/fault"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["service"] = service, ["fault"] = fault }),
        };
        if (from.Length > 0) request.Headers.Add("Sec-Fetch-Site", from);
        return _http.SendAsync(request);
    }
}
