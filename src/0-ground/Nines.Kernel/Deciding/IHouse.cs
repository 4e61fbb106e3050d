namespace Nines.Kernel;

/// <summary>
/// The running house: published state to read, one writer to decide through, and news of what was committed.
/// </summary>
public interface IHouse
{
    /// <summary>The newest published state. Take it once a request and keep it.</summary>
    HouseState State { get; }

    /// <summary>
    /// Decides on the newest state, commits what was written together with what follows from it, and answers after
    /// it is durable and published. With problems nothing is written.
    /// </summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="decide">A pure decision; it may run more than once when another node was quicker.</param>
    /// <param name="key">Idempotency key; a key seen in the last day changes nothing and answers <see cref="Decided{T}.Repeated"/>.</param>
    /// <param name="stop">Ends the wait, not a commit under way.</param>
    /// <exception cref="StorageException">The commit failed; nothing was changed.</exception>
    Task<Decided<T>> DecideAsync<T>(Actor actor, Func<Deciding, Outcome<T>> decide, string? key = null, CancellationToken stop = default);

    /// <summary>
    /// Calls back after each publication, in order, on the writer: be quick, never throw. The returned object ends it.
    /// </summary>
    IDisposable Watch(Action<HouseState, IReadOnlyList<Recorded>> published);

    /// <summary>
    /// Holds back answers: called after each publication, on the writer, with what each command wrote; that command is answered when
    /// the returned task is over. The writer itself goes on. The returned object ends it.
    /// </summary>
    IDisposable Hold(Func<IReadOnlyList<Recorded>, Task> before);

    /// <summary>The state as it was at a past position: time travel.</summary>
    ValueTask<HouseState> StateAtAsync(long position, CancellationToken stop);
}

/// <summary>The answer of a decision.</summary>
/// <param name="Outcome">The value or the problems.</param>
/// <param name="Position">The journal position from which on the change can be read.</param>
/// <param name="Repeated">True when the idempotency key was known and nothing was done again; the outcome is then a conflict problem or the value that the decision would give now.</param>
public readonly record struct Decided<T>(Outcome<T> Outcome, long Position, bool Repeated = false);
