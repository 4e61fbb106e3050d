namespace Nines.Kernel;

/// <summary>Queued when another node has appended: the writer reads its entries before it decides further.</summary>
internal sealed class CatchUp() : QueuedCommand(Actor.Duty("kernel.follow"), key: null)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public override bool Decide(Deciding deciding, bool repeated) => false;

    public override void Reject(Exception e)
    {
        // It writes nothing that could be refused.
    }

    public override void Publish(long position) => _done.TrySetResult();

    public override void Fail(Exception e) => _done.TrySetException(e);
}
