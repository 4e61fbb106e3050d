namespace Nines.Storage;

/// <summary>
/// Finds a position by time. Times rise with positions, save for a clock that was set back: there the answer is one of
/// the entries beside the step.
/// </summary>
internal static class BinarySearch
{
    /// <summary>The newest of the positions 1…<paramref name="head"/> whose time is at or before <paramref name="wanted"/>; 0 for none.</summary>
    public static long NewestAtOrBefore(long head, long wanted, Func<long, long> timeAt)
    {
        long low = 0;
        var high = head;
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (timeAt(middle) <= wanted) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
