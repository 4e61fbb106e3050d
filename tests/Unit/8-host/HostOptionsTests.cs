using Nines.Host;
using Nines.Kernel;
using Nines.Storage;
using Xunit;

namespace Nines.Tests.Unit.Host;

public class HostOptionsTests
{
    [Fact]
    public void Check_Defaults_HaveNoProblem() => Assert.Empty(new HostOptions().Check());

    [Fact]
    public void Check_SeveralMistakes_AreAllSaidAtOnce()
    {
        var options = new HostOptions { Listen = new("http://10.0.0.1:7070"), Open = true, OtlpGrpc = new("https://127.0.0.1:4317"), Manifests = "/no/such/folder", CertificateKey = "key.pem" };
        Assert.Equal(
            [
                "--listen: \"10.0.0.1\" is not a loopback address, and an open server listens to no other. Leave --open out: sign-in is then asked for.",
                "--certificate: https://127.0.0.1:4317/ needs a certificate. Name PEM files with --certificate FILE --certificate-key FILE.",
                "--manifests: There is no folder \"/no/such/folder\". Make it, or leave --manifests out.",
                "--certificate-key: A key is named without its certificate. Name it with --certificate FILE.",
            ],
            options.Check().Select(p => p.ToString()));
    }

    [Theory]
    [InlineData("https://0.0.0.0:7443", "--public-url: \"0.0.0.0\" means every address, but none that a link could lead to. Say how people reach it, such as --public-url https://nines.example.com.")]
    [InlineData("https://nines.example.com:7443", "--listen: \"nines.example.com\" is a name; a server listens on an address. Write https://0.0.0.0:7443 for all of them, and the name with --public-url.")]
    [InlineData("ftp://127.0.0.1", "--listen: \"ftp://127.0.0.1/\" is not an http or https address. Write one such as http://127.0.0.1:7070.")]
    public void Check_AnAddressThatNobodyCanUse_IsSaid(string listen, string said) =>
        Assert.Equal(said, Assert.Single(new HostOptions { Listen = new(listen), Open = false, Certificate = listen.StartsWith("https", StringComparison.Ordinal) ? "cert.pem" : null }.Check()).ToString());

    [Fact]
    public void CheckSettings_HttpBeyondThisMachine_NeedsATrustedProxy()
    {
        var options = new HostOptions { Listen = new("http://10.0.0.1:7070"), Open = false, Log = false };
        Assert.Equal(
            "--listen: http://10.0.0.1:7070/ would carry passwords readable over a network. Write https:// with --certificate FILE --certificate-key FILE; behind a proxy that speaks https, name it: --set shell:trustedProxies=10.0.0.5.",
            Assert.Single(Said(options)).ToString());
        Assert.Empty(Said(options with { Settings = new Dictionary<string, string?> { ["shell:trustedProxies"] = "10.0.0.5, 10.1.0.0/16" } }));
        Assert.Equal(
            [
                "settings: shell:trustedProxies names \"proxy\". Write an address such as 10.0.0.5, or a network such as 10.0.0.0/8. Mend it in nines.json, in the environment (NINES_…) or at --set.",
                "settings: shell:trustedProxies names the whole Internet. Name the proxy's own address. Mend it in nines.json, in the environment (NINES_…) or at --set.",
            ],
            Said(options with { Settings = new Dictionary<string, string?> { ["shell:trustedProxies"] = "proxy,0.0.0.0/0" } }).Select(p => p.ToString()));
    }

    [Fact]
    public void CheckSettings_OpenBehindAProxy_IsRefused() => Assert.Equal(
        "--open: An open server trusts no proxies: everybody behind one could do everything. Leave --open out, or take shell:trustedProxies out of the settings.",
        Assert.Single(Said(new() { Open = true, Log = false, Settings = new Dictionary<string, string?> { ["shell:trustedProxies"] = "127.0.0.1" } })).ToString());

    private static IReadOnlyList<Problem> Said(HostOptions options) => NinesHost.Build(options, TimeProvider.System, Store.InMemory()).CheckSettings();
}
