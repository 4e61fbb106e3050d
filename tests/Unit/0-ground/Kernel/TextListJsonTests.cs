using System.Text.Json;
using Nines.Kernel;
using Xunit;

namespace Nines.Tests.Unit.Ground;

/// <summary>No null gets into a list of texts by a body.</summary>
public sealed class TextListJsonTests
{
    private sealed record Body(IReadOnlyList<string> Names, IReadOnlyList<string>? More = null);

    [Theory]
    [InlineData("""{"names":["a",null]}""", "Write only texts in this list, such as [\"a\", \"b\"].")]
    [InlineData("""{"names":["a",["b"]]}""", "Write only texts in this list, such as [\"a\", \"b\"].")]
    [InlineData("""{"names":[1]}""", "Write only texts in this list, such as [\"a\", \"b\"].")]
    [InlineData("""{"names":"a"}""", "Write a list of texts, such as [\"a\", \"b\"].")]
    public void Read_WhatIsNoListOfTexts_IsRefusedAtItsPlace(string json, string message)
    {
        var refused = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Body>(json, HouseJson.Options));
        Assert.Equal(("$.names", message), (refused.Path, refused.Message.Split(" Path:")[0]));
    }

    [Theory]
    [InlineData("""{"names":[],"more":null}""")]
    [InlineData("""{"names":["a","ü \"quoted\""],"more":["c"]}""")]
    public void Read_TextsOrNone_ComeBack(string json) => Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<Body>(json, HouseJson.Options), HouseJson.Options));
}
