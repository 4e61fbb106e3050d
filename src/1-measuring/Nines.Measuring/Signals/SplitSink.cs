using Nines.Measuring.Objectives;

namespace Nines.Measuring.Signals;

/// <summary>Leads what the engine asked for to the engine, and what a higher floor listens to to that floor.</summary>
/// <param name="firstTap">Indicators from here on are taps.</param>
/// <param name="engine">Takes the others.</param>
/// <param name="taps">Takes taps, numbered from 0.</param>
internal sealed class SplitSink(int firstTap, IIndicatorSink? engine, IIndicatorSink taps) : IIndicatorSink
{
    public void Add(int indicator, StreamRole role, long unixMs, double amount)
    {
        if (indicator < firstTap) engine?.Add(indicator, role, unixMs, amount);
        else taps.Add(indicator - firstTap, role, unixMs, amount);
    }

    public void AddSpread(int indicator, StreamRole role, long fromUnixMs, long toUnixMs, double amount, bool covers = true)
    {
        if (indicator < firstTap) engine?.AddSpread(indicator, role, fromUnixMs, toUnixMs, amount, covers);
        else taps.AddSpread(indicator - firstTap, role, fromUnixMs, toUnixMs, amount, covers);
    }

    public void Fresh(int indicator, long unixMs)
    {
        if (indicator < firstTap) engine?.Fresh(indicator, unixMs);
        else taps.Fresh(indicator - firstTap, unixMs);
    }

    public void Raw(int indicator, long unixMs, double ratio)
    {
        if (indicator < firstTap) engine?.Raw(indicator, unixMs, ratio);
        else taps.Raw(indicator - firstTap, unixMs, ratio);
    }
}
