namespace Nines.Responding.Security;

/// <summary>Counts events by minute for an hour, one row a signal. Time comes with the events.</summary>
public sealed class SignalCounts(int rows)
{
    /// <summary>So many minutes are kept.</summary>
    public const int Kept = 64;

    private readonly double[] _sums = new double[rows * Kept];
    private readonly long[] _minutes = new long[rows * Kept];

    /// <summary>Counts at a moment.</summary>
    public void Add(int row, long unixMs, double amount)
    {
        var minute = unixMs / 60_000;
        var at = (row * Kept) + (int)(minute % Kept);
        // An old minute never counts into a newer one that has its place.
        if (_minutes[at] > minute) return;
        if (_minutes[at] < minute) (_minutes[at], _sums[at]) = (minute, 0);
        _sums[at] += amount;
    }

    /// <summary>Counts over a stretch, evenly.</summary>
    public void AddSpread(int row, long fromUnixMs, long toUnixMs, double amount)
    {
        var from = Math.Max(fromUnixMs, toUnixMs - (Kept * 60_000L));
        if (toUnixMs <= from)
        {
            Add(row, toUnixMs, amount);
            return;
        }

        for (var at = from; at < toUnixMs;)
        {
            var next = Math.Min(toUnixMs, ((at / 60_000) + 1) * 60_000);
            Add(row, at, amount * (next - at) / (toUnixMs - fromUnixMs));
            at = next;
        }
    }

    /// <summary>What was counted within the last minutes, the one that runs among them.</summary>
    public double Sum(int row, long nowUnixMs, int minutes)
    {
        var (sum, now) = (0d, nowUnixMs / 60_000);
        for (var i = 0; i < Math.Min(minutes, Kept); i++)
        {
            var at = (row * Kept) + (int)((now - i) % Kept);
            if (_minutes[at] == now - i) sum += _sums[at];
        }

        return sum;
    }
}
