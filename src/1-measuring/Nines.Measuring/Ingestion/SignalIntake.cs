using Nines.Kernel;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion;

/// <summary>
/// The one way from a door into the hub: a body is durable in the signal log before it is booked, and booked before the door
/// answers. A checkpoint (<see cref="SignalLog"/>) sees either both or neither.
/// </summary>
public sealed class SignalIntake(ISignalStore store, SignalHub hub)
{
    private readonly IntakeGate _gate = new();
    private long _lastPosition;

    /// <summary>Makes a body durable and books its samples. The batch stays the caller's to dispose.</summary>
    /// <param name="kind">One of <see cref="LogKinds"/>.</param>
    /// <param name="body">What <see cref="ISignalReplay.Replay"/> reads again.</param>
    /// <param name="batch">The decoded samples.</param>
    /// <param name="stop">Ends the wait; nothing is booked then.</param>
    /// <remarks>A batch in which no series is asked for leaves nothing behind, so it does not cost a write.</remarks>
    /// <exception cref="StorageException">The log refused; nothing was booked and the body must not be acknowledged.</exception>
    public ValueTask AcceptAsync(int kind, ReadOnlyMemory<byte> body, SampleBatch batch, CancellationToken stop) =>
        AcceptAsync(kind, body, batch, booked: null, stop);

    /// <summary>As the other one, with state of the door that changes together with the booking.</summary>
    /// <param name="kind">One of <see cref="LogKinds"/>.</param>
    /// <param name="body">What <see cref="ISignalReplay.Replay"/> reads again.</param>
    /// <param name="batch">The decoded samples.</param>
    /// <param name="booked">Runs right after the booking, before a checkpoint can look; a body with one is always logged.</param>
    /// <param name="stop">Ends the wait; nothing is booked then.</param>
    public async ValueTask AcceptAsync(int kind, ReadOnlyMemory<byte> body, SampleBatch batch, Action? booked, CancellationToken stop)
    {
        if (batch.Count == 0 && booked is null)
        {
            hub.Apply(batch);
            return;
        }

        await _gate.EnterAsync(stop);
        try
        {
            var position = await store.AppendLogAsync(kind, batch.NowUnixMs, body, stop);
            hub.Apply(batch);
            booked?.Invoke();
            Raise(position);
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Books samples whose source can be read again (a scrape): nothing is logged, because the next read holds the same counters; a checkpoint sees the batch whole or not at all.</summary>
    public async ValueTask ApplyAsync(SampleBatch batch, CancellationToken stop)
    {
        await _gate.EnterAsync(stop);
        try
        {
            hub.Apply(batch);
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Halts all doors between two bodies; the position is the last one booked.</summary>
    internal async Task<(IDisposable Halt, long Position)> HaltAsync(CancellationToken stop)
    {
        var halt = await _gate.HaltAsync(stop);
        return (halt, Interlocked.Read(ref _lastPosition));
    }

    /// <summary>Notes that the log is booked up to a position.</summary>
    internal void Raise(long position)
    {
        // Bodies share a commit and may be booked in another order; the highest one counts.
        long seen;
        while ((seen = Interlocked.Read(ref _lastPosition)) < position
            && Interlocked.CompareExchange(ref _lastPosition, position, seen) != seen)
        {
        }
    }
}
