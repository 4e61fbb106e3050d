using Nines.Host;
using Xunit;

namespace Nines.Tests.Unit.Host;

public class HostOptionsTests
{
    [Fact]
    public void Check_Defaults_HaveNoProblem() => Assert.Empty(new HostOptions().Check());

    [Fact]
    public void Check_SeveralMistakes_AreAllSaidAtOnce()
    {
        var options = new HostOptions { Listen = new("http://10.0.0.1:7070"), OtlpGrpc = new("https://127.0.0.1:4317"), Manifests = "/no/such/folder" };
        Assert.Equal(
            [
                "--listen: \"10.0.0.1\" is not a loopback address, and this version has no sign-in yet. Listen on 127.0.0.1 and put a proxy that signs people in before it.",
                "--otlp-grpc: \"https://127.0.0.1:4317/\" is not an http address. Write one such as http://127.0.0.1:7070; put a proxy in front for TLS.",
                "--manifests: There is no folder \"/no/such/folder\". Make it, or leave --manifests out.",
            ],
            options.Check().Select(p => p.ToString()));
    }
}
