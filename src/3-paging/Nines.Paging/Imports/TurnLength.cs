namespace Nines.Paging.Imports;

/// <summary>How long a turn is, in the unit that a wall clock counts it in.</summary>
/// <param name="Turn">Unit.</param>
/// <param name="Length">How many.</param>
internal sealed record TurnLength(string Turn, int Length)
{
    private const long Hour = 3600;
    private const long Day = 24 * Hour;
    private const long Week = 7 * Day;

    /// <summary>The turn of so many seconds; null where no whole number of hours is meant.</summary>
    public static TurnLength? OfSeconds(long seconds) => seconds switch
    {
        > 0 when seconds % Week == 0 => new("weekly", (int)(seconds / Week)),
        > 0 when seconds % Day == 0 => new("daily", (int)(seconds / Day)),
        > 0 when seconds % Hour == 0 => new("hourly", (int)(seconds / Hour)),
        _ => null,
    };
}
