using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Signals;

public class BindingIndexTests
{
    private static readonly string[] Conditions =
    [
        "job=\"a\"", "job=\"b\"", "job=\"c\"", "env=\"prod\"", "env=\"\"", "le=\"1\"", "le=\"1.0\"", "code!~\"5..\"", "code=~\"2..|3..\"", "env!=\"prod\"", "job!=\"a\"",
    ];

    [Fact]
    public void StreamsOf_RandomSelectors_FindsWhatAWalkFindsInTheSameOrder()
    {
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            StreamBinding[] bindings = [.. Enumerable.Range(0, random.Next(60)).Select(i => new StreamBinding(Random(random), i, StreamRole.Total))];
            var index = new BindingIndex(bindings);
            for (var i = 0; i < 40; i++)
            {
                var labels = Labels.Of(
                    "m", ("job", random.Next(4) switch { 0 => "a", 1 => "b", 2 => "c", _ => "" }), ("env", random.Next(2) == 0 ? "prod" : ""),
                    ("le", random.Next(2) == 0 ? "1" : "1.0"), ("code", random.Next(2) == 0 ? "200" : "500"));
                Assert.Equal(bindings.Where(b => b.Selector.Matches(labels)).Select(b => b.Indicator), index.StreamsOf(labels).Select(s => s.Indicator));
            }
        }
    }

    [Fact]
    public void StreamsOf_TwentyThousandSelectorsOfOneName_ComparesWithItsOwn()
    {
        StreamBinding[] bindings = [.. Enumerable.Range(0, 20_000).Select(i => new StreamBinding(Selector.Parse($"m{{env=\"prod\",job=\"svc-{i}\"}}"), i, StreamRole.Total))];
        var index = new BindingIndex(bindings);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 20_000; i++) Assert.Equal(i, Assert.Single(index.StreamsOf(Labels.Of("m", ("env", "prod"), ("job", $"svc-{i}")))).Indicator);

        // A walk would compare 400 million times, for many seconds, or gather a list of twenty thousand each time.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 2);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40_000_000);
    }

    private static Selector Random(Random random) =>
        Selector.Parse("m{" + string.Join(',', Conditions.OrderBy(_ => random.Next()).Take(random.Next(4)).DistinctBy(c => c[..2])) + "}");
}
