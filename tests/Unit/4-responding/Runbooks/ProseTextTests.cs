using FsCheck.Fluent;
using Nines.Responding.Runbooks.Ui;
using Xunit;

namespace Nines.Tests.Unit.Responding.Runbooks;

public class ProseTextTests
{
    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](data:text/html,<script>)")]
    [InlineData("[x](//evil.example.com)")]
    [InlineData("[x](/\\evil.example.com)")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    public void Line_ThatIsHostile_IsTextAndLeadsNowhere(string text) => Assert.All(ProseText.Line(text), p => Assert.Null(p.Link));

    [Fact]
    public void Line_WithForms_ReadsThem() => Assert.Equal(
        [new("Look at "), new("the graph", "", "https://example.com/g"), new(", type "), new("kubectl", "code"), new(" and "), new("wait", "strong"), new(".")],
        ProseText.Line("Look at [the graph](https://example.com/g), type `kubectl` and **wait**."));

    [Fact]
    public void Of_SeveralBlocks_KeepsTheirKinds() => Assert.Equal(
        ["head", "text", "item", "step", "code", "text"], ProseText.Of("# Head\nOne\ntwo\n- item\n1. first\n```\n<b>\n```\nlast").Select(b => b.Kind));

    [Fact]
    public void Of_AnyText_NeverThrows_AndLosesNoLink() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        ProseText.Of(text ?? "").All(b => b.Pieces.All(p => p.Link is null || p.Link.StartsWith("http", StringComparison.Ordinal) || p.Link.StartsWith('/')))).Hold();
}
