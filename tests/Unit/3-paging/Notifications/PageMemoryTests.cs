using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Notifications;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Notifications;

/// <summary>A page that is told again and again forgets what has settled, never what is still on its way.</summary>
public class PageMemoryTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 3, 0);

    private static PageBook After(params IEnumerable<object> events)
    {
        var fold = new PageBookFold();
        return events.Aggregate(PageBook.None, (book, happened) => fold.Apply(book, new(new(1, new("t", "t"), 1, "t", Start, "local", 0, null, default), happened)));
    }

    private static PageIntended Told(int number) =>
        new("page", "", number == 0 ? PageCause.First : PageCause.Repeat, AlertSeverity.Page, "checkout", "Checkout burns", "", ["ada"], [new($"effect{number}", "ada/email", "ada", "email")], []);

    private static OutboxSettled Settled(int number, EffectEnd end = EffectEnd.Accepted) => new($"effect{number}", end, 1, "said so");

    [Fact]
    public void Told_ALongTime_ForgetsWhatHasSettled_ButTheFirstAndWhatIsOnItsWay()
    {
        // The first stays, the second hangs, the others are taken at once.
        var book = After([Told(0), Settled(0), Told(1), .. Enumerable.Range(2, 100).SelectMany(n => (object[])[Told(n), Settled(n)])]);
        var page = book.All["page"];
        Assert.Equal(50, page.Notices.Count);
        Assert.Equal(["effect0", "effect1", "effect54"], page.Messages.Take(3).Select(m => m.Effect));
        Assert.Equal("effect1", Assert.Single(page.PendingCalls).Effect);
        Assert.Equal("effect1", book.MessageOf("effect1")!.Value.Message.Effect);
        Assert.Null(book.MessageOf("effect2"));
        Assert.DoesNotContain("effect2", book.ByEffect.Keys);
        Assert.Equal(50, book.ByEffect.Count);
    }

    [Fact]
    public void Told_WhileNothingSettles_KeepsAll() =>
        Assert.Equal(80, After(Enumerable.Range(0, 80).Select(Told)).All["page"].PendingCalls.Count());

    [Fact]
    public void MessageOf_WhatFailsAfterAllTheOthers_IsStillKnown()
    {
        var book = After([.. Enumerable.Range(0, 80).Select(Told), .. Enumerable.Range(1, 79).Select(n => Settled(n)), Settled(0, EffectEnd.Failed)]);
        Assert.Equal(MessageState.Failed, book.MessageOf("effect0")!.Value.Message.State);
    }
}
