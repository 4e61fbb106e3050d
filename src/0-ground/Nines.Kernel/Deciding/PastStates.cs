namespace Nines.Kernel;

/// <summary>
/// Past states for whoever reads: one is folded at a time and the last few are kept, so that clicking through what is
/// long over cannot keep the house busy with folding.
/// </summary>
public sealed class PastStates(IHouse house) : IDisposable
{
    private const int Kept = 4;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly List<(long Position, HouseState State)> _kept = [];

    /// <summary>The state as it was at a past position.</summary>
    public async Task<HouseState> AtAsync(long position, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            var at = _kept.FindIndex(k => k.Position == position);
            var found = at < 0 ? (position, await house.StateAtAsync(position, stop)) : _kept[at];
            if (at >= 0 || _kept.Count == Kept) _kept.RemoveAt(Math.Max(at, 0));
            _kept.Add(found);
            return found.Item2;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();
}
