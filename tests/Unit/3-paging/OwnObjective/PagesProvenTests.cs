using Nines.Kernel;
using Nines.Measuring.Signals;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using Nines.Paging.OwnObjective;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.OwnObjective;

public class PagesProvenTests
{
    private static readonly PagesProvenFold Fold = new();

    private PagesProven _pages = PagesProven.None;

    [Fact]
    public void Apply_APageThatEndsWithoutAMiss_CameInTime()
    {
        Apply(Called("p1"), Called("p1"), new PageEnded("p1", "over"));
        Assert.Equal((1, 0), (_pages.InTime, _pages.Late));
    }

    [Fact]
    public void Apply_AMiss_CountsAtOnceAndOnce()
    {
        Apply(Called("p1"), Missed("p1"));
        Assert.Equal((0, 1), (_pages.InTime, _pages.Late));
        Apply(Missed("p1"), new PageUnheard("p1", "nobody"), new PageEnded("p1", "over"), new PageEnded("p1", "over"));
        Assert.Equal((0, 1), (_pages.InTime, _pages.Late));
    }

    [Fact]
    public void Apply_WhatCallsNobodyByAnEscalation_CountsNothing()
    {
        Apply(new PageEnded("t1", "over"), Missed("t1"));
        Assert.Equal((0, 0), (_pages.InTime, _pages.Late));
    }

    [Fact]
    public void Apply_AMergedPage_EndsAndOneThatComesBackIsAnother()
    {
        Apply(Called("p1"), new PageMerged("p1", "p2", "ada", []), Called("p1"), new PageEnded("p1", "over"));
        Assert.Equal((2, 0), (_pages.InTime, _pages.Late));
    }

    [Fact]
    public void Load_WhatWasSaved_IsTheSame()
    {
        Apply(Called("p1"), Called("p2"), Missed("p2"), new ObjectiveOffered("pages-in-time"));
        var loaded = Fold.Load(Fold.Save(_pages));
        Assert.Equal((_pages.Late, _pages.Offered), (loaded.Late, loaded.Offered));
        Assert.Equal(_pages.Open.AsEnumerable(), loaded.Open);
    }

    [Theory]
    [InlineData(null, 0, 0)]
    [InlineData("nonsense", 0, 0)]
    [InlineData("2 1", 5, 1)]
    [InlineData("7 2", 0, 0)]
    [InlineData("9 9", 0, 0)]
    public void Since_AMark_IsWhatCameAfterIt(string? mark, double inTime, double late)
    {
        var record = OwnSignals.Since(mark, PagesProven.None with { InTime = 7, Late = 2 }, 1_000);
        Assert.Equal([inTime, late], record.Samples.Select(s => s.Value));
        Assert.All(record.Samples, s => Assert.Equal(SampleKind.Delta, s.Kind));
        Assert.Equal("7 2", System.Text.Encoding.UTF8.GetString(Assert.Single(record.Marks).Value));
    }

    private static PageStepTaken Called(string page) => new(page, "x", 1, 1, ["ada"], "", [], null, [], [], 1, null);

    private static PageFailedOver Missed(string page) => new(page, "e1", "ada", "c1", ProofStage.Accepted, "", FailoverTo.Contact);

    private void Apply(params object[] events)
    {
        foreach (var e in events) _pages = Fold.Apply(_pages, new Recorded(new JournalEntry(1, new("page", "p1"), 0, "x", Instant.FromUtc(2026, 11, 21, 3, 0), "duty", 0, null, default), e));
    }
}
