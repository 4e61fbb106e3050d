using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// Sends what is due. Tries run side by side and end in a decision each; a crash in between leaves the effect
/// pending, and it is sent again under the same id.
/// </summary>
public sealed partial class OutboxDuty(IHouse house, IEnumerable<IOutboxSender> senders, TimeProvider clock, ILogger<OutboxDuty> log) : Duty
{
    // After a commit that failed: the store is in trouble, and the try must not be repeated in a tight circle.
    private static readonly TimeSpan PauseAfterFailedCommit = TimeSpan.FromSeconds(1);

    private readonly FrozenDictionary<string, IOutboxSender> _senders = senders.ToFrozenDictionary(s => s.Kind, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _underWay = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <inheritdoc />
    public override string Name => "outbox.send";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => OutboxSchedule.NextDue(state.Get<Outbox>(), _underWay);

    /// <summary>Begins every try that is due and returns: a receiver that hangs must not hold up another's page.</summary>
    public override Task RunAsync(Instant now, CancellationToken stop)
    {
        foreach (var effect in OutboxSchedule.Now(house.State.Get<Outbox>(), _underWay, now))
        {
            _underWay[effect.Id] = effect.Attempts + 1;
            Follow(TryAsync(effect, effect.Attempts + 1, stop));
        }

        return Task.CompletedTask;
    }

    /// <summary>Waits for the tries under way; those that were stopped are sent again at the next start.</summary>
    public Task DrainAsync() => Task.WhenAll(_running.Keys);

    private void Follow(Task running)
    {
        if (running.IsCompleted) return;
        _running[running] = true;
        _ = running.ContinueWith(
            ended => _running.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task TryAsync(Effect effect, int attempt, CancellationToken stop)
    {
        try
        {
            var began = clock.GetTimestamp();
            var outcome = await SendAsync(effect, attempt, stop);
            var took = Duration.FromTimeSpan(clock.GetElapsedTime(began));
            await house.DecideAsync(Actor.Duty(Name), deciding =>
            {
                foreach (var happened in OutboxOutcome.Decide(deciding.State.Get<Outbox>(), effect.Id, attempt, outcome, took, deciding.Now))
                    deciding.Write(Outbox.StreamOf(effect.Id), happened);
                return Outcome<bool>.Of(true);
            }, $"outbox/{effect.Id}/{attempt}", CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The house is stopping. The effect is still pending and is sent again at the next start.
        }
        catch (Exception e)
        {
            LogOutcomeLost(log, effect.Id, attempt, e);
            await PauseAsync(stop);
        }
        finally
        {
            // Only this try's mark: the next one may be running already.
            _underWay.TryRemove(new(effect.Id, attempt));
        }
    }

    private async Task<SendOutcome> SendAsync(Effect effect, int attempt, CancellationToken stop)
    {
        if (!_senders.TryGetValue(effect.Kind, out var sender))
            return new(SendVerdict.Retry, $"Nothing here sends effects of kind \"{effect.Kind}\".");
        using var patience = new CancellationTokenSource(sender.Timeout.ToTimeSpan(), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            return await sender.SendAsync(new(effect.Id, effect.Kind, effect.Target, effect.About, effect.Payload, attempt), either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new(SendVerdict.Retry, $"No answer within {FieldDuration.Format(sender.Timeout)}.");
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogTryFailed(log, effect.Id, effect.Kind, attempt, e);
            return new(SendVerdict.Retry, e.Message);
        }
    }

    private async Task PauseAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(PauseAfterFailedCommit, clock, stop);
        }
        catch (OperationCanceledException)
        {
            // Stopping: no pause needed.
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "Effect {Effect} ({Kind}) failed at try {Attempt}")]
    private static partial void LogTryFailed(ILogger log, string effect, string kind, int attempt, Exception e);

    [LoggerMessage(21, LogLevel.Error, "The outcome of try {Attempt} of effect {Effect} could not be written; it is sent again under the same id")]
    private static partial void LogOutcomeLost(ILogger log, string effect, int attempt, Exception e);
}
