using FsCheck.Fluent;
using Nines.Responding.Remediation;
using Xunit;

namespace Nines.Tests.Unit.Responding.Remediation;

public class RemedyTrustTests
{
    private static RemedyTrust Of(int successes, int failures, int row = 0) => new("r", "v", successes, failures, row);

    // Wilson's interval, 95 %, as tables have it.
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(5, 0, 0.5655)]
    [InlineData(10, 0, 0.7225)]
    [InlineData(16, 0, 0.8064)]
    [InlineData(18, 2, 0.6990)]
    [InlineData(1, 9, 0.0179)]
    public void LowerBound_OfTries_IsWilsons(int successes, int failures, double bound) => Assert.Equal(bound, Of(successes, failures).LowerBound, 3);

    [Theory]
    [InlineData(4, 0, RemedyLevel.Suggest)]
    [InlineData(5, 0, RemedyLevel.Approve)]
    [InlineData(15, 0, RemedyLevel.Approve)]
    [InlineData(16, 0, RemedyLevel.Automatic)]
    [InlineData(16, 1, RemedyLevel.Approve)]
    [InlineData(2, 8, RemedyLevel.Suggest)]
    public void Earned_GrowsWithTheLowerBound(int successes, int failures, RemedyLevel level) => Assert.Equal(level, Of(successes, failures).Earned);

    [Fact]
    public void Earned_AfterTwoFailuresInARow_IsOneLevelLower()
    {
        var trust = Of(60, 0);
        Assert.Equal(RemedyLevel.Automatic, trust.Earned);
        Assert.Equal(RemedyLevel.Automatic, trust.Count(false).Earned);
        var twice = trust.Count(false).Count(false);
        Assert.Equal((RemedyLevel.Approve, true), (twice.Earned, twice.LowerBound >= RemedyTrust.Automatic));
        Assert.Equal(RemedyLevel.Automatic, twice.Count(true).Earned);
    }

    [Fact]
    public void Words_OfATrust_ShowTheArithmetic()
    {
        Assert.Equal("2 of 5 tries that anything follows from: suggest.", Of(2, 0).Words(RemedyLevel.Automatic));
        Assert.Equal("16 of 16 helped, so at least 0.81 do (95 %); by itself from 0.8; its manifest allows approve at most: approve.", Of(16, 0).Words(RemedyLevel.Approve));
        Assert.Equal("60 of 62 helped, so at least 0.89 do (95 %); by itself from 0.8; 2 failures in a row take one level: approve.", Of(60, 2, 2).Words(RemedyLevel.Automatic));
    }

    [Fact]
    public void LowerBound_OfAnyTries_LiesBelowTheShare_AndGrowsWithEachSuccess() => Prop.ForAll(Gen.Two(Gen.Choose(0, 400)).ToArbitrary(), tries =>
    {
        var trust = Of(tries.Item1, tries.Item2);
        var share = trust.Tries == 0 ? 0 : (double)trust.Successes / trust.Tries;
        return trust.LowerBound >= 0 && trust.LowerBound <= share + 1e-12 && trust.Count(true).LowerBound > trust.LowerBound - 1e-12 && trust.Count(false).LowerBound <= trust.LowerBound + 1e-12;
    }).Hold();
}
