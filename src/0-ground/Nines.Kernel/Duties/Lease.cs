using NodaTime;

namespace Nines.Kernel;

/// <summary>A right to do one duty for a while. A stale holder is fenced: its number is lower than the present one.</summary>
/// <param name="Name">The duty.</param>
/// <param name="Holder">The node.</param>
/// <param name="Fence">Rises with every change of holder.</param>
/// <param name="Until">When it lapses unless renewed.</param>
public sealed record Lease(string Name, string Holder, long Fence, Instant Until);

/// <summary>
/// Who does which duty, over all nodes of one store. A version higher than a node knows keeps that node away, so that
/// an old node stops doing what it no longer understands.
/// </summary>
public interface ILeases
{
    /// <summary>Takes or renews a lease; null while another node holds it or a newer version owns it.</summary>
    ValueTask<Lease?> AcquireAsync(string name, int version, string holder, Duration length, Instant now, CancellationToken stop);

    /// <summary>Gives a lease back at once, so that another node need not wait for it to lapse.</summary>
    ValueTask ReleaseAsync(Lease lease, CancellationToken stop);
}
