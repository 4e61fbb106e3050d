using Nines.Catalog.Manifests;
using Xunit;

namespace Nines.Tests.Unit.Catalog.Manifests;

public class SecretTests
{
    [Theory]
    [InlineData("env:NAME", "env", "NAME")]
    [InlineData("file:/run/secrets/key", "file", "/run/secrets/key")]
    public void TryParse_AReference_IsRead(string text, string scheme, string name)
    {
        Assert.True(SecretReference.TryParse(text, out var reference));
        Assert.Equal(new SecretReference(scheme, name), reference);
        Assert.Equal(text, reference!.ToString());
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("env:")]
    [InlineData("env:A B")]
    [InlineData("file:relative")]
    [InlineData("")]
    public void TryParse_AnythingElse_IsNoReference(string text) => Assert.False(SecretReference.TryParse(text, out _));

    [Fact]
    public void Resolve_AFile_GivesItsLine_AndSaysWhenItIsMissing()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "s3cret\n");
        Assert.Equal("s3cret", SecretResolver.Resolve(new("file", file)).Value);
        File.Delete(file);
        Assert.Equal($"There is no file {file}. Create it with the secret as its only line.", Assert.Single(SecretResolver.Resolve(new("file", file)).Problems).ToString());
        Assert.Equal("The environment variable NINES_NO_SUCH_SECRET is not set. Start Nines with NINES_NO_SUCH_SECRET set.", Assert.Single(SecretResolver.Resolve(new("env", "NINES_NO_SUCH_SECRET")).Problems).ToString());
    }
}
