using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Silences;

public class SilenceRulesTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 3, 0);
    private static readonly AlertLabels Checkout = AlertLabels.Of(("service", "checkout"), ("code", "500"));

    [Theory]
    [InlineData("service=checkout", true)]
    [InlineData("service=\"checkout\"", true)]
    [InlineData("service=check", false)]
    [InlineData("service!=checkout", false)]
    [InlineData("service=~check.*", true)]
    [InlineData("service=~check", false)]
    [InlineData("code=~4..|5..", true)]
    [InlineData("service!~search|ship.*", true)]
    [InlineData("absent=", true)]
    [InlineData("absent!=x", true)]
    public void Matcher_AgainstLabels_ChoosesAsAlertmanagerDoes(string text, bool chosen) => Assert.Equal(chosen, Matcher.Parse(text).Value.Matches(Checkout));

    [Theory]
    [InlineData("service", "\"service\" is not a matcher. Write label=value, label!=value, label=~pattern or label!~pattern.")]
    [InlineData("=x", "\"=x\" is not a matcher. Write label=value, label!=value, label=~pattern or label!~pattern.")]
    [InlineData("a!x", "\"a!x\" is not a matcher. Write label=value, label!=value, label=~pattern or label!~pattern.")]
    public void Matcher_Malformed_SaysWhatToWrite(string text, string problem) =>
        Assert.Equal("matchers: " + problem, Assert.Single(Matcher.Parse(text).Problems).ToString());

    [Theory]
    [InlineData("a=~(")]
    [InlineData("a=~(?=x)")]
    [InlineData("a=~(a)\\1")]
    public void Matcher_PatternThatCannotRunInLinearTime_IsRefused(string text)
    {
        var problem = Assert.Single(Matcher.Parse(text).Problems);
        Assert.Equal("Write a regular expression without look-around or back-references.", problem.Remedy);
    }

    [Fact]
    public void Matcher_Written_ReadsBack() => Assert.Equal("a=~\"x\\\"y\"", Matcher.Parse(Matcher.Parse("a=~x\"y").Value.ToString()).Value.ToString());

    [Fact]
    public void Set_EverythingWrong_SaysAllAtOnce() => Assert.Equal(
        [
            "matchers: \"x\" is not a matcher. Write label=value, label!=value, label=~pattern or label!~pattern.",
            "endsAt: A silence lasts at most 30d. Give an earlier end, or mend or delete the alert.",
            "owner: A silence needs an owner. Say who answers for it.",
        ],
        SilenceRules.Set(new(["x"], For: Duration.FromDays(31)), "s", Now).Problems.Select(p => p.ToString()));

    [Theory]
    [InlineData("service!=checkout")]
    [InlineData("a=~.*")]
    public void Set_MatchersThatChooseEverything_AreRefused(string matcher) => Assert.Equal(
        "matchers: These matchers choose every alert. Name at least one label that an alert must have, such as service=checkout.",
        Assert.Single(SilenceRules.Set(new([matcher], For: Duration.FromHours(1), Owner: "a"), "s", Now).Problems).ToString());

    [Fact]
    public void Set_WithoutEnd_IsRefused() => Assert.Equal(
        "endsAt: A silence needs an end. Give endsAt, for with a duration such as 2h, or untilResolved.",
        Assert.Single(SilenceRules.Set(new(["a=b"], Owner: "a"), "s", Now).Problems).ToString());

    [Fact]
    public void Holding_Boundaries_StartIsInAndEndIsOut()
    {
        var silence = new Silence("s", [Matcher.Parse("service=checkout").Value], Now, Now + Duration.FromHours(1), "alice", "");
        var book = SilenceBook.None with { Open = SilenceBook.None.Open.Add("s", silence) };
        Assert.NotNull(book.Holding(Checkout, Now));
        Assert.NotNull(book.Holding(Checkout, Now + Duration.FromHours(1) - Duration.FromMilliseconds(1)));
        Assert.Null(book.Holding(Checkout, Now + Duration.FromHours(1)));
        Assert.Null(book.Holding(Checkout, Now - Duration.FromMilliseconds(1)));
    }

    [Fact]
    public void End_Unknown_SaysHowToFindIt() => Assert.Equal(
        "There is no silence x. List them with \"nines alerts silence list\".", Assert.Single(SilenceRules.End(SilenceBook.None, "x", "").Problems).ToString());
}
