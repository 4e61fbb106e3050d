using FsCheck.Fluent;
using Nines.Responding.Incidents;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.Incidents;

public class ImpactRuleTests
{
    private static readonly Instant From = Instant.FromUtc(2026, 11, 19, 0, 0);

    // 100 events a minute against 99.9 %: one bad one burns ten times too fast.
    private static CountedMinutes Minutes(params IEnumerable<double> bad)
    {
        var all = bad.ToArray();
        return new("payments", From, all, [.. all.Select(b => double.IsNaN(b) ? double.NaN : 100)], 0.001, 50);
    }

    private static Instant At(int minute) => From + Duration.FromMinutes(minute);

    private static IEnumerable<double> Clean(int count) => Enumerable.Repeat(0.0, count);

    private static IEnumerable<double> Bad(int count, double each = 10) => Enumerable.Repeat(each, count);

    [Fact]
    public void Of_ARun_BeginsWithItsFirstMinuteAndEndsWithItsLast()
    {
        var impact = ImpactRule.Of(Minutes([.. Clean(60), .. Bad(20), .. Clean(5)]), At(64));
        Assert.Equal(new("payments", At(60), At(80), 200, 4, 5), impact);
    }

    [Fact]
    public void Of_TwentyNineGoodMinutesWithin_AreOneRun_ThirtyEndIt()
    {
        Assert.Equal(At(10), ImpactRule.Of(Minutes([.. Clean(10), .. Bad(5), .. Clean(29), .. Bad(5)]), At(46))!.From);
        Assert.Equal(At(45), ImpactRule.Of(Minutes([.. Clean(10), .. Bad(5), .. Clean(30), .. Bad(5)]), At(47))!.From);
    }

    [Fact]
    public void Of_AStormThatWasOverLongBefore_IsAnotherStory() =>
        Assert.Null(ImpactRule.Of(Minutes([.. Bad(20), .. Clean(60)]), At(79)));

    [Fact]
    public void Of_ARunThatReturnsWhileItIsOpen_GoesOn()
    {
        var impact = ImpactRule.Of(Minutes([.. Clean(10), .. Bad(5), .. Clean(40), .. Bad(5), .. Clean(3)]), At(12))!;
        Assert.Equal((At(10), At(60), 100.0, 3), (impact.From, impact.Until, impact.Bad, impact.CleanMinutes));
    }

    [Fact]
    public void Of_MinutesThatNobodyKnows_AreNotClean() =>
        Assert.Equal(2, ImpactRule.Of(Minutes([.. Clean(10), .. Bad(5), 0, double.NaN, double.NaN, 0]), At(12))!.CleanMinutes);

    [Fact]
    public void Of_ReportedBeforeAnyIndicator_BeginsWhenItBurns() =>
        Assert.Equal(At(20), ImpactRule.Of(Minutes([.. Clean(20), .. Bad(3)]), At(5))!.From);

    [Fact]
    public void Of_AnyMinutes_IsWhatBruteForceFinds()
    {
        var minute = Gen.Frequency((12, Gen.Constant(0.0)), (2, Gen.Choose(1, 90).Select(b => (double)b)), (1, Gen.Constant(double.NaN)));
        var minutes = from count in Gen.Choose(1, 240)
                      from all in minute.ArrayOf(count)
                      from detected in Gen.Choose(0, count - 1)
                      select (all, detected);
        Prop.ForAll(minutes.ToArbitrary(), given =>
        {
            var impact = ImpactRule.Of(Minutes(given.all), At(given.detected));
            var (from, until, bad) = Twin(given.all, given.detected);
            return impact is null ? from < 0 : impact.From == At(from) && impact.Until == At(until) && Math.Abs(impact.Bad - bad) < 1e-9 && Math.Abs(impact.Spent - (bad / 50)) < 1e-9;
        }).Hold();
    }

    /// <summary>By brute force: each burning minute is joined to the next one within half an hour; what ended half an hour before the detection is left out.</summary>
    private static (int From, int Until, double Bad) Twin(double[] minutes, int detected)
    {
        var runs = new List<(int First, int Last)>();
        for (var i = 0; i < minutes.Length; i++)
        {
            if (!(minutes[i] > 0)) continue;
            var last = i;
            for (var next = i + 1; next < minutes.Length && next - last <= 30; next++)
                if (minutes[next] > 0) last = next;
            runs.Add((i, last));
            i = last;
        }

        var felt = runs.Where(r => r.Last >= detected - 30).ToArray();
        if (felt.Length == 0) return (-1, -1, 0);
        var (from, until) = (felt.Min(r => r.First), felt.Max(r => r.Last) + 1);
        return (from, until, minutes[from..until].Where(double.IsFinite).Sum());
    }
}
