using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Signals;

public sealed class SelectorTests
{
    [Theory]
    [InlineData("", "selector is empty; write a metric name such as http_requests_total{code=~\"5..\"}")]
    [InlineData("9lives", "selector '9lives', column 1: expected a metric name or '{', found '9'")]
    [InlineData("a{", "selector 'a{', column 3: expected a label name, found the end")]
    [InlineData("a{b", "selector 'a{b', column 4: expected =, !=, =~ or !~, found the end")]
    [InlineData("a{b=c}", "selector 'a{b=c}', column 5: expected a value in quotes, found 'c'")]
    [InlineData("a{b=\"c}", "selector 'a{b=\"c}', column 5: the value has no closing \"")]
    [InlineData("a{b=\"c\" d=\"e\"}", "selector 'a{b=\"c\" d=\"e\"}', column 9: expected ',' or '}', found 'd'")]
    [InlineData("a{b=~\"[\"}", "selector 'a{b=~\"[\"}', column 6: '[' is not a regular expression: Unterminated [] set")]
    [InlineData("a{b=~\"(x)\\\\1\"}", "selector 'a{b=~\"(x)\\\\1\"}', column 6: '(x)\\1' is not a regular expression: Reference to undefined group number 1")]
    [InlineData("a{b=~\"(?=x)y\"}", "selector 'a{b=~\"(?=x)y\"}', column 6: '(?=x)y' is not a regular expression: back references and look-around are not supported")]
    [InlineData("a[5m]", "selector 'a[5m]', column 2: expected the end, found '['; a range is not needed, Nines counts the raw samples itself")]
    [InlineData("rate(a[5m])", "selector 'rate(a[5m])', column 5: expected the end, found '('; functions are not selectors, name the raw counter")]
    [InlineData("{b=\"\"}", "selector '{b=\"\"}' would match every series; name a metric or give a label that must not be empty")]
    public void TryParse_NotASelector_SaysWhereAndWhat(string text, string expected)
    {
        Assert.False(Selector.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData(" a { } ", "a")]
    [InlineData("a{b=\"c\",}", "a{b=\"c\"}")]
    [InlineData("a:b{c!='d',e=~`f.*`, g!~\"h\\\\.i\"}", "a:b{c!=\"d\",e=~\"f.*\",g!~\"h\\\\.i\"}")]
    [InlineData("{__name__=~\"http_.+\"}", "{__name__=~\"http_.+\"}")]
    public void TryParse_Selector_KeepsItsMeaningAsText(string text, string canonical)
    {
        Assert.Equal(canonical, Selector.Parse(text).ToString());
        Assert.Equal(canonical, Selector.Parse(canonical).ToString());
    }

    [Theory]
    [InlineData("m{code=\"200\"}", true)]
    [InlineData("m{code!=\"200\"}", false)]
    [InlineData("m{code=~\"2..\"}", true)]
    [InlineData("m{code=~\"2\"}", false)]
    [InlineData("m{code!~\"5..\"}", true)]
    [InlineData("m{missing=\"\"}", true)]
    [InlineData("m{missing!=\"\"}", false)]
    [InlineData("m{missing!~\".+\"}", true)]
    [InlineData("n{code=\"200\"}", false)]
    [InlineData("{code=\"200\"}", true)]
    [InlineData("{__name__=~\"m|n\"}", true)]
    public void Matches_Series_FollowsPromQl(string selector, bool expected)
        => Assert.Equal(expected, Selector.Parse(selector).Matches(Labels.Of("m", ("code", "200"))));

    [Theory]
    [InlineData("m_bucket{le=\"1\"}", "1.0")]
    [InlineData("m_bucket{le=\"1.0\"}", "1")]
    [InlineData("m_bucket{le=\"0.3\"}", "3e-1")]
    [InlineData("m_bucket{le=\"+Inf\"}", "+Inf")]
    [InlineData("m_bucket{le=~\"1|2\"}", "1.0")]
    [InlineData("m_bucket{le=~\"1\\\\.0|2\\\\.0\"}", "2")]
    public void Matches_BucketBound_ComparesAsNumber(string selector, string le)
    {
        Assert.True(Selector.Parse(selector).Matches(Labels.Of("m_bucket", ("le", le))));
        Assert.False(Selector.Parse(selector).Matches(Labels.Of("m_bucket", ("le", "7"))));
    }

    [Fact]
    public void Matches_OtherLabelThatLooksNumeric_ComparesAsText()
        => Assert.False(Selector.Parse("m{version=\"1\"}").Matches(Labels.Of("m", ("version", "1.0"))));
}
