namespace Nines.Measuring.Signals;

/// <summary>How a value is to be read. A binding to an indicator decides between counter and gauge; only <see cref="Delta"/> overrules it.</summary>
public enum SampleKind : byte
{
    /// <summary>A running sum that only grows, except for resets.</summary>
    Counter,

    /// <summary>A value of the moment.</summary>
    Gauge,

    /// <summary>The events of one interval, already an increase.</summary>
    Delta,
}
