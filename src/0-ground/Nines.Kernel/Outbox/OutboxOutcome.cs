using NodaTime;

namespace Nines.Kernel;

/// <summary>What follows from a try: the pure rule that turns an outcome into events.</summary>
public static class OutboxOutcome
{
    /// <summary>The events after a try; none when the try is already written or the effect has settled.</summary>
    /// <param name="outbox">The newest state.</param>
    /// <param name="id">The effect.</param>
    /// <param name="attempt">The try, from 1.</param>
    /// <param name="outcome">What the sender said.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="now">When it ended.</param>
    public static IReadOnlyList<object> Decide(Outbox outbox, string id, int attempt, SendOutcome outcome, Duration took, Instant now)
    {
        if (!outbox.Pending.TryGetValue(id, out var effect) || effect.Attempts + 1 != attempt) return [];
        var next = outcome.Verdict == SendVerdict.Retry ? RetrySchedule.Next(effect, attempt, now, outcome.Wait) : null;
        var attempted = new OutboxAttempted(id, attempt, (long)took.TotalMilliseconds, outcome.Reason, next);
        if (next is not null) return [attempted];
        return outcome.Verdict switch
        {
            SendVerdict.Accepted => [attempted, new OutboxSettled(id, EffectEnd.Accepted, attempt, outcome.Reason)],
            SendVerdict.Refused => [attempted, new OutboxSettled(id, EffectEnd.Failed, attempt, outcome.Reason)],
            _ => [attempted, new OutboxSettled(id, EffectEnd.Failed, attempt,
                $"Gave up after {attempt} tries in {FieldDuration.Format(effect.Patience)}; the last said: {outcome.Reason}")],
        };
    }
}
