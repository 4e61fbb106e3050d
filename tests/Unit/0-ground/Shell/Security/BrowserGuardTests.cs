using Microsoft.AspNetCore.Http;
using Nines.Shell.Security;
using Xunit;

namespace Nines.Tests.Unit.Ground.Shell.Security;

public sealed class BrowserGuardTests
{
    private readonly BrowserGuard _guard = new(_ => Task.CompletedTask, new HostNames(["nines.example"]));

    [Theory]
    [InlineData("GET", "127.0.0.1:7070", null, null)]
    [InlineData("GET", "127.0.0.1:7070", "cross-site", "https://elsewhere.example")]
    [InlineData("POST", "127.0.0.1:7070", null, null)]
    [InlineData("POST", "localhost:7070", "same-origin", "http://localhost:7070")]
    [InlineData("POST", "nines.example", "none", null)]
    [InlineData("POST", "nines.example", null, "http://nines.example")]
    public void Refusal_OwnPagesAndPrograms_AreLetIn(string method, string host, string? site, string? origin) =>
        Assert.Null(_guard.Refusal(Request(method, host, site, origin)));

    [Theory]
    [InlineData("POST", "cross-site", "https://elsewhere.example")]
    [InlineData("DELETE", "same-site", null)]
    [InlineData("PUT", null, "https://elsewhere.example")]
    [InlineData("POST", null, "null")]
    public void Refusal_OtherSitesPage_IsRefusedWithWords(string method, string? site, string? origin) =>
        Assert.Equal("This request comes from another site's page. Send it from a page of this server, or from a program.",
            _guard.Refusal(Request(method, "127.0.0.1:7070", site, origin))!.ToString());

    [Fact]
    public void Refusal_ReboundName_IsRefusedEvenForReading() =>
        Assert.Equal("This server does not answer to the name \"evil.example\". Open it by its own address, or name yours under shell:hosts in the settings.",
            _guard.Refusal(Request("GET", "evil.example:7070", null, null))!.ToString());

    private static HttpRequest Request(string method, string host, string? site, string? origin)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.Scheme = "http";
        request.Host = new HostString(host);
        if (site is not null) request.Headers["Sec-Fetch-Site"] = site;
        if (origin is not null) request.Headers.Origin = origin;
        return request;
    }
}
