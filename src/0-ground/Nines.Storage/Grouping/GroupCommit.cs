using System.Threading.Channels;
using Nines.Kernel;

namespace Nines.Storage;

/// <summary>
/// Lets concurrent callers share a commit: whatever was queued while the last commit was under way goes into the next.
/// </summary>
/// <typeparam name="TWork">One caller's work.</typeparam>
internal sealed class GroupCommit<TWork> : IAsyncDisposable where TWork : GroupCommitWork
{
    // Bounded, so that one answer never waits behind an unbounded number of others.
    private const int MostInOneCommit = 1_024;
    private const long MostBytesInOneCommit = 16 << 20;

    private readonly Channel<TWork> _queue = Channel.CreateUnbounded<TWork>(new() { SingleReader = true });
    private readonly Func<IReadOnlyList<TWork>, ValueTask> _commit;
    private readonly string _place;
    private readonly Task _pump;

    /// <param name="place">What a message names when it has been closed.</param>
    /// <param name="commit">Makes a group durable; a throw fails every work of the group.</param>
    public GroupCommit(string place, Func<IReadOnlyList<TWork>, ValueTask> commit)
    {
        (_place, _commit) = (place, commit);
        _pump = PumpAsync();
    }

    /// <summary>Queues work and waits until its group is durable.</summary>
    public Task RunAsync(TWork work, CancellationToken stop)
    {
        if (!_queue.Writer.TryWrite(work)) throw new StorageException($"{_place} is closing and takes no more; send it again once Nines is back.");
        return stop.CanBeCanceled ? work.Done.WaitAsync(stop) : work.Done;
    }

    private async Task PumpAsync()
    {
        var group = new List<TWork>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            for (long bytes = 0; group.Count < MostInOneCommit && bytes < MostBytesInOneCommit && _queue.Reader.TryRead(out var work); bytes += work.Bytes)
                group.Add(work);
            try
            {
                await _commit(group);
                foreach (var work in group) work.Succeed();
            }
            catch (Exception e)
            {
                foreach (var work in group) work.Fail(e);
            }
        }
    }

    /// <summary>Commits what is queued, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _pump;
    }
}

/// <summary>One caller's part of a group.</summary>
internal abstract class GroupCommitWork
{
    // Continuations must not run on the pump: a slow caller would hold up everybody's commits.
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    /// <summary>Roughly what it adds to the commit.</summary>
    public abstract int Bytes { get; }

    public void Succeed() => _done.TrySetResult();

    public void Fail(Exception e) => _done.TrySetException(e);
}
