using Nines.Measuring.Indicators;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Objectives;

/// <summary>Turns what an indicator asks for into the streams that the hub matches.</summary>
public static class IndicatorBindings
{
    /// <summary>
    /// The bindings of every indicator that a watched objective has. What only removed objectives had keeps its history
    /// and takes no more samples.
    /// </summary>
    public static IReadOnlyList<StreamBinding> For(ObjectiveSet set)
    {
        var bindings = new List<StreamBinding>();
        foreach (var indicator in set.All.Select(w => w.Indicator).OfType<int>().Distinct().Order()) Add(bindings, set.Book.SpecOf(indicator), indicator);
        return bindings;
    }

    private static void Add(List<StreamBinding> bindings, IndicatorSpec spec, int indicator)
    {
        switch (spec)
        {
            case RatioIndicator ratio:
                var measure = ratio.Counter ? StreamMeasure.Increase : StreamMeasure.PerMinute;
                Bind(bindings, ratio.Good, indicator, StreamRole.Good, measure);
                Bind(bindings, ratio.Bad, indicator, StreamRole.Bad, measure);
                Bind(bindings, ratio.Total, indicator, StreamRole.Total, measure);
                break;
            case RawRatioIndicator raw:
                Bind(bindings, raw.Raw, indicator, StreamRole.Total, StreamMeasure.Raw);
                break;
            case ThresholdIndicator threshold:
                Bind(bindings, threshold.Metric, indicator, StreamRole.Total, StreamMeasure.Raw);
                break;
            case FreshnessIndicator freshness:
                Bind(bindings, freshness.Timestamp, indicator, StreamRole.Total, StreamMeasure.Raw);
                break;
            case WindowsIndicator windows:
                Add(bindings, windows.Inner, indicator);
                break;
        }
    }

    private static void Bind(List<StreamBinding> bindings, MetricQuery? query, int indicator, StreamRole role, StreamMeasure measure)
    {
        // What other servers are asked for comes from its own room under a name of its own; a selector that does not parse was refused with its manifest.
        var text = query is { DataSource: not null } ? query.SeriesName(measure == StreamMeasure.Increase) : query?.Text;
        if (text is null || !Selector.TryParse(text, out var selector, out _)) return;
        bindings.Add(new(selector, indicator, role, measure));
    }
}
