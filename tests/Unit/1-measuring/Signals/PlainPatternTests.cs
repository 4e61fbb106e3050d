using System.Text.RegularExpressions;
using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Signals;

public sealed class PlainPatternTests
{
    [Theory]
    [InlineData("5..")]
    [InlineData("get|head")]
    [InlineData("/api/.*")]
    [InlineData(".*checkout.*")]
    [InlineData(".+")]
    [InlineData("")]
    [InlineData("|a")]
    public void Of_WhatSelectorsAreMadeOf_IsPlain(string pattern) => Assert.NotNull(PlainPattern.Of(pattern));

    [Theory]
    [InlineData("[45]..")]
    [InlineData("a(b|c)")]
    [InlineData("a.*b")]
    [InlineData(@"a\.b")]
    [InlineData("a?")]
    [InlineData("^a$")]
    public void Of_Others_NeedARegularExpression(string pattern) => Assert.Null(PlainPattern.Of(pattern));

    [Fact]
    public void Matches_RandomPatternsAndValues_AgreesWithTheRegularExpression()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var plain = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var pattern = Text(random, "ab.|*+\n", 6);
            if (PlainPattern.Of(pattern) is not { } read) continue;
            plain++;
            var expression = new Regex($@"\A(?:{pattern})\z", RegexOptions.Singleline | RegexOptions.CultureInvariant);
            for (var j = 0; j < 8; j++)
            {
                var value = Text(random, "ab.\n", 5);
                Assert.True(expression.IsMatch(value) == read.Matches(value), $"seed {seed}: \"{pattern}\" and \"{value}\"");
            }
        }

        Assert.True(plain > 2_000);
    }

    private static string Text(Random random, string letters, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(most + 1)).Select(_ => letters[random.Next(letters.Length)]));
}
