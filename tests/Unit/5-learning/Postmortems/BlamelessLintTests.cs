using Nines.Learning.Postmortems;
using Xunit;

namespace Nines.Tests.Unit.Learning.Postmortems;

public class BlamelessLintTests
{
    private static readonly HashSet<string> Names = ["ada", "lovelace", "bob"];

    private static IReadOnlyList<LintFinding> Check(string text) => BlamelessLint.Check("root-cause", text, PostmortemPolicy.Shipped.BlameWords, Names);

    [Theory]
    [InlineData("Bob forgot to add the index.", "forgot")]
    [InlineData("Ada Lovelace failed to see the alert.", "failed to")]
    [InlineData("It was Ada's fault.", "fault")]
    [InlineData("The cause was human error.", "human error")]
    [InlineData("The release Should Have been tested.", "should have")]
    [InlineData("Someone on-call ignored the page.", "ignored")]
    [InlineData("The engineer made a mistake.", "mistake")]
    [InlineData("A careless change.", "careless")]
    public void Check_SentenceThatJudges_IsFound_WithABetterWording(string text, string words)
    {
        var finding = Assert.Single(Check("Payments failed. " + text + " It was mended."));
        Assert.Equal(("root-cause", text, words), (finding.Section, finding.Sentence, finding.Words));
        Assert.NotEmpty(finding.Why);
        Assert.NotEmpty(finding.Better);
    }

    [Theory]
    [InlineData("Payments failed to connect to the card network.")]
    [InlineData("Ada rolled the release back in two minutes.")]
    [InlineData("The default of the pool was a fault of the library.")]
    [InlineData("It could have been detected sooner.")]
    [InlineData("The bobsled service ignored the header.")]
    [InlineData("")]
    public void Check_SentenceThatExplains_IsNotFound(string text) => Assert.Empty(Check(text));

    [Fact]
    public void Check_LineBreaksAndPoints_AreSentences() =>
        Assert.Equal(["Bob forgot it", "He ignored the page"], Check("- Bob forgot it\n- The pool ran dry\n- He ignored the page").Select(f => f.Sentence.TrimStart('-', ' ')));

    [Fact]
    public void Check_TheHouseAddsItsOwnWords_TheyAreFound() =>
        Assert.Equal("sloppy", Assert.Single(BlamelessLint.Check("lucky", "A sloppy review.", [.. PostmortemPolicy.Shipped.BlameWords, new("sloppy", false, "It judges.", "Say how.")], Names)).Words);
}
