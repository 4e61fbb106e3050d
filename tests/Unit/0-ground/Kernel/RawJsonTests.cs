using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Nines.Kernel;
using Xunit;

namespace Nines.Tests.Unit.Ground;

/// <summary>What is written by hand is what the general writer would have written.</summary>
public class RawJsonTests
{
    private static string Raw(Action<RawJson> write)
    {
        var json = new RawJson(4);
        write(json);
        return Encoding.UTF8.GetString(json.Written.Span);
    }

    [Fact]
    public void Text_AnyText_IsEscapedAsTheHouseDoes() =>
        Prop.ForAll<string?>(text => Raw(j => j.Text(text ?? "")) == JsonSerializer.Serialize(text ?? "", HouseJson.Options)).Hold(500);

    [Theory]
    [InlineData("plain, with a ~ and a /")]
    [InlineData("a \"quote\", a \\ and a \n line")]
    [InlineData("\u0000\u001f\u007f\u0080")]
    [InlineData("Zürich 東京 🚀")]
    [InlineData("half a pair \ud83d and more")]
    public void Text_OfEachKind_IsEscapedAsTheHouseDoes(string text) => Assert.Equal(JsonSerializer.Serialize(text, HouseJson.Options), Raw(j => j.Text(text)));

    [Fact]
    public void Members_InTheirOrder_AreAnObject() =>
        Assert.Equal("""{"a":"1","b":"\"2\""},["x","y"],-12""", Raw(j => j.Members([new("a", "1"), new("b", "\"2\"")]).Raw(","u8).Texts((string[])["x", "y"]).Raw(","u8).Number(-12)));
}
