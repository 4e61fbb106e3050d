using System.Text.Json;
using Nines.Kernel;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground.Outbox;

public class OutboxOutcomeTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 3, 0);

    private static Kernel.Outbox One(int attempts = 0)
    {
        var effect = new Effect("a", "webhook", "t", "page/1", JsonDocument.Parse("{}").RootElement, null, Start, Duration.FromMinutes(1), attempts, Start, "");
        return Kernel.Outbox.None with { Pending = Kernel.Outbox.None.Pending.Add("a", effect), Due = Kernel.Outbox.None.Due.Add(new(Start, "a")) };
    }

    private static IReadOnlyList<object> Decide(SendVerdict verdict, int attempt = 1, int afterSeconds = 0, Kernel.Outbox? state = null) =>
        OutboxOutcome.Decide(state ?? One(), "a", attempt, new(verdict, "said"), Duration.FromMilliseconds(7), Start + Duration.FromSeconds(afterSeconds));

    [Fact]
    public void Decide_Accepted_SettlesInTheSameCommit() => Assert.Equal(
        [new OutboxAttempted("a", 1, 7, "said", null), new OutboxSettled("a", EffectEnd.Accepted, 1, "said")], Decide(SendVerdict.Accepted));

    [Fact]
    public void Decide_Refused_SettlesAsFailed() => Assert.Equal(
        [new OutboxAttempted("a", 1, 7, "said", null), new OutboxSettled("a", EffectEnd.Failed, 1, "said")], Decide(SendVerdict.Refused));

    [Fact]
    public void Decide_Retry_NamesTheNextTry()
    {
        var attempted = Assert.IsType<OutboxAttempted>(Assert.Single(Decide(SendVerdict.Retry)));
        Assert.InRange((attempted.NextAt!.Value - Start).TotalMilliseconds, 800, 1200);
    }

    [Fact]
    public void Decide_RetryBeyondPatience_IsTheLastWord() => Assert.Equal(
        new OutboxSettled("a", EffectEnd.Failed, 1, "Gave up after 1 tries in 1m; the last said: said"), Decide(SendVerdict.Retry, afterSeconds: 60)[1]);

    [Fact]
    public void Decide_TryAlreadyWritten_WritesNothing() => Assert.Empty(Decide(SendVerdict.Accepted, attempt: 1, state: One(attempts: 1)));

    [Fact]
    public void Decide_SettledEffect_WritesNothing() => Assert.Empty(Decide(SendVerdict.Accepted, state: Kernel.Outbox.None));
}
