using Nines.Kernel;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground;

public class IdSourceTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 11, 21, 12, 0);

    [Fact]
    public void Next_SameSeed_GivesTheSameIds()
    {
        var (one, two) = (new IdSource(new Random(5)), new IdSource(new Random(5)));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => one.Next(Noon)), Enumerable.Range(0, 20).Select(i => two.Next(Noon)));
    }

    [Fact]
    public void Next_LaterTimes_SortLater()
    {
        var source = new IdSource();
        var ids = Enumerable.Range(0, 200).Select(i => source.Next(Noon + Duration.FromMilliseconds(i * 37L))).ToArray();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void Next_Many_AllDifferAndAre26OfTheAlphabet()
    {
        var source = new IdSource();
        var ids = Enumerable.Range(0, 20_000).Select(_ => source.Next(Noon)).ToArray();

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9a-hjkmnp-tv-z]{26}$", id));
        Assert.Single(ids.Select(id => id[..10]).Distinct());
    }

    [Fact]
    public void Next_KnownTime_BeginsWithItAsUlidDoes()
    {
        // The ULID specification's example: 1469918176385 ms is 01ARYZ6S41.
        Assert.StartsWith("01aryz6s41", new IdSource().Next(Instant.FromUnixTimeMilliseconds(1_469_918_176_385)), StringComparison.Ordinal);
    }
}
