using System.Buffers;
using Nines.Shell;

namespace Nines.Alerting.Alertmanager.Api;

/// <summary>A request's body in an array of the pool.</summary>
internal sealed class PooledBody(int expected) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(expected + 1, 16 * 1024));
    private int _count;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _count);

    public async Task<BodyOutcome> FillAsync(Stream from, int limit, BodyLease lease, CancellationToken stop)
    {
        if (!lease.TryGrow(_bytes.Length)) return BodyOutcome.Full;
        while (true)
        {
            if (_count == _bytes.Length && !Grow(lease)) return BodyOutcome.Full;
            var read = await from.ReadAsync(_bytes.AsMemory(_count), stop);
            if (read == 0) return BodyOutcome.Whole;
            _count += read;
            if (_count > limit) return BodyOutcome.TooLarge;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private bool Grow(BodyLease lease)
    {
        if (!lease.TryGrow(_bytes.Length)) return false;
        var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
        return true;
    }
}
