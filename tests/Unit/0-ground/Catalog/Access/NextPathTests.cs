using FsCheck.Fluent;
using Nines.Catalog.Access;
using Xunit;

namespace Nines.Tests.Unit.Catalog.Access;

public class NextPathTests
{
    [Theory]
    [InlineData("/alerts?q=service:checkout&sort=-burn", "/alerts?q=service:checkout&sort=-burn")]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/\t/evil.example/", "/")]
    [InlineData("/a\\b", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/sign-in?next=/sign-in", "/")]
    [InlineData("/live?topic=overview", "/")]
    public void Of_ALink_LeadsNowhereElse(string? asked, string next) => Assert.Equal(next, NextPath.Of(asked));

    [Fact]
    public void Of_AnyText_StaysOnThisServer() => Prop.ForAll<string>(text =>
    {
        foreach (var asked in new[] { text, "/" + text, "//" + text, "/\\" + text })
        {
            var resolved = new Uri(new Uri("https://nines.example/sign-in"), NextPath.Of(asked));
            if (resolved.Host != "nines.example" || resolved.Scheme != "https") return false;
        }

        return true;
    }).Hold(500);
}
