using Nines.Measuring.Objectives;

namespace Nines.Tests.Unit.Measuring.Signals;

/// <summary>Writes down what the hub booked.</summary>
internal sealed class RecordingSink : IIndicatorSink
{
    public List<string> Calls { get; } = [];

    public Dictionary<(int Indicator, StreamRole Role), double> Sums { get; } = [];

    public int FreshCount { get; private set; }

    public double Sum(int indicator, StreamRole role = StreamRole.Total) => Sums.GetValueOrDefault((indicator, role));

    public void Add(int indicator, StreamRole role, long unixMs, double amount)
    {
        Calls.Add($"add {indicator} {role} {amount} at {unixMs / 1000}");
        Sums[(indicator, role)] = Sum(indicator, role) + amount;
    }

    public void AddSpread(int indicator, StreamRole role, long fromUnixMs, long toUnixMs, double amount, bool covers = true)
    {
        Calls.Add($"spread {indicator} {role} {amount} over {fromUnixMs / 1000}-{toUnixMs / 1000}");
        Sums[(indicator, role)] = Sum(indicator, role) + amount;
    }

    public void Fresh(int indicator, long unixMs)
    {
        Calls.Add($"fresh {indicator} at {unixMs / 1000}");
        FreshCount++;
    }

    public void Raw(int indicator, long unixMs, double ratio) => Calls.Add($"raw {indicator} {ratio} at {unixMs / 1000}");
}
