namespace Nines.Alerting.Rules;

/// <summary>A quantile from cumulative buckets, as Prometheus' <c>histogram_quantile</c> computes it: linear inside a bucket.</summary>
public static class BucketQuantile
{
    /// <summary>The quantile; null without events or without a bound.</summary>
    /// <param name="quantile">Above 0, below 1.</param>
    /// <param name="bounds">Upper bounds, rising, without +Inf.</param>
    /// <param name="counts">Events at or below each bound.</param>
    /// <param name="live">Bounds that the histogram really has.</param>
    /// <param name="total">All events.</param>
    public static double? Of(double quantile, IReadOnlyList<double> bounds, ReadOnlySpan<double> counts, ReadOnlySpan<bool> live, double total)
    {
        if (total <= 0) return null;
        var rank = quantile * total;
        var (lowBound, lowCount, seen) = (0d, 0d, false);
        for (var i = 0; i < bounds.Count; i++)
        {
            if (!live[i]) continue;
            seen = true;
            if (counts[i] >= rank && counts[i] > lowCount)
                return lowBound + ((bounds[i] - lowBound) * Math.Max(0, rank - lowCount) / (counts[i] - lowCount));
            (lowBound, lowCount) = (bounds[i], Math.Max(lowCount, counts[i]));
        }

        // In the last bucket nothing but its lower bound is known.
        return seen ? lowBound : null;
    }
}
