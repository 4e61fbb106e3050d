using Nines.Measuring.Objectives;

namespace Nines.Measuring.Signals;

/// <summary>What of a series an indicator counts.</summary>
public enum StreamMeasure : byte
{
    /// <summary>The increase of a counter (or a delta as it is).</summary>
    Increase,

    /// <summary>Each value as it is: a raw ratio, or a value to compare with a threshold. The role is ignored.</summary>
    Raw,

    /// <summary>The value is events per minute, and holds since the sample before.</summary>
    PerMinute,
}

/// <summary>One stream of one indicator: every series the selector chooses is counted into it.</summary>
/// <param name="Indicator">Dense index, handed out by the engine when it compiles its objectives.</param>
public sealed record StreamBinding(Selector Selector, int Indicator, StreamRole Role, StreamMeasure Measure = StreamMeasure.Increase);
