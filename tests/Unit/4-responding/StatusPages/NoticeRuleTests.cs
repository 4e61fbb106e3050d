using System.Text.Json;
using Nines.Kernel;
using Nines.Responding.StatusPages;
using Xunit;
using static Nines.Tests.Unit.Responding.StatusPages.StatusFixture;

namespace Nines.Tests.Unit.Responding.StatusPages;

public class NoticeRuleTests
{
    private static NoticeBatch BatchOf(OutboxIntended effect) => effect.Payload.Deserialize<NoticeBatch>(HouseJson.Options)!;

    /// <summary>Writes batches until nobody waits; each is tried at once, and every commit is counted.</summary>
    private static (StatusBook Book, List<NoticeBatch> Batches, int LargestCommit) Drain(StatusBook book, Func<int, bool>? crash = null)
    {
        var (batches, largest, ids) = (new List<NoticeBatch>(), 0, 0);
        var fold = new StatusBookFold();
        while (NoticeRule.Waits(book.Of("shop")))
        {
            var events = NoticeRule.Next("shop", book.Of("shop"), Page.Keys, () => $"e{ids++}");
            largest = Math.Max(largest, events.Count);
            book = Fold(book, [.. events.Select(e => e.Event)]);
            foreach (var effect in events.Select(e => e.Event).OfType<OutboxIntended>())
            {
                batches.Add(BatchOf(effect));
                if (crash?.Invoke(batches.Count) == true)
                {
                    // What was intended and not settled is tried again from what the snapshot says: the same people, the same ids.
                    book = fold.Load(fold.Save(book));
                    batches.Add(BatchOf(effect));
                }

                book = Fold(book, new OutboxSettled(effect.Id, EffectEnd.Accepted, 1, ""));
            }
        }

        return (book, batches, largest);
    }

    [Fact]
    public void Next_FiftyThousand_AreToldOnceEach_InBatches_NoCommitHoldsMoreThanTwoEvents()
    {
        var (book, batches, largest) = Drain(Fold(Fold(Subscribers(50_000)), Published()));
        Assert.Equal((250, 2), (batches.Count, largest));
        var told = batches.SelectMany(b => NoticeRule.Of(book.Of("shop"), b, Page.Keys)).Select(s => s.Id).ToArray();
        Assert.Equal(50_000, told.Length);
        Assert.Equal(50_000, told.Distinct().Count());
        Assert.Empty(book.Of("shop").Notices);
    }

    [Fact]
    public void Next_ACrashInBetween_RepeatsOneBatchUnderTheSameIds()
    {
        var (book, batches, _) = Drain(Fold(Fold(Subscribers(1_000)), Published()), crash: count => count == 3);
        var ids = batches.SelectMany(b => NoticeRule.Of(book.Of("shop"), b, Page.Keys).Select(s => NoticeRule.MessageId(b.Notice, s.Id))).ToArray();
        Assert.Equal((1_000 + NoticeRule.Batch, 1_000), (ids.Length, ids.Distinct().Count()));
    }

    [Fact]
    public void Next_BatchesUnderWay_HoldBackTheNext_UntilOneWasTried()
    {
        var book = Fold(Fold(Subscribers(1_000)), Published());
        for (var i = 0; i < NoticeRule.UnderWay; i++) book = Fold(book, [.. NoticeRule.Next("shop", book.Of("shop"), Page.Keys, () => $"e{i}").Select(e => e.Event)]);
        Assert.False(NoticeRule.Waits(book.Of("shop")));
        Assert.Empty(NoticeRule.Next("shop", book.Of("shop"), Page.Keys, () => "x"));
        // Tried is enough: a webhook that is down is tried again later, and nobody behind it waits for that.
        book = Fold(book, new OutboxAttempted("e0", 1, 5, "1 could not be reached.", Now));
        Assert.True(NoticeRule.Waits(book.Of("shop")));
    }

    [Fact]
    public void Next_EverybodyLeftMeanwhile_EndsTheNotice()
    {
        var book = Fold([.. Subscribers(2), Published(), new SubscriberLeft("shop", "s000000", "x"), new SubscriberLeft("shop", "s000001", "x")]);
        book = Fold(book, [.. NoticeRule.Next("shop", book.Of("shop"), Page.Keys, () => "e").Select(e => e.Event)]);
        Assert.Empty(book.Of("shop").Notices);
        Assert.False(NoticeRule.Waits(book.Of("shop")));
    }

    [Fact]
    public void Next_TwoNotices_GoInTheOrderInWhichTheyWerePublished()
    {
        var book = Fold([.. Subscribers(300), Published(), new StatusUpdated("shop", "post1", "u2", PostStatus.Identified, PostImpact.Major, [], "Found.", "ada")]);
        Assert.Equal(["post1", "post1", "u2", "u2"], Drain(book).Batches.Select(b => b.Notice));
    }
}
