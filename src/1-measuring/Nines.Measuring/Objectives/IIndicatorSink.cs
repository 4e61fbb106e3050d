namespace Nines.Measuring.Objectives;

/// <summary>Which running sum of an indicator an increase belongs to.</summary>
public enum StreamRole
{
    /// <summary>Good events.</summary>
    Good,

    /// <summary>Bad events; good is total less bad.</summary>
    Bad,

    /// <summary>All events.</summary>
    Total,
}

/// <summary>
/// Where Signals puts what it measured. An amount stamped exactly at a full minute belongs to the minute that ends
/// there. Indicators are dense indexes handed out when objectives are compiled.
/// </summary>
public interface IIndicatorSink
{
    /// <summary>Events that happened up to one sample.</summary>
    void Add(int indicator, StreamRole role, long unixMs, double amount);

    /// <summary>
    /// Events of a stretch whose distribution nobody knows: spread evenly, and marked where it is a hole. It covers its
    /// minutes unless the counter began again at an unknown time within it, so that more may have happened.
    /// </summary>
    void AddSpread(int indicator, StreamRole role, long fromUnixMs, long toUnixMs, double amount, bool covers = true);

    /// <summary>Samples came, with or without events.</summary>
    void Fresh(int indicator, long unixMs);

    /// <summary>
    /// A value as it is: a ratio that somebody else computed (the last one of a minute counts), a value to compare with a
    /// threshold (each is an event), or the Unix time in seconds of the newest data.
    /// </summary>
    void Raw(int indicator, long unixMs, double ratio);
}
