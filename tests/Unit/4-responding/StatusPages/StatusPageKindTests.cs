using Nines.Responding.StatusPages;
using Xunit;
using static Nines.Tests.Unit.Responding.StatusPages.StatusFixture;

namespace Nines.Tests.Unit.Responding.StatusPages;

public class StatusPageKindTests
{
    private static string[] Problems(string spec) =>
        [.. Read($"apiVersion: nines/v1\nkind: StatusPage\nmetadata: {{ name: shop }}\nspec:\n{spec}").Problems.Where(p => p.IsError).Select(p => $"{p.Path}: {p.What} {p.Remedy}")];

    [Fact]
    public void Read_WithEverythingWrong_SaysAllOfIt() => Assert.Equal(
        [
            "spec.title: This field is missing. Write what stands at its top.",
            "spec.zone: \"Mars/Olympus\" is no time zone. Write one such as Europe/Berlin.",
            "spec.components[0].key: \"Pay Ments\" is no key. Write small letters, digits and dashes, such as card-payments.",
            "spec.components[0].services: There is no service \"payment\". Apply its manifest, or take it off.",
            "spec.maintenance.windows[0].days: \"someday\" is no weekday. Write mon, tue, wed, thu, fri, sat or sun.",
            "spec.maintenance.windows[0].from: \"25:00\" is no time of the day. Write one such as \"22:00\", in quotes.",
            "spec.domain: \"https://x/y\" is no host name. Write one such as status.example.com, without https:// and without a path.",
            "spec.theme.accent: This colour cannot be read on a light page: its contrast is 1.1, and 4.5 is the least. Choose a darker one; on dark pages it is made lighter by itself.",
        ],
        Problems("""
              zone: Mars/Olympus
              components:
                - { key: Pay Ments, name: Payments, services: [payment] }
              maintenance: { windows: [{ days: [someday], from: "25:00", until: "06:00" }] }
              domain: https://x/y
              theme: { accent: "#ffff00" }
            """));

    [Fact]
    public void Check_APrivatePageWithADomain_IsRefused() => Assert.Equal(
        ["spec.domain: A private page has no domain of its own: nobody could sign in there. Make it public, or take the domain off."],
        Problems("  title: x\n  visibility: private\n  domain: status.example.com\n  components: [{ key: a, name: A, objectives: [x] }]\n"));

    [Fact]
    public void Read_TheShop_IsAsItWasWritten()
    {
        Assert.Equal(("Fernhill Goods", false, 90, "Europe/Berlin"), (Page.Title, Page.Private, Page.Days, Page.Zone.Id));
        Assert.Equal("sat, sun 22:00–06:00", Page.Maintenance.Windows[0].ToString());
    }

    [Theory]
    [InlineData("#2943ca", true)]
    [InlineData("#0a7461", true)]
    [InlineData("#ffcc00", false)]
    [InlineData("#ffffff", false)]
    public void Accent_IsTakenOnlyWhereItCanBeRead(string colour, bool readable) => Assert.Equal(readable, AccentColour.Parse(colour)!.Value.OnLight >= AccentColour.Readable);

    [Theory]
    [InlineData("2943ca")]
    [InlineData("#29c")]
    [InlineData("red;}body{display:none")]
    [InlineData("#zz43ca")]
    public void Accent_OfAnythingElse_IsNone(string text) => Assert.Null(AccentColour.Parse(text));

    [Fact]
    public void Accent_OnDark_IsMadeLighter_UntilItCanBeRead()
    {
        var css = AccentColour.Parse("#2943ca")!.Value.ToCss();
        Assert.StartsWith(":root { --brand: light-dark(#2943ca, #", css, StringComparison.Ordinal);
        Assert.NotEqual(AccentColour.Parse("#2943ca")!.Value, AccentColour.Parse("#2943ca")!.Value.Dark);
    }
}
