using Nines.Measuring.Objectives;

namespace Nines.Measuring.Signals;

/// <summary>
/// Adds up what one batch says about each stream at one time, so that an indicator behind a thousand series is told once a batch
/// and not a thousand times.
/// </summary>
internal sealed class BatchSums
{
    private const int Roles = 3;
    private readonly List<int> _touched = [];
    private Sum[] _sums = new Sum[64 * Roles];

    /// <summary>Notes events (or none) that were read at a time.</summary>
    public void Add(IIndicatorSink sink, BoundStream stream, long unixMs, double amount)
    {
        var at = stream.Indicator * Roles + (int)stream.Role;
        if (at >= _sums.Length) Array.Resize(ref _sums, Math.Max(_sums.Length * 2, at + Roles));
        ref var sum = ref _sums[at];
        if (sum.UnixMs == unixMs)
        {
            sum.Amount += amount;
            return;
        }
        if (sum.UnixMs == 0) _touched.Add(at);
        else Tell(sink, at, sum);
        sum = new Sum(unixMs, amount);
    }

    /// <summary>Tells the sink all that was noted.</summary>
    public void Flush(IIndicatorSink? sink)
    {
        foreach (var at in _touched)
        {
            if (sink is not null) Tell(sink, at, _sums[at]);
            _sums[at] = default;
        }
        _touched.Clear();
    }

    private static void Tell(IIndicatorSink sink, int at, Sum sum)
    {
        if (sum.Amount > 0) sink.Add(at / Roles, (StreamRole)(at % Roles), sum.UnixMs, sum.Amount);
        else sink.Fresh(at / Roles, sum.UnixMs);
    }

    private struct Sum(long unixMs, double amount)
    {
        /// <summary>0 while nothing is noted.</summary>
        public long UnixMs = unixMs;
        public double Amount = amount;
    }
}
