using Nines.Learning.Drills;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Learning.Drills;

public class DrillWheelTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 1, 0, 0);

    private static Dictionary<string, Instant> Had(params string[] inOrder) => inOrder.Select((d, i) => (d, At: Start + Duration.FromDays(i))).ToDictionary(h => h.d, h => h.At);

    [Fact]
    public void On_WhatSomebodyNeverHad_ComesBeforeEverythingElse() => Assert.Equal(["b", "d"], DrillWheel.On(["d", "c", "b", "a"], Had("a", "c", "gone")));

    [Fact]
    public void On_WhereTheyHadAll_IsTheThirdThatLiesLongestBack()
    {
        Assert.Equal(["b", "d"], DrillWheel.On(["a", "b", "c", "d", "e"], Had("d", "b", "a", "c", "e")));
        Assert.Equal(["a"], DrillWheel.On(["a"], Had("a")));
    }

    [Fact]
    public void Choose_TheSameSeed_TheSameDrill_AndEachAboutAsOften()
    {
        string[] on = ["a", "b", "c", "d", "e"];
        Assert.Equal(DrillWheel.Choose("01jd0000000000000000000001", on), DrillWheel.Choose("01jd0000000000000000000001", on));
        // Ids that follow each other, as the house makes them.
        var counts = Enumerable.Range(0, 10_000).GroupBy(i => DrillWheel.Choose($"01jd00000000000000000{i:d5}", on)).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(on, d => Assert.InRange(counts[d], 1_800, 2_200));
    }
}
