using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// Sends what is due. Tries run side by side and end in a decision each; a crash in between leaves the effect
/// pending, and it is sent again under the same id. What is called off stops at once: the commit that calls it off is
/// not answered before the tries under way have let go.
/// </summary>
public sealed partial class OutboxDuty : Duty
{
    // After a commit that failed: the store is in trouble, and must not be asked in a tight circle.
    private static readonly TimeSpan PauseAfterFailedCommit = TimeSpan.FromSeconds(1);

    private readonly IHouse _house;
    private readonly TimeProvider _clock;
    private readonly ILogger<OutboxDuty> _log;
    private readonly FrozenDictionary<string, IOutboxSender> _senders;
    private readonly ConcurrentDictionary<string, int> _underWay = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Sending> _sending = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Sends with these senders, and stands at the house's gate from now on.</summary>
    public OutboxDuty(IHouse house, IEnumerable<IOutboxSender> senders, TimeProvider clock, ILogger<OutboxDuty> log)
    {
        (_house, _clock, _log) = (house, clock, log);
        _senders = senders.ToFrozenDictionary(s => s.Kind, StringComparer.Ordinal);
        _ = house.Hold(CallOff);
    }

    /// <inheritdoc />
    public override string Name => "outbox.send";

    /// <inheritdoc />
    public override bool BeginsOnly => true;

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => OutboxSchedule.NextDue(state.Get<Outbox>(), _underWay);

    /// <summary>Begins every try that is due and returns: a receiver that hangs must not hold up another's page.</summary>
    public override Task RunAsync(Instant now, CancellationToken stop)
    {
        foreach (var effect in OutboxSchedule.Now(_house.State.Get<Outbox>(), _underWay, now))
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
            var began = _clock.GetTimestamp();
            if (await SendUnlessCalledOffAsync(effect, attempt, stop) is not { } outcome) return;
            await WriteAsync(effect, attempt, outcome, Duration.FromTimeSpan(_clock.GetElapsedTime(began)), stop);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The house is stopping. The effect is still pending and is sent again at the next start.
        }
        finally
        {
            // Only this try's mark: the next one may be running already.
            _underWay.TryRemove(new(effect.Id, attempt));
        }
    }

    /// <summary>
    /// Writes what a try came to, as often as the store refuses it: nothing else would wake this duty again, and what the
    /// receiver took would be sent to it once more.
    /// </summary>
    private async Task WriteAsync(Effect effect, int attempt, SendOutcome outcome, Duration took, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await _house.DecideAsync(Actor.Duty(Name), deciding =>
                {
                    foreach (var happened in OutboxOutcome.Decide(deciding.State.Get<Outbox>(), effect.Id, attempt, outcome, took, deciding.Now))
                        deciding.Write(Outbox.StreamOf(effect.Id), happened);
                    return Outcome<bool>.Of(true);
                }, $"outbox/{effect.Id}/{attempt}", CancellationToken.None);
                return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogNotWritten(_log, effect.Id, attempt, e);
                await Task.Delay(PauseAfterFailedCommit, _clock, stop);
            }
        }
    }

    /// <summary>
    /// The order is what makes it safe: the try is known first, then the published state is read, then it is sent.
    /// A commit that calls it off is published first and then looks for tries: one of the two sees the other.
    /// Null where it was called off.
    /// </summary>
    private async Task<SendOutcome?> SendUnlessCalledOffAsync(Effect effect, int attempt, CancellationToken stop)
    {
        using var sending = new Sending(stop);
        _sending[effect.Id] = sending;
        Interlocked.MemoryBarrier();
        try
        {
            return _house.State.Get<Outbox>().Pending.ContainsKey(effect.Id) ? await SendAsync(effect, attempt, sending.Token) : null;
        }
        catch (Exception) when (sending.CalledOff)
        {
            return null;
        }
        finally
        {
            _sending.TryRemove(effect.Id, out _);
            sending.End();
        }
    }

    /// <summary>Stops the tries of what a commit calls off; the answer waits until they have let go of their receivers.</summary>
    private Task CallOff(IReadOnlyList<Recorded> news)
    {
        if (_sending.IsEmpty) return Task.CompletedTask;
        var ends = new List<Task>();
        foreach (var happened in news)
            if (happened.Event is OutboxCancelled cancelled && _sending.TryGetValue(cancelled.Id, out var sending)) ends.Add(sending.CallOff());
        return ends.Count == 0 ? Task.CompletedTask : AllAsync(ends);
    }

    // One after the other, and not Task.WhenAll: its continuations would come from the thread pool, and a simulated house has one thread.
    private static async Task AllAsync(List<Task> ends)
    {
        foreach (var end in ends) await end;
    }

    private async Task<SendOutcome> SendAsync(Effect effect, int attempt, CancellationToken stop)
    {
        if (!_senders.TryGetValue(effect.Kind, out var sender))
            return new(SendVerdict.Retry, $"Nothing here sends effects of kind \"{effect.Kind}\".");
        using var patience = new CancellationTokenSource(sender.Timeout.ToTimeSpan(), _clock);
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
            LogTryFailed(_log, effect.Id, effect.Kind, attempt, e);
            return new(SendVerdict.Retry, e.Message);
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "Effect {Effect} ({Kind}) failed at try {Attempt}")]
    private static partial void LogTryFailed(ILogger log, string effect, string kind, int attempt, Exception e);

    [LoggerMessage(21, LogLevel.Error, "The outcome of try {Attempt} of effect {Effect} could not be written; it is written again in a second")]
    private static partial void LogNotWritten(ILogger log, string effect, int attempt, Exception e);

    /// <summary>One try that may be talking to its receiver.</summary>
    private sealed class Sending : IDisposable
    {
        private readonly CancellationTokenSource _stop;
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Sending(CancellationToken stop)
        {
            _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Token = _stop.Token;
        }

        public CancellationToken Token { get; }

        public bool CalledOff { get; private set; }

        /// <summary>Stops it; the task ends when it has let go.</summary>
        public Task CallOff()
        {
            CalledOff = true;
            try
            {
                _stop.Cancel();
            }
            catch (Exception e) when (e is ObjectDisposedException or AggregateException)
            {
                // It let go in this very moment, or threw while it did: its end is waited for all the same.
            }

            return _over.Task;
        }

        public void End() => _over.TrySetResult();

        public void Dispose() => _stop.Dispose();
    }
}
