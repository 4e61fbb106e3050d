using Nines.Paging.Escalations;
using Xunit;

namespace Nines.Tests.Unit.Paging.Escalations;

public class StepCalculatorTests
{
    private static StepPeople Who(int step, params int[] empty) => empty.Contains(step) ? new([], $"nobody at {step}", []) : new([$"p{step}"], "", []);

    private static string Say(NextStep next) => next.LastResort ? $"last after {next.Round}" : $"{next.Round}.{next.Step}";

    [Theory]
    [InlineData(1, 0, "1.1")]
    [InlineData(1, 1, "1.2")]
    [InlineData(1, 3, "2.1")]
    [InlineData(2, 3, "last after 2")]
    public void Next_EveryStepHasPeople_GoesOneOn(int round, int step, string next) => Assert.Equal(next, Say(StepCalculator.Next(3, 2, round, step, s => Who(s))));

    [Fact]
    public void Next_EmptySteps_ArePassedWithTheirReason()
    {
        var next = StepCalculator.Next(4, 2, 1, 1, s => Who(s, 2, 3));
        Assert.Equal("1.4", Say(next));
        Assert.Equal(["Step 2 calls nobody: nobody at 2", "Step 3 calls nobody: nobody at 3"], next.Passed);
    }

    [Fact]
    public void Next_EmptyToTheEndOfARound_GoesIntoTheNext() => Assert.Equal("2.1", Say(StepCalculator.Next(3, 2, 1, 1, s => Who(s, 2, 3))));

    [Fact]
    public void Next_NobodyAtAll_IsTheLastResortAtOnce()
    {
        var next = StepCalculator.Next(3, 5, 1, 0, s => Who(s, 1, 2, 3));
        Assert.True(next.LastResort);
        Assert.Equal("nobody at 1", next.FirstReason);
    }

    [Fact]
    public void Next_FromAnywhere_ComesToTheLastResortInBoundedSteps()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var (steps, rounds) = (random.Next(1, 8), random.Next(1, 6));
            int[] empty = [.. Enumerable.Range(1, steps).Where(_ => random.Next(3) == 0)];
            var (round, step, taken) = (1, 0, 0);
            while (StepCalculator.Next(steps, rounds, round, step, s => Who(s, empty)) is { LastResort: false } next)
            {
                // Never backwards, never twice the same.
                Assert.True(next.Round > round || (next.Round == round && next.Step > step));
                (round, step) = (next.Round, next.Step);
                Assert.True(++taken <= steps * rounds);
            }

            Assert.Equal((steps - empty.Length) * rounds, taken);
        }
    }
}
