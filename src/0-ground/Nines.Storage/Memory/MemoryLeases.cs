using Nines.Kernel;
using NodaTime;

namespace Nines.Storage;

/// <summary>Leases in memory, by the time that the caller gives.</summary>
public sealed class MemoryLeases : ILeases
{
    private readonly LeaseTable _table = new();

    /// <inheritdoc />
    public ValueTask<Lease?> AcquireAsync(string name, int version, string holder, Duration length, Instant now, CancellationToken stop) =>
        new(_table.Acquire(name, version, holder, length, now, out _));

    /// <inheritdoc />
    public ValueTask ReleaseAsync(Lease lease, CancellationToken stop)
    {
        _table.Release(lease);
        return ValueTask.CompletedTask;
    }
}
