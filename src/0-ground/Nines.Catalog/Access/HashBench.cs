namespace Nines.Catalog.Access;

/// <summary>Hashes passwords two at a time: the work is slow on purpose, and nobody may bind all processors with it.</summary>
public sealed class HashBench : IDisposable
{
    private const int AtOnce = 2;

    // More than that wait for nothing that a person would wait for.
    private const int MostWaiting = 50;

    private readonly SemaphoreSlim _places = new(AtOnce, AtOnce);
    private int _waiting;
    private long _done;

    /// <summary>How many hashes were made: the same for names that exist and names that do not.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>Runs the work once there is a place; null where too many wait already.</summary>
    public async Task<T?> RunAsync<T>(Func<T> work, CancellationToken stop) where T : struct
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _places.WaitAsync(stop);
            try
            {
                Interlocked.Increment(ref _done);
                return work();
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();
}
