using Nines.Kernel;
using NodaTime;

namespace Nines.Storage;

/// <summary>
/// Who holds which lease, for one process: the rules of <see cref="ILeases"/> as a table in memory. A change of holder is
/// told, because the fence must rise over restarts too.
/// </summary>
internal sealed class LeaseTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Row> _rows = [];

    /// <summary>A lease as a former process left it: free, its fence and version remembered.</summary>
    public void Recall(string name, int version, long fence)
    {
        lock (_gate) _rows[name] = new(version, null, fence, Instant.MinValue);
    }

    /// <summary>Takes or renews.</summary>
    /// <param name="changed">True when the fence rose: that must be durable before the lease is used.</param>
    public Lease? Acquire(string name, int version, string holder, Duration length, Instant now, out bool changed)
    {
        lock (_gate)
        {
            changed = false;
            var row = _rows.GetValueOrDefault(name) ?? new Row(version, null, 0, Instant.MinValue);
            if (row.Version > version) return null;
            var held = row.Holder is not null && row.Until > now;
            if (held && row.Holder != holder)
            {
                // A newer version waits for the lease to lapse; the older holder, marked so, cannot renew it. From now on it
                // lasts one length at most: where the clock was set back, a holder that died would seem to have it for hours.
                _rows[name] = row with { Version = version, Until = Instant.Min(row.Until, now + length) };
                return null;
            }

            changed = !held || row.Version != version;
            var fence = changed ? row.Fence + 1 : row.Fence;
            _rows[name] = new(version, holder, fence, now + length);
            return new(name, holder, fence, now + length);
        }
    }

    /// <summary>Gives back, unless another has it by now.</summary>
    public void Release(Lease lease)
    {
        lock (_gate)
        {
            if (_rows.TryGetValue(lease.Name, out var row) && row.Holder == lease.Holder && row.Fence == lease.Fence)
                _rows[lease.Name] = row with { Holder = null, Until = Instant.MinValue };
        }
    }

    private sealed record Row(int Version, string? Holder, long Fence, Instant Until);
}
