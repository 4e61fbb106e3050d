using System.Text.Json;
using FsCheck.Fluent;
using FsCheck;
using Nines.Kernel;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground.Outbox;

public class RetryScheduleTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 3, 0);

    private static Effect Sample(Duration? patience = null) => new(
        "e1", "webhook", "t", "page/1", JsonDocument.Parse("{}").RootElement, null, Start, patience ?? RetrySchedule.Patience, 0, Start, "");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(1000, 60)]
    public void WaitAfter_Attempt_DoublesUpToAMinuteWithinAFifth(int attempt, int seconds)
    {
        var wait = RetrySchedule.WaitAfter("01jd", attempt).TotalSeconds;
        Assert.InRange(wait, seconds * 0.8, seconds * 1.2);
    }

    [Fact]
    public void WaitAfter_ManyEffects_AreSpread()
    {
        var waits = Enumerable.Range(0, 200).Select(i => RetrySchedule.WaitAfter($"effect-{i}", 7).TotalSeconds).ToArray();
        Assert.True(waits.Max() - waits.Min() > 15);
        Assert.InRange(waits.Average(), 57, 63);
    }

    [Fact]
    public void Next_ReceiverAsksForPatience_GetsItUpToFiveMinutes()
    {
        Assert.Equal(Start + Duration.FromSeconds(90), RetrySchedule.Next(Sample(), 1, Start, Duration.FromSeconds(90)));
        Assert.Equal(Start + Duration.FromMinutes(5), RetrySchedule.Next(Sample(), 1, Start, Duration.FromHours(3)));
    }

    [Fact]
    public void Next_PatienceEnds_IsTheLastWord() =>
        Assert.Null(RetrySchedule.Next(Sample(Duration.FromMinutes(2)), 3, Start + Duration.FromSeconds(119), null));

    [Fact]
    public void Next_AnyId_ReplaysTheSameWait() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<PositiveInt>(),
        (id, attempt) => RetrySchedule.WaitAfter(id.Get, attempt.Get) == RetrySchedule.WaitAfter(id.Get, attempt.Get)
            && RetrySchedule.WaitAfter(id.Get, attempt.Get) <= Duration.FromSeconds(72)
            && RetrySchedule.WaitAfter(id.Get, attempt.Get) >= Duration.FromMilliseconds(800)).Hold();
}
