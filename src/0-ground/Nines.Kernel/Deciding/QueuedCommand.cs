namespace Nines.Kernel;

/// <summary>One queued command: decided inside the writer's batch, answered after the commit.</summary>
internal abstract class QueuedCommand(Actor actor, string? key)
{
    public Actor Actor { get; } = actor;

    public string? Key { get; } = key;

    /// <summary>Which entries of the draft are its own, with what followed from them.</summary>
    public (int First, int Count) Wrote { get; set; }

    /// <summary>Runs the decision; true when what it wrote shall be committed.</summary>
    public abstract bool Decide(Deciding deciding, bool repeated);

    /// <summary>Takes back what the decision wrote, because a reaction to it failed; another try may still succeed.</summary>
    public abstract void Reject(Exception e);

    public abstract void Publish(long position);

    public abstract void Fail(Exception e);
}

internal sealed class QueuedCommand<T>(Actor actor, Func<Deciding, Outcome<T>> decide, string? key) : QueuedCommand(actor, key)
{
    // Continuations must not run on the writer: a slow caller would hold up everybody's commits.
    private readonly TaskCompletionSource<Decided<T>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Outcome<T>? _outcome;
    private Exception? _failure;
    private bool _repeated;

    public Task<Decided<T>> Answer => _answer.Task;

    public override bool Decide(Deciding deciding, bool repeated)
    {
        _repeated = repeated;
        _failure = null;
        try
        {
            _outcome = decide(deciding);
            return _outcome.Ok && !repeated;
        }
        catch (Exception e)
        {
            // One failing command never fails its batch.
            _failure = e;
            return false;
        }
    }

    public override void Reject(Exception e) => _failure = e;

    public override void Publish(long position)
    {
        if (_failure is not null) _answer.TrySetException(_failure);
        else _answer.TrySetResult(new(_outcome!, position, _repeated));
    }

    public override void Fail(Exception e) => _answer.TrySetException(_failure ?? e);

    /// <summary>Whoever asked waits no longer. What is decided is committed all the same.</summary>
    public void Abandon(CancellationToken stop) => _answer.TrySetCanceled(stop);
}
