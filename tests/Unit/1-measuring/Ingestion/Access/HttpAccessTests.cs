using System.Text;
using Nines.Measuring.Ingestion.Access;
using Nines.Measuring.Ingestion.Scrape;
using Nines.Tests.Unit.Measuring.Manifests;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Access;

public sealed class HttpAccessTests
{
    private static string Target(string access, string url = "https://shop.example.com/metrics") => $"apiVersion: nines/v1\nkind: ScrapeTarget\nmetadata: {{ name: shop }}\nspec:\n  url: {url}\n{access}";

    [Fact]
    public void Read_AllOfIt_IsReferencesOnly()
    {
        var set = ManifestReading.Read(Target("""
              basic: { user: nines, password: env:SHOP_PASSWORD }
              headers: { X-Scope-OrgID: team, X-Api-Key: file:/etc/nines/key }
              tls: { caFile: /etc/ca.pem, certFile: /etc/nines.pem, keyFile: file:/etc/nines.key, serverName: shop.internal }
            """));

        Assert.Empty(set.Problems);
        var access = Assert.Single(set.Of<ScrapeTarget>()).Access;
        Assert.Equal(("nines", "env:SHOP_PASSWORD"), (access.Basic!.User, access.Basic.Password.ToString()));
        Assert.Equal(["X-Api-Key  file:/etc/nines/key", "X-Scope-OrgID team "], access.Headers.Select(header => $"{header.Name} {header.Value} {header.Secret}"));
        Assert.Equal(new TlsAccess("/etc/ca.pem", "/etc/nines.pem", "/etc/nines.key", "shop.internal", false), access.Tls);
    }

    [Theory]
    [InlineData("  token: sesame\n", "spec.token")]
    [InlineData("  basic: { user: a, password: sesame }\n", "spec.basic.password")]
    [InlineData("  headers: { Authorization: Bearer sesame }\n", "spec.headers.Authorization")]
    [InlineData("  headers: { X-Api-Key: sesame }\n", "spec.headers.X-Api-Key")]
    [InlineData("  tls: { certFile: /a.pem, keyFile: \"-----BEGIN PRIVATE KEY-----\" }\n", "spec.tls.keyFile")]
    public void Read_PlainSecret_IsRefused(string access, string path)
    {
        var problems = ManifestReading.Read(Target(access), strictness: Nines.Catalog.Manifests.Strictness.Strict).Problems;

        Assert.Contains(problems, problem => problem.IsError && problem.Path == path && problem.What == "A secret must not stand in a manifest.");
        Assert.DoesNotContain(problems, problem => problem.ToString().Contains("sesame", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_EverythingWrong_IsReportedAtOnce()
    {
        var errors = ManifestReading.Errors(Target("""
              token: env:A
              basic: { user: "a:b", password: env:B }
              headers: { "X Y": a }
              tls: { caFile: ca.pem, certFile: /a.pem }
            """));

        Assert.Collection(
            errors,
            error => Assert.Contains("Here stand both token and basic. Keep one of them.", error, StringComparison.Ordinal),
            error => Assert.Contains("A colon cannot stand in a user's name (RFC 7617). Remove it.", error, StringComparison.Ordinal),
            error => Assert.Contains("\"X Y\" is not the name of a header.", error, StringComparison.Ordinal),
            error => Assert.Contains("A client certificate needs certFile and keyFile. Write keyFile too.", error, StringComparison.Ordinal),
            error => Assert.Contains("\"ca.pem\" is not an absolute path.", error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("  tls: { insecureSkipVerify: true }\n", "https://a.example/metrics", "Any certificate is taken: whoever stands in between can read and change what comes.")]
    [InlineData("  token: env:A\n", "http://a.example/metrics", "The secret goes to a.example in the clear.")]
    public void Read_WhatWeakensIt_IsAFinding(string access, string url, string words) =>
        Assert.Contains(ManifestReading.Findings(Target(access, url)), finding => finding.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void Read_SecretToThisMachine_IsNoFinding() => Assert.Empty(ManifestReading.Findings(Target("  token: env:A\n", "http://127.0.0.1:9090/metrics")));

    [Fact]
    public void Prepare_References_AreReadAnewForEachRequest()
    {
        var file = Path.GetTempFileName();
        try
        {
            var access = new HttpAccess { Basic = new("nines", new("file", file)), Headers = [new("X-Key", "", new("file", file)), new("X-Team", "a", null)] };
            File.WriteAllText(file, "one\n");
            using var first = Prepared(access, out var wrong);
            File.WriteAllText(file, "two\n");
            using var second = Prepared(access, out _);

            Assert.Null(wrong);
            Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("nines:one")), first.Headers.Authorization!.ToString());
            Assert.Equal(("one", "a"), (first.Headers.GetValues("X-Key").Single(), first.Headers.GetValues("X-Team").Single()));
            Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("nines:two")), second.Headers.Authorization!.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Prepare_SecretThatIsNotThere_SaysWhichAndSendsNothing()
    {
        using var request = Prepared(new HttpAccess { Token = new("env", "NINES_TEST_NOT_SET") }, out var wrong);

        Assert.Equal("The environment variable NINES_TEST_NOT_SET is not set.", wrong);
        Assert.Null(request.Headers.Authorization);
    }

    [Fact]
    public void Prepare_CertificateThatIsNotThere_SaysWhichFile()
    {
        using var request = Prepared(new HttpAccess { Tls = new("/nowhere/ca.pem", null, null, null, false) }, out var wrong);

        Assert.Equal("There is no file /nowhere/ca.pem.", wrong);
    }

    private static HttpRequestMessage Prepared(HttpAccess access, out string? wrong)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://a.example");
        wrong = AccessClients.Prepare(request, access);
        return request;
    }
}
