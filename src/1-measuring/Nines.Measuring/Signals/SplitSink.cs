using Nines.Measuring.Objectives;

namespace Nines.Measuring.Signals;

/// <summary>Leads what the engine asked for to the engine, and what a higher floor listens to to that floor.</summary>
internal sealed class SplitSink(IIndicatorSink? engine, IIndicatorSink taps) : IIndicatorSink
{
    /// <summary>Indicators from here on are taps; the engine's are dense from 0 and far fewer.</summary>
    public const int FirstTap = 1 << 30;

    public void Add(int indicator, StreamRole role, long unixMs, double amount)
    {
        if (indicator < FirstTap) engine?.Add(indicator, role, unixMs, amount);
        else taps.Add(indicator - FirstTap, role, unixMs, amount);
    }

    public void AddSpread(int indicator, StreamRole role, long fromUnixMs, long toUnixMs, double amount)
    {
        if (indicator < FirstTap) engine?.AddSpread(indicator, role, fromUnixMs, toUnixMs, amount);
        else taps.AddSpread(indicator - FirstTap, role, fromUnixMs, toUnixMs, amount);
    }

    public void Fresh(int indicator, long unixMs)
    {
        if (indicator < FirstTap) engine?.Fresh(indicator, unixMs);
        else taps.Fresh(indicator - FirstTap, unixMs);
    }

    public void Raw(int indicator, long unixMs, double ratio)
    {
        if (indicator < FirstTap) engine?.Raw(indicator, unixMs, ratio);
        else taps.Raw(indicator - FirstTap, unixMs, ratio);
    }
}
